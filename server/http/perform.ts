import { isOutage } from '../db/outage.ts';
import { runWork, type Question, type Work, type WorkPorts, type WorkRequest } from '../db/work.ts';
import type { Directory } from '../directory/directory.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { decide, questionsOf, type PolicyEngine, type SubjectRef } from '../policy/index.ts';
import type { Answer, Call, Endpoint } from './endpoint.ts';
import { parse, type Given, type Parsed } from './parse.ts';
import { questionOfReplay, rememberReplay, replayOf } from './replay.store.ts';

/** What carries out endpoints: the same for HTTP and for the demonstration's history. */
export type Performer = {
  appPorts: WorkPorts;
  auditorPorts: WorkPorts;
  policy: PolicyEngine;
  directory: Directory;
  fingerprint: (text: string) => Buffer;
};

/**
 * Carries out one endpoint: contract, bound transaction, decision, use case, commit, output contract.
 * Plaintext leaves only after its audit event is committed.
 */
export async function perform(performer: Performer, endpoint: Endpoint, given: Given): Promise<Answer<unknown>> {
  const parsed = parse(performer.directory, endpoint, given);
  if (parsed.fault !== null && endpoint.access !== undefined && endpoint.access !== 'staff') throw parsed.fault;
  const prepared = parsed.fault === null ? await prepare(endpoint, given, parsed) : undefined;
  const answer = await inWork(performer, { endpoint, given, parsed }, async (work) => {
    if (!parsed.isAddressed && parsed.fault !== null) throw parsed.fault;
    requirePurpose(performer.directory, work, given);
    const found = await decide(performer.policy, work, {
      action: endpoint.action,
      subject: subjectOf(endpoint, parsed),
    });
    // After the decision: whoever may not do it at all learns nothing of the contract, and the event names the fault.
    if (parsed.fault !== null) throw parsed.fault;
    if (prepared instanceof AppError) throw prepared;
    const call = { work, ...parsed, prepared, facts: found } as unknown as Call<never, never, never>;
    return replayOrRun({ performer, endpoint, given }, call, parsed);
  });
  return { ...answer, body: endpoint.answer.parse(answer.body) };
}

/** A refusal before the transaction (guesses that come too fast) is thrown inside of it, so that it leaves its event; one that is on record already is not. */
async function prepare(endpoint: Endpoint, { bearer, address }: Given, parsed: Parsed): Promise<unknown> {
  try {
    return await endpoint.prepare?.({ body: parsed.body as never, bearer, address });
  } catch (error) {
    if (error instanceof AppError && !error.isOnRecord) return error;
    throw isOutage(error) ? new AppError('SERVICE_UNAVAILABLE', { cause: error }) : error;
  }
}

type Inside = { endpoint: Endpoint; given: Given; parsed: Parsed };

/** Two requests raced with one Idempotency-Key: the loser runs again and finds what the winner made. */
async function inWork<T>(
  performer: Performer,
  { endpoint, given, parsed }: Inside,
  run: (work: Work) => Promise<T>,
): Promise<T> {
  const ports = endpoint.pool === 'auditor' ? performer.auditorPorts : performer.appPorts;
  const request = workRequest(endpoint, given, parsed);
  try {
    return await runWork(ports, request, run);
  } catch (error) {
    if (!isLostRace(error)) throw error;
    return runWork(ports, request, run);
  }
}

function isLostRace(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'table' in error && error.table === 'idempotency';
}

function workRequest(endpoint: Endpoint, given: Given, parsed: Parsed): WorkRequest {
  const subject = subjectOf(endpoint, parsed);
  const isStaff = (endpoint.access ?? 'staff') === 'staff';
  return {
    bearer: isStaff ? given.bearer : null,
    // The binding lets only names of purposes through; where nobody is bound there is none.
    purpose: isStaff ? (given.purpose ?? '') : '',
    deed: { action: endpoint.action, ...(parsed.isAddressed ? objectOf(subject) : {}) },
    requestId: given.requestId,
    occurredAtMs: given.clock.now(),
    isDemonstration: given.isDemonstration,
    questions: parsed.isAddressed ? [...questionsOf(subject), ...replayQuestions(endpoint, given)] : [],
  };
}

/** A case that was named by its code has no id yet: the decision finds it, and the event names it among its cases. */
function objectOf(subject: SubjectRef): { objectKind?: string; objectId?: string } {
  if (!('id' in subject)) return {};
  if (subject.kind === 'named_case') return { objectKind: 'case' };
  return { objectKind: subject.kind, objectId: subject.id };
}

function replayQuestions(endpoint: Endpoint, { idempotencyKey }: Given): Question[] {
  return endpoint.replay === undefined || idempotencyKey === undefined ? [] : [questionOfReplay(idempotencyKey)];
}

function subjectOf(endpoint: Endpoint, parsed: Parsed): SubjectRef {
  const { subject } = endpoint;
  return 'param' in subject ? { kind: subject.kind, id: parsed.params[subject.param] ?? '' } : subject;
}

/** A stated purpose must be one that the person's roles may state; none stated takes the usual one, once the object is known. */
function requirePurpose(directory: Directory, work: Work, given: Given): void {
  if (work.actor.kind !== 'staff' || given.purpose === undefined) return;
  const { roles } = work.actor;
  const purpose = directory.purpose(given.purpose, vietnamDay(given.clock.now()));
  if (!purpose?.allowedFor.some((role) => roles.includes(role))) throw new AppError('NOT_ALLOWED');
}

type Doing = { performer: Performer; endpoint: Endpoint; given: Given };

async function replayOrRun(doing: Doing, call: Call<never, never, never>, parsed: Parsed): Promise<Answer<unknown>> {
  const { endpoint, given, performer } = doing;
  const key = endpoint.replay === undefined ? undefined : given.idempotencyKey;
  if (key === undefined || endpoint.replay === undefined) return endpoint.run(call);
  const mac = performer.fingerprint(JSON.stringify([endpoint.method, endpoint.path, parsed.params, parsed.body]));
  const made = await replayOf(call.work, key);
  if (made === undefined) {
    const answer = await endpoint.run(call);
    await rememberReplay(call.work, { key, mac, status: endpoint.status, resourceId: answer.resourceId });
    return answer;
  }
  if (!made.requestMac.equals(mac)) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return endpoint.replay(call, made.resourceId);
}
