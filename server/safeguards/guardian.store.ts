import type { Pool } from 'pg';
import type { Work } from '../db/work.ts';

export type NamedCase = { id: string; ownerAgencyId: string };

/** Unbound, as the archivist. */
export async function caseNamed(pool: Pool, code: string): Promise<NamedCase | undefined> {
  const { rows } = await pool.query<NamedCase>(
    `select id, owner_agency_id as "ownerAgencyId" from hien.case_file where code = $1`,
    [code],
  );
  return rows[0];
}

/** Active people of an agency who serve on its cases, of those who are named. */
export async function servingStaff(work: Work, agencyId: string, usernames: readonly string[]): Promise<string[]> {
  const { rows } = await work.run<{ id: string }>(
    `select p.id from hien.staff p where p.username = any ($1::text[]) and p.agency_id = $2 and p.is_active
        and exists (select 1 from hien.staff_role r where r.staff_id = p.id and r.role in ('case_worker', 'duty_officer', 'supervisor'))
      order by array_position($1::text[], p.username)`,
    [[...usernames], agencyId],
  );
  return rows.map((row) => row.id);
}

/** Codes of the reasons that hold on a day, with their names. */
export async function guardianReasons(pool: Pool, day: string): Promise<Map<string, { vi: string; en: string }>> {
  const { rows } = await pool.query<{ code: string; vi: string; en: string }>(
    `select c.code, c.name_vi as vi, c.name_en as en from hien.code c
      where c.list = 'guardian_reason' and c.valid_from <= $1::date and (c.valid_to is null or $1::date < c.valid_to)
      order by c.version, c.position`,
    [day],
  );
  return new Map(rows.map(({ code, vi, en }) => [code, { vi, en }]));
}

/** The case is newer now; where its agency got it back it is restricted no more. */
export async function markGuardedOpening(work: Work, caseId: string, isForAgency: boolean): Promise<void> {
  await work.run(
    `update hien.case_file set version = version + 1, changed_at = $2, restricted_at = case when $3 then null else restricted_at end where id = $1`,
    [caseId, work.now, isForAgency],
  );
}
