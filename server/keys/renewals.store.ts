import type { Run } from '../db/bound-kysely.ts';
import type { Work } from '../db/work.ts';
import type { DocumentRow } from './documents.store.ts';
import type { DataKeyRow, GrantRow } from './grants.store.ts';
import type { Subject } from './subjects.ts';

export type Renewal = Subject & { isBegun: boolean };
export type ResealedDocument = { id: string; revision: number; was: Buffer; sealed: Buffer; keyVersion: number };

const BATCH = 100;
const ONE_AT_A_TIME = 7_211_403;

/** Runs unless another server is at it. */
export async function alone(run: Run, deed: () => Promise<void>): Promise<void> {
  const { rows } = await run<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [ONE_AT_A_TIME]);
  if (rows[0]?.mine !== true) return;
  try {
    await deed();
  } finally {
    await run('select pg_advisory_unlock($1)', [ONE_AT_A_TIME]);
  }
}

export async function dueRenewals(run: Run): Promise<Renewal[]> {
  const { rows } = await run<Renewal>(
    `select subject_kind as kind, subject_id as id, case_id, owner_agency_id, bool_and(renewed_at is not null) as is_begun
       from hien.key_renewal group by 1, 2, 3, 4 order by min(asked_at) limit ${BATCH}`,
    [],
  );
  return rows;
}

/** Locked, so that nobody else seals them again at the same time. */
export async function lockedGrants(work: Work, subjectId: string): Promise<GrantRow[]> {
  const text = 'select * from hien.access_grant where subject_id = $1 order by id for update';
  return (await work.run<GrantRow>(text, [subjectId])).rows;
}

export async function grantsOfSubject(run: Run, subjectId: string): Promise<GrantRow[]> {
  return (await run<GrantRow>('select * from hien.access_grant where subject_id = $1', [subjectId])).rows;
}

/** Those of its holders; the statistics have a key of their own, which is made anew with each record. */
export async function dataKeysOf(run: Run, subjectId: string): Promise<DataKeyRow[]> {
  const text = `select * from hien.data_key where subject_id = $1 and compartment <> 'statistics'`;
  return (await run<DataKeyRow>(text, [subjectId])).rows;
}

export async function replaceBundle(
  work: Work,
  grant: { id: string; holderKeyVersion: number; bundle: Buffer },
): Promise<void> {
  const text = 'update hien.access_grant set holder_key_version = $2, bundle = $3 where id = $1';
  await work.run(text, [grant.id, grant.holderKeyVersion, grant.bundle]);
}

export async function markBegun(work: Work, subjectId: string): Promise<void> {
  await work.run('update hien.key_renewal set renewed_at = now() where subject_id = $1 and renewed_at is null', [
    subjectId,
  ]);
}

const OUTDATED = `from hien.sealed_document d where d.subject_id = $1 and d.key_version <
  (select max(k.version) from hien.data_key k where k.subject_id = d.subject_id and k.compartment = d.compartment)`;

/** The next documents, of whatever revision, that are sealed under an older data key. */
export async function outdatedDocuments(
  run: Run,
  subjectId: string,
  after: { id: string; revision: number },
): Promise<DocumentRow[]> {
  const { rows } = await run<DocumentRow>(
    `select d.* ${OUTDATED} and (d.id, d.revision) > ($2, $3) order by d.id, d.revision limit ${BATCH}`,
    [subjectId, after.id, after.revision],
  );
  return rows;
}

/** The same document under a newer key: neither its revision nor who wrote it when changes, nor the version of a view. */
export async function replaceDocument(run: Run, one: ResealedDocument): Promise<number> {
  const { count } = await run(
    'update hien.sealed_document set sealed = $4, key_version = $5 where id = $1 and revision = $2 and sealed = $3',
    [one.id, one.revision, one.was, one.sealed, one.keyVersion],
  );
  return count;
}

/** Forgets data keys that no document needs. Answers with what is left. */
export async function forgetOldKeys(work: Work, subjectId: string): Promise<DataKeyRow[]> {
  await work.run(
    `delete from hien.data_key k where k.subject_id = $1
        and k.version < (select max(n.version) from hien.data_key n where n.subject_id = $1 and n.compartment = k.compartment)
        and not exists (select 1 from hien.sealed_document d where d.subject_id = $1 and d.compartment = k.compartment and d.key_version = k.version)`,
    [subjectId],
  );
  return dataKeysOf(work.run, subjectId);
}

export async function endRenewal(work: Work, subjectId: string): Promise<void> {
  await work.run('delete from hien.key_renewal where subject_id = $1 and renewed_at is not null', [subjectId]);
}
