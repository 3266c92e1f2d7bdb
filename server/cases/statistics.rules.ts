import type { CaseContent } from './case-documents.rules.ts';
import { statisticsRecord, type StatisticsRecord } from './statistics.contract.ts';

/** Codes of services: what partners were asked for, and what of it was given. */
export type Services = { asked: readonly string[]; received: readonly string[] };
export const NO_SERVICES: Services = { asked: [], received: [] };

/** One period of a year: from a day to a day of the year, both included; it may begin in the year before. */
export type ReportingPeriod = { code: string; from: string; to: string };

/** The coarsened record of a case; each list once and in order, so that nothing but the codes is told. */
export function statisticsOf(content: CaseContent, services: Services): StatisticsRecord {
  const { survivor, facts, perpetrators } = content;
  const incidents = content.incidents.map(({ value }) => value);
  const violence = incidents.flatMap((incident) => (incident.kind === 'violence' ? [incident] : []));
  const trafficking = incidents.flatMap((incident) => (incident.kind === 'trafficking' ? [incident] : []));
  return statisticsRecord.parse({
    v: 1,
    month: facts.report.receivedOn.slice(0, 7),
    kind: facts.kind,
    gbvTypes: once(violence.map(({ gbvType }) => gbvType)),
    lawActs: once(violence.flatMap(({ lawActs }) => lawActs)),
    traffickingPurposes: once(trafficking.flatMap(({ purposes }) => purposes)),
    relationships: once(perpetrators.map(({ relationship }) => relationship)),
    sex: survivor.sex,
    ageBand: survivor.ageBand,
    ethnicityGroup: survivor.ethnicityGroup,
    disabilities: once(survivor.disabilities),
    wardCode: incidents[0]?.place.areaCode ?? '0',
    servicesAsked: once(services.asked),
    servicesReceived: once(services.received),
  });
}

/**
 * The period that a day (`YYYY-MM-DD`) falls into, such as `2026-H2`: the year is the one in which it ends, so December
 * belongs to the first half of the next year. Undefined where the calendar has none for it.
 */
export function periodOf(day: string, calendar: readonly ReportingPeriod[]): string | undefined {
  const found = calendar.find((period) => holds(period, day.slice(5)));
  if (found === undefined) return undefined;
  const year = Number(day.slice(0, 4));
  const isBeforeNewYear = found.from > found.to && day.slice(5) >= found.from;
  return `${isBeforeNewYear ? year + 1 : year}-${found.code}`;
}

function holds({ from, to }: ReportingPeriod, inYear: string): boolean {
  return from <= to ? inYear >= from && inYear <= to : inYear >= from || inYear <= to;
}

function once(codes: readonly string[]): string[] {
  return [...new Set(codes)].toSorted();
}
