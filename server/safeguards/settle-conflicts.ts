import type { Work } from '../db/work.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { compareParties, knownStaff } from './conflicts.store.ts';

/**
 * Compares the case's parties with all staff and writes down whom the survivor excluded (undefined: nothing was said about
 * it; an empty list lifts). Barred people leave the team at once. The last step of a deed: whoever is barred by it sees no
 * row of the case afterwards.
 * @returns whether the acting person is barred now
 * @throws AppError DESK_CONFLICT where nobody of the agency is left to take the case
 */
export async function settleConflicts(
  work: Work,
  caseId: string,
  exclusions: readonly string[] | undefined,
): Promise<boolean> {
  const isBarred = await compareParties(work, caseId, exclusions ?? null);
  if (isBarred === null) throw new AppError('NOT_FOUND');
  return isBarred;
}

/** @throws AppError VALIDATION_FAILED naming each exclusion that is nobody's id */
export async function requireKnownStaff(work: Work, exclusions: readonly string[]): Promise<void> {
  if (exclusions.length === 0) return;
  const known = new Set(await knownStaff(work, exclusions));
  const faults = exclusions.flatMap((staffId, index) =>
    known.has(staffId) ? [] : [{ path: `exclusions.${index}`, code: 'INVALID' as const }],
  );
  if (faults.length > 0) throw invalid(...faults);
}
