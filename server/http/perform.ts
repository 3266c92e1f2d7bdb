import type * as z from 'zod';
import { runWork, type Question, type Work, type WorkPorts, type WorkRequest } from '../db/work.ts';
import { codeFaults } from '../directory/check-codes.ts';
import type { Directory } from '../directory/directory.ts';
import { vietnamDay, type Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { decide, questionsOf, type PolicyEngine, type SubjectRef } from '../policy/index.ts';
import type { Answer, Call, Endpoint } from './endpoint.ts';
import { questionOfReplay, rememberReplay, replayOf } from './replay.store.ts';
import { faultsOf } from './zod-faults.ts';

/** What carries out endpoints: the same for HTTP and for the demonstration's history. */
export type Performer = {
  appPorts: WorkPorts;
  auditorPorts: WorkPorts;
  policy: PolicyEngine;
  directory: Directory;
  fingerprint: (text: string) => Buffer;
};

/** A request freed of its transport. */
export type Given = {
  bearer: Buffer | null;
  /** Network address of the caller, for slowing down guesses; never stored. */
  address: string;
  requestId: string;
  clock: Clock;
  isDemonstration: boolean;
  params: unknown;
  query: unknown;
  body: unknown;
  /** `Access-Purpose`, or undefined for the default. */
  purpose: string | undefined;
  ifMatch: string | undefined;
  idempotencyKey: string | undefined;
};

type Parsed = {
  params: Record<string, string>;
  query: unknown;
  body: unknown;
  version: number;
  fault: AppError | null;
};

/**
 * Carries out one endpoint: contract, bound transaction, decision, use case, commit, output contract.
 * Plaintext leaves only after its audit event is committed.
 */
export async function perform(performer: Performer, endpoint: Endpoint, given: Given): Promise<Answer<unknown>> {
  const parsed = parse(performer, endpoint, given);
  if (parsed.fault !== null && endpoint.access !== undefined && endpoint.access !== 'staff') throw parsed.fault;
  const prepared = parsed.fault === null ? await prepare(endpoint, given, parsed) : undefined;
  const answer = await inWork(performer, { endpoint, given, parsed }, async (work) => {
    requirePurpose(performer.directory, work, given);
    const found = await decide(performer.policy, work, {
      action: endpoint.action,
      subject: subjectOf(endpoint, parsed),
    });
    // After the decision: whoever may not do it at all learns nothing of the contract, and the event names the fault.
    if (parsed.fault !== null) throw parsed.fault;
    const call = { work, ...parsed, prepared, facts: found } as unknown as Call<never, never, never>;
    return replayOrRun({ performer, endpoint, given }, call, parsed);
  });
  return { ...answer, body: endpoint.answer.parse(answer.body) };
}

async function prepare(endpoint: Endpoint, { bearer, address }: Given, parsed: Parsed): Promise<unknown> {
  return endpoint.prepare?.({ body: parsed.body as never, bearer, address });
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

function parse(performer: Performer, endpoint: Endpoint, given: Given): Parsed {
  const params = checked(endpoint.params, given.params, 'params') as Record<string, string>;
  const parsed = { params, query: {}, body: {}, version: 0 };
  try {
    const read = contentOf(performer, endpoint, given);
    return { ...parsed, ...read, version: versionOf(endpoint, given.ifMatch), fault: null };
  } catch (error) {
    if (error instanceof AppError) return { ...parsed, fault: error };
    throw error;
  }
}

function contentOf(performer: Performer, endpoint: Endpoint, given: Given): Pick<Parsed, 'query' | 'body'> {
  const query = checked(endpoint.query, given.query, 'query');
  const body = checked(endpoint.body, given.body, 'body');
  const day = vietnamDay(given.clock.now());
  const faults = [
    { schema: endpoint.query, value: query },
    { schema: endpoint.body, value: body },
  ].flatMap(({ schema, value }) =>
    schema === undefined ? [] : codeFaults(performer.directory, day, { schema, value }),
  );
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  return { query, body };
}

function checked(schema: z.ZodType | undefined, value: unknown, part: 'params' | 'query' | 'body'): unknown {
  if (schema === undefined) return {};
  // The input is asked for only to tell a missing field from one of the wrong type; it goes no further.
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  // An id that is none cannot exist: the same answer as for one that does not.
  if (part === 'params') throw new AppError('NOT_FOUND');
  throw new AppError('VALIDATION_FAILED', { faults: faultsOf(result.error) });
}

function versionOf(endpoint: Endpoint, ifMatch: string | undefined): number {
  if (endpoint.needsVersion !== true) return 0;
  if (ifMatch === undefined) throw new AppError('VERSION_REQUIRED');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (version === undefined) throw new AppError('VERSION_STALE');
  return Number(version);
}

function workRequest(endpoint: Endpoint, given: Given, parsed: Parsed): WorkRequest {
  const subject = subjectOf(endpoint, parsed);
  return {
    bearer: (endpoint.access ?? 'staff') === 'staff' ? given.bearer : null,
    purpose: given.purpose ?? '',
    deed: { action: endpoint.action, ...objectOf(subject) },
    requestId: given.requestId,
    occurredAtMs: given.clock.now(),
    isDemonstration: given.isDemonstration,
    questions: [...questionsOf(subject), ...replayQuestions(endpoint, given)],
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
