import type { Pool, PoolClient, QueryResult } from 'pg';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { isOutage } from './outage.ts';
import { begin } from './begin-work.ts';
import { requireRecord, sendEvents, type EventStatement } from './event-statements.ts';
import type { Note, Work, WorkRequest } from './bound-work.ts';

export { Work, type Actor, type Note, type Question, type WorkRequest } from './bound-work.ts';

/**
 * The notes of a finished work as the statements that store its audit events, one for each; wired by the composition root.
 * They are there at once, or it throws: what would come later could find the deed committed without them.
 */
export type EventStatements = (work: Work, notes: readonly Note[]) => readonly EventStatement[];

export type WorkPorts = { pool: Pool; eventsOf: EventStatements };

/**
 * Runs `run` in a bound transaction. A refusal (any AppError) rolls back to the savepoint, appends
 * its event and commits; anything else rolls back whole. The answer exists only after the commit.
 * @throws AppError SIGN_IN_REQUIRED, SESSION_LOCKED, SERVICE_UNAVAILABLE (nothing has changed, unless the connection was
 *   lost while it committed) or what `run` threw
 */
export async function runWork<T>(ports: WorkPorts, request: WorkRequest, run: (work: Work) => Promise<T>): Promise<T> {
  const client = await connect(ports.pool);
  let isBroken = false;
  let work: Work | undefined;
  try {
    work = await begin(client, request);
    return await deedOrRefusal(ports, client, { work, run });
  } catch (error) {
    isBroken = !(error instanceof AppError) && !isDatabaseRefusal(error);
    if (work?.isCommitted !== true) await client.query('ROLLBACK').catch(() => void (isBroken = true));
    throw isOutage(error) ? new AppError('SERVICE_UNAVAILABLE', { cause: error }) : error;
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

type Task<T> = { work: Work; run: (work: Work) => Promise<T> };

async function deedOrRefusal<T>(ports: WorkPorts, client: PoolClient, task: Task<T>): Promise<T> {
  const { work, run } = task;
  let answer: T;
  try {
    if (work.barrier !== null) throw work.barrier;
    answer = await run(work);
    work.requireSound();
    if (work.notes.length === 0) throw new Error(`no audit event for ${work.request.deed.action}`);
  } catch (thrown) {
    const error = work.reasonFor(thrown);
    const refusal = asRefusal(error);
    if (refusal === null) throw error;
    await client.query('ROLLBACK TO SAVEPOINT deed');
    await commit(ports, client, { work, notes: [refusalNote(work, refusal)], underway: [] });
    throw refusal;
  }
  await commit(ports, client, { work, notes: work.notes, underway: work.underway });
  return answer;
}

/** The database's own guards speak with codes of ours: a step that the state does not allow, a desk that may not take a case. */
const GUARDS: Readonly<Record<string, ErrorCode>> = { HN001: 'STATE_CONFLICT', HN003: 'DESK_CONFLICT' };

function asRefusal(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  const code = isDatabaseRefusal(error) ? GUARDS[error.code] : undefined;
  return code === undefined ? null : new AppError(code);
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

type Finished = { work: Work; notes: readonly Note[]; underway: readonly Promise<unknown>[] };

async function commit(ports: WorkPorts, client: PoolClient, { work, notes, underway }: Finished): Promise<void> {
  work.isOpen = false;
  // Whatever fails here fails before the COMMIT is sent, and the work is rolled back.
  const appended = sendEvents(client, requireRecord(ports.eventsOf(work, notes), notes.length));
  const committed = client.query('COMMIT') as Promise<QueryResult>;
  const [before, end] = await Promise.all([
    Promise.allSettled(underway),
    Promise.allSettled([appended, committed] as const),
  ]);
  // The statement that failed first says why; those after it only that the transaction is lost.
  const failed = before.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  requireCommitted(end);
  work.isCommitted = true;
}

/** A failed append turns the COMMIT into a rollback; the command tag says so. */
function requireCommitted(end: readonly [PromiseSettledResult<unknown>, PromiseSettledResult<QueryResult>]): void {
  const [appended, committed] = end;
  if (appended.status === 'rejected') throw new AppError('SERVICE_UNAVAILABLE', { cause: appended.reason });
  if (committed.status === 'rejected') throw new AppError('SERVICE_UNAVAILABLE', { cause: committed.reason });
  const { command } = committed.value;
  if (command !== 'COMMIT') throw new AppError('SERVICE_UNAVAILABLE', { cause: command });
}
