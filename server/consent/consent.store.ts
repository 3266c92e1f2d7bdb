import type { Insertable, Selectable } from 'kysely';
import type { ConsentTable } from '../db/schema.ts';
import type { Work } from '../db/work.ts';

export type ConsentRow = Selectable<ConsentTable>;

export async function insertConsent(work: Work, row: Insertable<ConsentTable>): Promise<void> {
  await work.db.insertInto('consent').values(row).execute();
}

export async function consentsOf(work: Work, caseId: string): Promise<ConsentRow[]> {
  return (await work.run<ConsentRow>('select * from hien.consent where case_id = $1 order by id desc', [caseId])).rows;
}

export function consentRow(work: Work, consentId: string): Promise<ConsentRow | undefined> {
  return work.db.selectFrom('consent').selectAll().where('id', '=', consentId).executeTakeFirst();
}

/** False when it was withdrawn before. */
export async function markWithdrawn(work: Work, consentId: string): Promise<boolean> {
  const result = await work.db
    .updateTable('consent')
    .set((eb) => ({ state: 'withdrawn', standingProof: null, withdrawnAt: work.now, version: eb('version', '+', 1) }))
    .where('id', '=', consentId)
    .where('state', '=', 'valid')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
