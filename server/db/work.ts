import type { Pool, PoolClient, QueryResult } from 'pg';
import { AppError } from '../kernel/errors.ts';
import { boundKysely, type Queries } from './bound-kysely.ts';

/** Who acts: a person bound by the database, or nobody yet (sign-in). */
export type Actor =
  | {
      kind: 'staff';
      staffId: string;
      agencyId: string;
      roles: readonly string[];
      displayName: string;
      sessionId: string;
      sessionHash: Buffer;
      expiresAt: Date;
    }
  | { kind: 'anonymous' };

/** What a use case tells the log; the deed's action and object are filled in where it says nothing. */
export type Note = {
  action?: string;
  outcome?: 'done' | 'refused' | 'failed';
  objectKind?: string;
  objectId?: string;
  ownerAgencyId?: string | null;
  caseIds?: readonly string[];
  compartments?: readonly string[];
  fields?: readonly string[];
  policies?: readonly string[];
  reasonCode?: string;
  count?: number;
};

export type Deed = { action: string; objectKind?: string; objectId?: string };

/** A statement whose answer is wanted as soon as the person is bound; it travels together with the binding. */
export type Question = { name: string; text: string; values: unknown[] };

export type WorkRequest = {
  /** The raw bearer of the session; null for nobody. */
  bearer: Buffer | null;
  purpose: string;
  deed: Deed;
  requestId: string;
  /** Time of the event: now, or the simulated time of demonstration history. */
  occurredAtMs: number;
  isDemonstration: boolean;
  question?: Question | undefined;
};

/** Writes the notes of a finished work as audit events; wired by the composition root. */
export type AppendEvents = (work: Work, client: PoolClient, notes: readonly Note[]) => Promise<unknown>;

/**
 * One transaction bound to one person. It cannot be committed without a record: no deed, and no
 * reading of a case, without its audit event.
 */
export class Work {
  readonly actor: Actor;
  readonly request: WorkRequest;
  readonly db: Queries;
  /** Purpose of the access; the default is settled once the roles are known. */
  purpose: string;
  readonly notes: Note[] = [];
  policies: readonly string[] = [];
  isOpen = true;
  /** Rows that answer the request's question. */
  answered: Promise<unknown[]> | undefined;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(client: PoolClient, actor: Actor, request: WorkRequest) {
    this.actor = actor;
    this.request = request;
    this.purpose = request.purpose;
    this.db = boundKysely(client, () => this.isOpen);
  }

  /** Milliseconds of the event's time. */
  get nowMs(): number {
    return this.request.occurredAtMs;
  }

  get now(): Date {
    return new Date(this.request.occurredAtMs);
  }

  /** The acting person; asking for one where there is none is a fault of the program. */
  get staff(): Extract<Actor, { kind: 'staff' }> {
    if (this.actor.kind !== 'staff') throw new AppError('SIGN_IN_REQUIRED');
    return this.actor;
  }

  record(note: Note): void {
    this.notes.push(note);
  }

  /** Reads once what several steps of one work ask for; whoever changes it says so with `forget`. */
  once<T>(what: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(what) ?? read();
    this.#known.set(what, known);
    return known as Promise<T>;
  }

  forget(...whats: readonly string[]): void {
    for (const what of whats) this.#known.delete(what);
  }
}

export type WorkPorts = { pool: Pool; append: AppendEvents };

const BIND = { name: 'bind', text: 'select * from hien.bind_session($1, $2)' };

/**
 * Runs `run` in a bound transaction. A refusal (any AppError) rolls back to the savepoint, appends
 * its event and commits; anything else rolls back whole. The answer exists only after the commit.
 * @throws AppError SIGN_IN_REQUIRED, SESSION_LOCKED, SERVICE_UNAVAILABLE or what `run` threw
 */
export async function runWork<T>(ports: WorkPorts, request: WorkRequest, run: (work: Work) => Promise<T>): Promise<T> {
  const client = await connect(ports.pool);
  let isBroken = false;
  try {
    const work = await begin(client, request);
    return await deedOrRefusal(ports, client, { work, run });
  } catch (error) {
    isBroken = !(error instanceof AppError) && !isDatabaseRefusal(error);
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release(isBroken);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw new AppError('SERVICE_UNAVAILABLE', { cause });
  }
}

async function begin(client: PoolClient, request: WorkRequest): Promise<Work> {
  if (request.bearer === null) {
    await Promise.all([client.query('BEGIN'), client.query('SAVEPOINT deed')]);
    return new Work(client, { kind: 'anonymous' }, request);
  }
  const bind = { ...BIND, values: [request.bearer, request.purpose] };
  const sent = [client.query('BEGIN'), client.query(bind), client.query('SAVEPOINT deed')] as const;
  const answered = request.question && client.query(request.question).then((answer) => answer.rows as unknown[]);
  answered?.catch(() => {});
  const [, bound] = await Promise.all(sent);
  const row = bound.rows[0];
  if (row === undefined) throw new AppError('SIGN_IN_REQUIRED');
  if (row.is_locked) throw new AppError('SESSION_LOCKED');
  const roles = row.roles === '' ? [] : String(row.roles).split(',');
  const actor: Actor = {
    kind: 'staff',
    staffId: row.staff_id,
    agencyId: row.agency_id,
    roles,
    displayName: row.display_name,
    sessionId: row.session_id,
    sessionHash: row.public_hash,
    expiresAt: row.expires_at,
  };
  return new Work(client, actor, { ...request, purpose: row.purpose });
}

type Task<T> = { work: Work; run: (work: Work) => Promise<T> };

async function deedOrRefusal<T>(ports: WorkPorts, client: PoolClient, task: Task<T>): Promise<T> {
  const { work, run } = task;
  let answer: T;
  try {
    answer = await run(work);
    if (work.notes.length === 0) throw new Error(`no audit event for ${work.request.deed.action}`);
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === null) throw error;
    await client.query('ROLLBACK TO SAVEPOINT deed');
    await commit(ports, client, { work, notes: [refusalNote(work, refusal)] });
    throw refusal;
  }
  await commit(ports, client, { work, notes: work.notes });
  return answer;
}

/** The database's own guards speak with codes of ours: HN001 is a step that the state does not allow. */
function asRefusal(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  return isDatabaseRefusal(error) && error.code === 'HN001' ? new AppError('STATE_CONFLICT') : null;
}

/** An error that PostgreSQL answered: the connection itself is sound. */
function isDatabaseRefusal(error: unknown): error is { code: string } {
  return typeof error === 'object' && error !== null && 'severity' in error && error.severity === 'ERROR';
}

/** What was already learnt about the object (its case, its owner) goes into the refusal as well. */
function refusalNote(work: Work, error: AppError): Note {
  const learnt = work.notes.find((note) => note.outcome === 'refused') ?? {};
  return { ...learnt, outcome: 'refused', policies: work.policies, reasonCode: error.code };
}

async function commit(
  ports: WorkPorts,
  client: PoolClient,
  finished: { work: Work; notes: readonly Note[] },
): Promise<void> {
  finished.work.isOpen = false;
  const appended = ports.append(finished.work, client, finished.notes);
  const committed = client.query('COMMIT') as Promise<QueryResult>;
  const results = await Promise.allSettled([appended, committed]);
  const failed = results.find((result) => result.status === 'rejected');
  // A failed append turns the COMMIT into a rollback; the command tag says so.
  const tag = results[1].status === 'fulfilled' ? results[1].value.command : 'FAILED';
  if (failed || tag !== 'COMMIT')
    throw new AppError('SERVICE_UNAVAILABLE', { cause: failed?.status === 'rejected' ? failed.reason : tag });
}
