import { DAY_MS } from '../kernel/clock.ts';

export type DumpPart = 'data' | 'keys';

/** One file of a dump: a table, or the part of its columns that travels apart. */
export type DumpFile = {
  part: DumpPart;
  table: string;
  /** Name of the file without ending; the table's own where nothing else is said. */
  name: string;
  /** Only these columns, or all but these. */
  only?: readonly string[];
  without?: readonly string[];
};

/** A withdrawal wipes the proof that a consent stands: it outlives the restore of older data beside today's keys. */
const STANDING = ['state', 'withdrawn_at', 'standing_proof'];
const NOTICE = ['sender_key_version', 'sender_notice', 'recipient_key_version', 'recipient_notice'];

function data(table: string, more: Pick<DumpFile, 'without'> = {}): DumpFile {
  return { part: 'data', table, name: table, ...more };
}

function keys(table: string, more: Partial<Pick<DumpFile, 'only' | 'name'>> = {}): DumpFile {
  return { part: 'keys', table, name: table, ...more };
}

/**
 * Which table travels in which dump, in the order of their foreign keys.
 *
 * A data dump may be kept for ever, so nothing in it may yield to a key that outlives an erasure: what is sealed or
 * hashed under an agency's or the installation's lasting keys (notices, unfinished drafts, blind indexes) travels with
 * the keys, whose copies are kept for a bounded number of days. So does what has been taken from people: erased cases,
 * withdrawn consents, conflicts of interest, whose family name is a party's. Older data restored beside today's keys do not bring it back.
 */
export const DUMP_FILES: readonly DumpFile[] = [
  keys('erasure_request'),
  keys('erased_case'),
  data('area'),
  data('agency'),
  data('agency_sector'),
  data('agency_area'),
  data('agency_service'),
  data('code_list'),
  data('code'),
  data('service'),
  data('clock_rule'),
  data('purpose'),
  data('hotline'),
  data('installation'),
  data('staff'),
  data('staff_role'),
  data('case_file'),
  data('consent', { without: ['standing_proof'] }),
  data('referral', { without: NOTICE }),
  data('sealed_document'),
  data('audit_event'),
  data('audit_event_case'),
  data('audit_leaf'),
  data('audit_tile'),
  data('audit_checkpoint'),
  data('audit_cosignature'),
  data('log_archive'),
  keys('principal_key'),
  keys('staff_credential'),
  keys('staff_identifier'),
  keys('conflict_bar'),
  keys('conflict_doubt'),
  keys('surname_match'),
  keys('break_glass'),
  keys('finding'),
  keys('finding_event'),
  keys('explanation'),
  keys('access_grant'),
  keys('key_renewal'),
  keys('case_member'),
  keys('data_key'),
  keys('blind_index'),
  keys('registration_draft'),
  keys('referral', { name: 'referral_notice', only: ['id', ...NOTICE] }),
  keys('consent', { name: 'consent_standing', only: ['id', ...STANDING] }),
];

/** Tables that are in no dump, and why. */
export const NOT_DUMPED: Readonly<Record<string, string>> = {
  staff_session: 'a restore ends every session',
  session_token: 'a restore ends every session',
  binding_secret: 'each database has its own',
  idempotency: 'kept for two days only',
  audit_day_check: 'found out anew from the log itself',
  log_archive_request: 'waits for seven days only; asked again after a restore',
  referral_step: 'comes with the migrations',
  finding_step: 'comes with the migrations',
};

/** Tables that nobody has decided about: a dump without them would look whole and not be it. */
export function undecidedTables(tables: readonly string[]): string[] {
  const decided = new Set([...DUMP_FILES.map((file) => file.table), ...Object.keys(NOT_DUMPED)]);
  return tables.filter((table) => !decided.has(table));
}

/** The columns of a file, out of all that its table has. */
export function columnsOf({ only, without }: DumpFile, all: readonly string[]): string[] {
  return all.filter((column) => only?.includes(column) ?? !without?.includes(column));
}

/** `keys-20261123T003000123Z`: the time is part of the name, so that age is known without opening anything. */
export function dumpName(part: DumpPart, takenAt: Date): string {
  return `${part}-${takenAt.toISOString().replaceAll(/[-:.]/g, '')}`;
}

const NAME = /^keys-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z(?:\.partial)?$/;

/** Those of `names` that are dumps of keys (unfinished ones too) as old as they may get, or older. */
export function outlivedDumps(
  names: readonly string[],
  { nowMs, keptDays }: { nowMs: number; keptDays: number },
): string[] {
  return names.filter((name) => {
    const found = NAME.exec(name);
    if (found === null) return false;
    const [year, month, day, hour, minute, second, ms] = found.slice(1).map(Number);
    const takenMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, ms);
    return nowMs - takenMs >= keptDays * DAY_MS;
  });
}
