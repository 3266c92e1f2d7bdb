import type { Work } from '../db/work.ts';
import type { Directory } from '../directory/directory.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { noteSurnameMatch } from './conflicts.store.ts';
import { commonSurnamesOn, sharesRareSurname } from './surnames.rules.ts';

/** The people of a case by their full names, as far as these are in the acting person's hands. */
export type PeopleOfCase = { caseId: string; names: readonly (string | undefined)[] };

/**
 * Notes, for the auditor, that somebody in a case bears the acting person's own family name and that it is a rare one. To be
 * called where names have just been opened for her: they are compared in memory, kept nowhere, and nothing of it is in the event.
 * The row is written with the deed, or not at all; it is not written about somebody who is barred from the case.
 */
export function noteSurname(
  { directory }: { directory: Directory },
  work: Work,
  { caseId, names }: PeopleOfCase,
): void {
  const common = () => commonSurnamesOn(directory.auditRules(), vietnamDay(work.nowMs));
  if (!sharesRareSurname(work.staff.displayName, names, common)) return;
  // Several steps of one deed open the same case.
  void work.once(`surname ${caseId}`, async () => work.later(noteSurnameMatch(work, caseId)));
}
