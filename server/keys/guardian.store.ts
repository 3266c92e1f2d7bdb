import type { Run } from '../db/bound-kysely.ts';
import type { Work } from '../db/work.ts';
import type { Custodian, PrincipalKeys } from './custodian.ts';
import type { GrantRow } from './grants.store.ts';
import { GUARDIAN_ID } from './named-principals.ts';
import { insertVersion } from './principal-rotation.store.ts';
import type { Subject } from './subjects.ts';

const BATCH = 50;

/** Versions of the guardian's keys that are not destroyed, oldest first. */
export async function livingGuardian(run: Run): Promise<PrincipalKeys[]> {
  const { rows } = await run<PrincipalKeys>(
    `select principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key from hien.principal_key
      where principal_id = $1 and destroyed_at is null order by version`,
    [GUARDIAN_ID],
  );
  return rows;
}

/** Whether the guardian holds a grant to this version that is as new as the newest data key of the subject. */
const GUARDED = `exists (select 1 from hien.access_grant k where k.subject_id = g.subject_id and k.holder_kind = 'guardian' and k.holder_key_version = $1
    and k.begins_at >= coalesce((select max(d.created_at) from hien.data_key d
      where d.subject_id = g.subject_id and d.compartment <> 'statistics'), '-infinity'))`;
const UNGUARDED = `from hien.access_grant g where g.holder_kind in ('agency', 'staff') and not ${GUARDED}`;

/** The next subjects that the guardian does not hold with this version of its keys, in the order of their ids. */
export async function unguardedSubjects(run: Run, version: number, after: string): Promise<Subject[]> {
  const { rows } = await run<Subject>(
    `select g.subject_kind as kind, g.subject_id as id, g.case_id, g.owner_agency_id ${UNGUARDED} and g.subject_id > $2
      group by 1, 2, 3, 4 order by g.subject_id limit ${BATCH}`,
    [version, after],
  );
  return rows;
}

export async function countUnguarded(run: Run, version: number): Promise<number> {
  const text = `select count(distinct g.subject_id)::int as total ${UNGUARDED}`;
  return (await run<{ total: number }>(text, [version])).rows[0]?.total ?? 0;
}

/** The guardian's grants of a subject go, to be given again in the same work. */
export async function takeGuardianGrants(work: Work, subjectId: string): Promise<void> {
  await work.run(`delete from hien.access_grant where subject_id = $1 and holder_kind = 'guardian'`, [subjectId]);
}

/** What the guardian holds of a case and of what was sent from it; seen by the archivist only. */
export async function guardianGrantsOf(work: Work, caseId: string): Promise<GrantRow[]> {
  const text = `select * from hien.access_grant where case_id = $1 and holder_kind = 'guardian' order by subject_id, id`;
  return (await work.run<GrantRow>(text, [caseId])).rows;
}

/** The first keys of a person as a holder, where she has none: as the archivist, who acts for no agency. */
export async function makeStaffKeys(work: Work, custodian: Custodian, staffId: string): Promise<void> {
  const { rows } = await work.run('select 1 from hien.principal_key where principal_id = $1', [staffId]);
  if (rows.length === 0)
    await insertVersion(work, await custodian.createPrincipal({ principalId: staffId, kind: 'staff', version: 1 }));
}
