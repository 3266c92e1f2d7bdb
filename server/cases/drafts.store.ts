import type { Insertable, Selectable } from 'kysely';
import type { RegistrationDraftTable } from '../db/schema.ts';
import type { Work } from '../db/work.ts';

export type DraftRow = Selectable<RegistrationDraftTable>;

/** The bound person's own draft; nobody else's exists. */
export function draftRow(work: Work, draftId: string): Promise<DraftRow | undefined> {
  return work.db
    .selectFrom('registrationDraft')
    .selectAll()
    .where('id', '=', draftId)
    .where('expiresAt', '>', work.now)
    .executeTakeFirst();
}

export async function draftRows(work: Work): Promise<Pick<DraftRow, 'id' | 'page' | 'updatedAt' | 'expiresAt'>[]> {
  return work.db
    .selectFrom('registrationDraft')
    .select(['id', 'page', 'updatedAt', 'expiresAt'])
    .where('staffId', '=', work.staff.staffId)
    .where('expiresAt', '>', work.now)
    .orderBy('updatedAt', 'desc')
    .limit(50)
    .execute();
}

/** False where the id belongs to somebody else's draft, which is left as it is. */
export async function saveDraftRow(work: Work, row: Insertable<RegistrationDraftTable>): Promise<boolean> {
  const { id: _id, staffId, agencyId: _agency, ...rest } = row;
  const result = await work.db
    .insertInto('registrationDraft')
    .values(row)
    .onConflict((on) => on.column('id').doUpdateSet(rest).where('registrationDraft.staffId', '=', staffId))
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function discardDraftRow(work: Work, draftId: string): Promise<boolean> {
  const result = await work.db.deleteFrom('registrationDraft').where('id', '=', draftId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
