import type { Work } from '../db/work.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { isDeskBarred, unassignableOf } from './conflicts.store.ts';

/** @throws AppError VALIDATION_FAILED for a colleague who is barred: the same fault as for somebody who is no colleague */
export async function requireAssignable(work: Work, referralId: string, staffIds: readonly string[]): Promise<void> {
  const barred = new Set(await unassignableOf(work, referralId, staffIds));
  const faults = staffIds.flatMap((staffId, index) =>
    barred.has(staffId) ? [{ path: `assigneeIds.${index}`, code: 'INVALID' as const }] : [],
  );
  if (faults.length > 0) throw invalid(...faults);
}

/** @throws AppError DESK_CONFLICT where everybody at the recipient's desk is barred, so that nobody would ever see it */
export async function requireOpenDesk(work: Work, referralId: string): Promise<void> {
  if (await isDeskBarred(work, referralId)) throw new AppError('DESK_CONFLICT');
}
