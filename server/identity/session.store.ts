import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { Work } from '../db/work.ts';

export type SignInParameters = { parameters: string; salt: Buffer };

/** Read outside any transaction: hashing takes a fifth of a second and must not hold one open. */
export async function signInParameters(pool: Pool, username: string, fallback: string): Promise<SignInParameters> {
  const { rows } = await pool.query<SignInParameters>('select * from hien.sign_in_parameters($1, $2)', [
    username,
    fallback,
  ]);
  return rows[0] as SignInParameters;
}

export async function usernameOf(pool: Pool, bearer: Buffer): Promise<string | undefined> {
  const { rows } = await pool.query<{ username: string }>('select username from hien.session_of($1)', [bearer]);
  return rows[0]?.username;
}

/** Whose session a bearer belongs to, locked or not. */
export async function sessionOf(
  work: Work,
  bearer: Buffer,
): Promise<{ sessionId: string; staffId: string; agencyId: string } | undefined> {
  const { rows } = await sql<{
    sessionId: string;
    staffId: string;
    agencyId: string;
  }>`select * from hien.session_holder(${bearer})`.execute(work.db);
  return rows[0];
}

/** The account of a name, for the log; a name that nobody has leaves no trace of itself. */
export async function accountOf(work: Work, username: string): Promise<{ id: string; agencyId: string } | undefined> {
  return work.db
    .selectFrom('staff')
    .select(['id', 'agencyId'])
    .where('username', '=', username.toLowerCase())
    .executeTakeFirst();
}

export type NewSession = {
  username: string;
  proof: Buffer;
  sessionId: string;
  tokenHash: Buffer;
  publicHash: Buffer;
  lifeSeconds: number;
};

/** The person's id, or null when the proof does not belong to the name. */
export async function openSession(work: Work, given: NewSession): Promise<string | null> {
  const life = `${given.lifeSeconds} seconds`;
  const { rows } = await sql<{
    staffId: string | null;
  }>`select hien.open_session(${given.username}, ${given.proof}, ${given.sessionId}::uuid,
    ${given.tokenHash}, ${given.publicHash}, ${life}::interval) as staff_id`.execute(work.db);
  return rows[0]?.staffId ?? null;
}

export async function unlockSession(work: Work, bearer: Buffer, proof: Buffer): Promise<boolean> {
  const { rows } = await sql<{ isOpen: boolean }>`select hien.unlock_session(${bearer}, ${proof}) as is_open`.execute(
    work.db,
  );
  return rows[0]?.isOpen === true;
}

export async function lockSession(work: Work, bearer: Buffer): Promise<void> {
  await sql`select hien.lock_session(${bearer})`.execute(work.db);
}

export async function endSession(work: Work, bearer: Buffer): Promise<void> {
  await sql`select hien.end_session(${bearer})`.execute(work.db);
}

export async function addBearer(work: Work, tokenHash: Buffer): Promise<void> {
  await sql`select hien.add_bearer(${tokenHash})`.execute(work.db);
}
