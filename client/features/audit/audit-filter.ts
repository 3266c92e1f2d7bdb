import { emptyDate, readDate, type DateFault, type DateParts } from '../../ui/date-parts.ts';
import { stretchOf, stretchOfDays, type Stretch } from './periods.ts';

/** The conditions of a search; '' where one is not set. */
export type AuditFilter = {
  actor: string;
  case: string;
  period: string;
  action: string;
  agency: string;
  outcome: string;
  from: DateParts;
  to: DateParts;
  /** With the period `exact`: two instants, RFC 3339, with a slash between. */
  exact: string;
  /** ISO weekday and hour of day in Viet Nam, as `1-9`. */
  slot: string;
};

/** In place of an action: every deed that showed something. */
export const READS = '*reads';

export const noFilter: AuditFilter = {
  actor: '',
  case: '',
  period: '',
  action: '',
  agency: '',
  outcome: '',
  from: emptyDate,
  to: emptyDate,
  exact: '',
  slot: '',
};

export type AuditFaults = { from?: DateFault; to?: DateFault };

/** Days that are no days. An empty one is an open end. */
export function auditFaultsOf(filter: AuditFilter): AuditFaults {
  if (filter.period !== 'custom') return {};
  const from = readDate(filter.from);
  const to = readDate(filter.to);
  return {
    ...('fault' in from && from.fault !== 'empty' ? { from: from.fault } : {}),
    ...('fault' in to && to.fault !== 'empty' ? { to: to.fault } : {}),
  };
}

/** The address of the search. Spaces and case of a case code do not matter. */
export function auditPath(filter: AuditFilter, nowMs: number): string {
  const stretch = stretchIn(filter, nowMs);
  const [weekday = '', hour = ''] = filter.slot.split('-');
  const isReads = filter.action === READS;
  const given = {
    actor: filter.actor,
    case: filter.case.trim().toUpperCase(),
    action: isReads ? '' : filter.action,
    reads: isReads ? 'true' : '',
    agency: filter.agency,
    outcome: filter.outcome,
    from: stretch.from ?? '',
    to: stretch.to ?? '',
    weekday,
    hour,
  };
  const query = new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''));
  return `/api/audit/events?${query.toString()}`;
}

function stretchIn(filter: AuditFilter, nowMs: number): Stretch {
  if (filter.period === 'exact') {
    const [from = '', to = ''] = filter.exact.split('/');
    return { from, to };
  }
  if (filter.period !== 'custom') return stretchOf(filter.period, nowMs);
  return stretchOfDays(dayOf(filter.from), dayOf(filter.to));
}

function dayOf(parts: DateParts): string | null {
  const reading = readDate(parts);
  return 'iso' in reading ? reading.iso : null;
}
