import type { Pool } from 'pg';
import { WORD_REFERENCES } from './reseal.store.ts';
import { boundRun, type Run } from '../db/bound-kysely.ts';
import type { Work } from '../db/work.ts';
import type { PrincipalKeys } from './custodian.ts';

/** All keys versions of a principal that have private halves, oldest first; two of them: a rotation is underway. */
export type LivingKeys = readonly PrincipalKeys[];

const COLUMNS = `principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key`;

/** Runs statements as the keeper of keys on one connection, each by itself. */
export async function withKeeper<T>(pool: Pool, use: (run: Run) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await use(boundRun(client, () => true));
  } finally {
    client.release();
  }
}

/** Living versions by principal. The guardian's private key opens elsewhere only, so it is not among them. */
export async function livingKeys(run: Run, principalId: string | null): Promise<LivingKeys[]> {
  const { rows } = await run<PrincipalKeys>(
    `select ${COLUMNS} from hien.principal_key
      where destroyed_at is null and kind <> 'guardian' and ($1::uuid is null or principal_id = $1) order by principal_id, version`,
    [principalId],
  );
  const byId = Map.groupBy(rows, (row) => row.principalId);
  return [...byId.values()];
}

export async function insertVersion(work: Work, keys: PrincipalKeys): Promise<void> {
  const { principalId, kind, version, publicKey, vouch, wrappedPrivateKey, wrappedListKey } = keys;
  await work.run(`insert into hien.principal_key (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)`, [
    principalId,
    kind,
    version,
    publicKey,
    vouch,
    wrappedPrivateKey,
    wrappedListKey,
  ]);
}

/** Where something may still be sealed to a version; `$1` the principal, `$2` its versions. */
const REFERENCES = [
  `hien.access_grant where holder_id = $1 and holder_key_version = any ($2::int[])`,
  `hien.referral where sender_agency_id = $1 and sender_key_version = any ($2::int[]) and sender_notice is not null`,
  `hien.referral where recipient_agency_id = $1 and recipient_key_version = any ($2::int[]) and recipient_notice is not null`,
  `hien.registration_draft where agency_id = $1 and key_version = any ($2::int[])`,
  ...WORD_REFERENCES,
];

/** How many grants and lines are sealed to these versions. */
export async function countSealedTo(run: Run, principalId: string, versions: readonly number[]): Promise<number> {
  const text = `select ${REFERENCES.map((where) => `(select count(*) from ${where})`).join(' + ')} as total`;
  const { rows } = await run<{ total: number }>(text, [principalId, [...versions]]);
  return Number(rows[0]?.total ?? 0);
}

/**
 * Takes the private halves of these versions away, unless something is still sealed to them. Waits for whoever is
 * committing a grant to this principal, and keeps them waiting until it is done.
 */
export async function destroyVersions(work: Work, principalId: string, versions: readonly number[]): Promise<boolean> {
  await work.run('select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 11))', [principalId]);
  if ((await countSealedTo(work.run, principalId, versions)) > 0) return false;
  await work.run(
    `update hien.principal_key set retired_at = coalesce(retired_at, now()), destroyed_at = now(), wrapped_private_key = '', wrapped_list_key = ''
      where principal_id = $1 and version = any ($2::int[])`,
    [principalId, [...versions]],
  );
  return true;
}
