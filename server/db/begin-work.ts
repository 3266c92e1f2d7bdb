import type { PoolClient } from 'pg';
import { AppError } from '../kernel/errors.ts';
import { keyOf, Work, type Actor, type Question, type WorkRequest } from './bound-work.ts';

const BIND = { name: 'bind', text: 'select * from hien.bind_session($1, $2)' };

/** Opens a transaction and binds it; the request's questions are answered on the way. @throws AppError SIGN_IN_REQUIRED */
export async function begin(client: PoolClient, request: WorkRequest): Promise<Work> {
  if (request.bearer === null) {
    await Promise.all([client.query('BEGIN'), client.query('SAVEPOINT deed')]);
    return new Work(client, unboundActor(request), request);
  }
  const bind = { ...BIND, values: [request.bearer, request.purpose] };
  const sent = [client.query('BEGIN'), client.query(bind), client.query('SAVEPOINT deed')] as const;
  const answers = (request.questions ?? []).map((question) => ({ question, rows: answered(client, question) }));
  const [, bound] = await Promise.all(sent);
  const row = bound.rows[0];
  if (row === undefined) throw new AppError('SIGN_IN_REQUIRED');
  if (row.is_locked) return lockedWork(client, row, request);
  const work = new Work(client, actorOf(row), { ...request, purpose: row.purpose });
  for (const { question, rows } of answers) {
    rows.catch(work.failed);
    void work.once(keyOf(question), () => rows);
  }
  return work;
}

/** The log may name the session and whose it is, but nobody acts: a screen left alone is not its person. */
function lockedWork(client: PoolClient, row: BoundRow, request: WorkRequest): Work {
  const work = new Work(client, { kind: 'anonymous' }, { ...request, purpose: row.purpose });
  work.barrier = new AppError('SESSION_LOCKED');
  work.record({ outcome: 'refused', objectKind: 'session', objectId: row.session_id, ownerAgencyId: row.agency_id });
  return work;
}

function unboundActor({ job }: WorkRequest): Actor {
  return job === undefined ? { kind: 'anonymous' } : { kind: 'system', job };
}

function answered(client: PoolClient, question: Question): Promise<unknown[]> {
  const rows = client.query(question).then((answer) => answer.rows as unknown[]);
  // Whoever asks for it meets the failure; where the binding fails first, nobody asks.
  rows.catch(() => {});
  return rows;
}

type BoundRow = Record<'staff_id' | 'agency_id' | 'roles' | 'display_name' | 'session_id' | 'purpose', string> & {
  public_hash: Buffer;
  expires_at: Date;
};

function actorOf(row: BoundRow): Actor {
  return {
    kind: 'staff',
    staffId: row.staff_id,
    agencyId: row.agency_id,
    roles: row.roles === '' ? [] : row.roles.split(','),
    displayName: row.display_name,
    sessionId: row.session_id,
    sessionHash: row.public_hash,
    expiresAt: row.expires_at,
  };
}
