import { createHash } from 'node:crypto';
import pg from 'pg';
import { newBearer } from '../identity/tokens.ts';
import { newId } from '../kernel/ids.ts';

export type Outcome = 'done' | 'refused';

/** What history needs of the owner's connection: sessions for its people, and what the log says is done already. */
export type Archive = {
  /** Opens a session for a person, as a sign-in would, and answers with its bearer. */
  openSession(staffId: string): Promise<Buffer>;
  /** Ends every session: before anybody can sign in, only history has any. */
  endSessions(): Promise<void>;
  /** Of each request in the log that came out so: the object of its first event. */
  requestsDone(outcome: Outcome): Promise<ReadonlyMap<string, string | null>>;
  versionOf(caseId: string): Promise<number>;
  close(): Promise<void>;
};

/** History takes seconds; what a killed start leaves behind dies by itself. */
const SESSION_LIFE = '1 hour';

const REQUESTS = `select distinct on (1) convert_from(event, 'UTF8')::jsonb ->> 'request' as request, object_id as "objectId"
  from hien.audit_event where outcome = $1 order by 1, recorded_at, id`;

/** @param ownerUrl the superuser of the embedded server: the log is closed to everybody else but auditors */
export function openArchive(ownerUrl: string): Archive {
  const client = new pg.Pool({ connectionString: ownerUrl, application_name: 'hien demonstration', max: 3 });
  return {
    openSession: (staffId) => openSession(client, staffId),
    async endSessions() {
      await client.query('update hien.staff_session set ended_at = clock_timestamp() where ended_at is null');
    },
    async requestsDone(outcome) {
      const { rows } = await client.query<{ request: string; objectId: string | null }>(REQUESTS, [outcome]);
      return new Map(rows.map(({ request, objectId }) => [request, objectId]));
    },
    async versionOf(caseId) {
      const { rows } = await client.query<{ version: number }>('select version from hien.case_file where id = $1', [
        caseId,
      ]);
      return rows[0]?.version ?? 0;
    },
    close: () => client.end(),
  };
}

async function openSession(client: pg.Pool, staffId: string): Promise<Buffer> {
  const { bearer, tokenHash } = newBearer();
  const sessionId = newId();
  const publicHash = createHash('sha256').update('hien-session').update(tokenHash).digest();
  await client.query(
    `with session as (
       insert into hien.staff_session (id, staff_id, public_hash, expires_at)
       values ($1, $2, $3, clock_timestamp() + $5::interval) returning id, expires_at
     )
     insert into hien.session_token (token_hash, session_id, kind, expires_at)
     select $4, id, 'cookie', expires_at from session`,
    [sessionId, staffId, publicHash, tokenHash, SESSION_LIFE],
  );
  return bearer;
}
