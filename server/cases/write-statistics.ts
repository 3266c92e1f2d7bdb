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

/**
 * Writes the record of a new case, where she agreed that figures without names are used, or the basis of recording asks for
 * it. Nothing was asked of partners yet.
 */
export async function addStatistics(
  deps: Omit<StatisticsDeps, 'servicesOf'>,
  work: Work,
  of: { subject: Subject; content: CaseContent },
): Promise<void> {
  if (isCounted(deps.directory, of.content)) await write(deps, work, { ...of, services: NO_SERVICES, isNew: true });
}

/** Writes the record of a case anew after something of it changed, or takes it away where she agrees no longer. */
export async function renewStatistics(
  deps: StatisticsDeps,
  work: Work,
  of: { subject: Subject; content: CaseContent },
): Promise<void> {
  if (!isCounted(deps.directory, of.content)) return deps.keys.statistics.drop(work, of.subject.id);
  await write(deps, work, { ...of, services: await deps.servicesOf(work, of.subject.id), isNew: false });
}

type Writing = { subject: Subject; content: CaseContent; services: Services; isNew: boolean };

async function write(
  { keys, directory }: Pick<StatisticsDeps, 'keys' | 'directory'>,
  work: Work,
  { subject, content, services, isNew }: Writing,
): Promise<void> {
  const day = content.facts.report.receivedOn;
  const period = periodFor(directory, day);
  // Without a calendar for the day there is no report that it could be counted in.
  if (period === undefined) return keys.statistics.drop(work, subject.id);
  await keys.statistics.write(work, subject, { period, content: statisticsOf(content, services), isNew });
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
