import type { Insertable, Selectable } from 'kysely';
import type { AccessGrantTable, CaseMemberTable, DataKeyTable } from '../db/schema.ts';
import { insertMissing, insertRows } from '../db/insert-rows.ts';
import type { Work } from '../db/work.ts';

export type GrantRow = Selectable<AccessGrantTable>;
export type MemberRow = Insertable<CaseMemberTable>;
export type DataKeyRow = Selectable<DataKeyTable>;

/** Grants of a subject that the bound person or her agency holds; row-level security has the last word. */
export function grantsOf(work: Work, subjectId: string): Promise<GrantRow[]> {
  return work.once(`grants ${subjectId}`, () =>
    work
      .run<GrantRow>(GRANTS, [subjectId, [work.staff.agencyId, work.staff.staffId], work.now])
      .then((found) => found.rows),
  );
}

/** Who makes a subject knows which of its grants she will find. */
export function rememberGrants(work: Work, subjectId: string, rows: readonly GrantRow[]): void {
  const holders = [work.staff.agencyId, work.staff.staffId];
  const own = rows.filter(({ holderId }) => holders.includes(holderId));
  void work.once(`grants ${subjectId}`, async () => own);
}

const GRANTS =
  'select * from hien.access_grant where subject_id = $1 and holder_id = any ($2::uuid[]) and (ends_at is null or ends_at > $3)';

/** What was read of these subjects' grants and keys holds no longer: for whoever writes grants or members. */
export function forgetGrants(work: Work, subjectIds: readonly string[]): void {
  work.forget(...subjectIds.flatMap((subjectId) => [`grants ${subjectId}`, `subject ${subjectId}`]));
}

export async function commitmentsOf(work: Work, subjectId: string): Promise<DataKeyRow[]> {
  return (await work.run<DataKeyRow>('select * from hien.data_key where subject_id = $1', [subjectId])).rows;
}

export async function insertGrants(work: Work, rows: Insertable<AccessGrantTable>[]): Promise<void> {
  forgetGrants(
    work,
    rows.map((row) => row.subjectId),
  );
  await insertRows(work, 'accessGrant', rows);
}

export async function insertMembers(work: Work, rows: MemberRow[]): Promise<void> {
  if (rows.length === 0) return;
  forgetGrants(
    work,
    rows.map((row) => row.subjectId),
  );
  await insertMissing(work, 'caseMember', rows);
}

export async function insertDataKeys(work: Work, rows: Insertable<DataKeyTable>[]): Promise<void> {
  await insertRows(work, 'dataKey', rows);
}

/** Ends what a holder may read of a subject: the grant goes, its members with it, nobody else's key is touched. */
export async function deleteGrants(
  work: Work,
  which: { subjectIds: readonly string[]; holderId: string },
): Promise<void> {
  forgetGrants(work, which.subjectIds);
  await work.db
    .deleteFrom('accessGrant')
    .where('subjectId', 'in', [...which.subjectIds])
    .where('holderId', '=', which.holderId)
    .execute();
}

/** What the owning agency's side holds of a subject: the agency itself, or persons of it. */
export async function ownGrantsOf(work: Work, subjectId: string): Promise<string[]> {
  const { rows } = await work.run<{ id: string }>(OWN, [subjectId, work.staff.agencyId]);
  return rows.map((row) => row.id);
}

const OWN = `select id from hien.access_grant
  where subject_id = $1 and owner_agency_id = $2 and (holder_kind = 'staff' or holder_id = $2)`;

export async function deleteGrantsById(work: Work, subjectId: string, grantIds: readonly string[]): Promise<void> {
  forgetGrants(work, [subjectId]);
  await work.run('delete from hien.access_grant where id = any ($1::uuid[])', [[...grantIds]]);
}
