import type { Work } from '../db/work.ts';
import { isValidOn, type Directory } from '../directory/directory.ts';
import type { ListedCode } from '../directory/directory.contract.ts';
import type { Keys, Subject } from '../keys/index.ts';
import type { CaseContent } from './case-documents.rules.ts';
import { NO_SERVICES, periodOf, statisticsOf, type ReportingPeriod, type Services } from './statistics.rules.ts';

/** Which services partners were asked for on a case, and which they gave; wired by the composition root. */
export type ServicesOf = (work: Work, caseId: string) => Promise<Services>;
export type StatisticsDeps = { keys: Keys; directory: Directory; servicesOf: ServicesOf };

const PERIODS = 'reporting_period';
const BASES = 'recording_basis';

type CaseRecord = { period: string; content: unknown };

/**
 * The record of a new case, where she agreed that figures without names are used, or the basis of recording asks for it.
 * Nothing was asked of partners yet.
 */
export function newRecord(directory: Directory, content: CaseContent): CaseRecord | undefined {
  return isCounted(directory, content) ? recordOf(directory, content, NO_SERVICES) : undefined;
}

/** Writes the record of a case anew after something of it changed, or takes it away where she agrees no longer. */
export async function renewStatistics(
  { keys, directory, servicesOf }: StatisticsDeps,
  work: Work,
  { subject, content }: { subject: Subject; content: CaseContent },
): Promise<void> {
  const record = isCounted(directory, content)
    ? recordOf(directory, content, await servicesOf(work, subject.id))
    : undefined;
  await (record === undefined ? keys.statistics.drop(work, subject.id) : keys.statistics.renew(work, subject, record));
}

/** Undefined where there is no calendar for the day: no report could count it. */
function recordOf(directory: Directory, content: CaseContent, services: Services): CaseRecord | undefined {
  const period = periodFor(directory, content.facts.report.receivedOn);
  return period === undefined ? undefined : { period, content: statisticsOf(content, services) };
}

/** The reporting period that counts what was received on a day; undefined where no calendar of that day has one. */
export function periodFor(directory: Directory, day: string): string | undefined {
  return periodOf(day, calendarOn(directory, day));
}

function isCounted(directory: Directory, { basis, facts }: CaseContent): boolean {
  const listed = directory.listed(BASES, basis.code, facts.report.receivedOn);
  return basis.isReportUseAgreed || listed?.meta['isReportUseRequired'] === true;
}

function calendarOn(directory: Directory, day: string): ReportingPeriod[] {
  return directory
    .snapshot()
    .codeLists.flatMap((list) =>
      list.list === PERIODS ? list.codes.filter((code) => isValidOn(code, day)).map(periodIn) : [],
    );
}

function periodIn({ code, meta }: ListedCode): ReportingPeriod {
  return { code, from: String(meta['from']), to: String(meta['to']) };
}
