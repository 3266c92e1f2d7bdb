import fc from 'fast-check';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { vietnamDay } from '../../server/kernel/clock.ts';
import type { TestApp } from '../support/app.ts';
import type { Reply } from '../support/http.ts';
import { PURPOSES } from './facts.ts';
import { requestOf, targetsOf, usualPurpose, type Target } from './http-calls.ts';
import type { Caller, HttpStage } from './http-stage.ts';
import { mayDo } from './oracle.ts';

export type Question = { endpoint: Endpoint; caller: Caller; target: Target; purpose: string | undefined };
/** `carried out`: to its end, the event included; `allowed`: decided, then stopped by the content or the present state. */
export type Outcome = 'carried out' | 'allowed' | 'refused' | 'broken';
export type Answered = Question & { expected: boolean; outcome: Outcome; reply: Reply<unknown> };

/** What anybody may try: password and token decide. */
export const OPEN = ['session.open', 'session.unlock', 'session.end'];

/**
 * A deed that was carried out fails at its event, and with it the whole transaction: the world stays as it was, and every
 * request finds it the same. Refusals are written as ever.
 */
export async function keepAsItWas({ database, context }: TestApp): Promise<void> {
  const changing = context.endpoints.filter(({ method, action }) => method !== 'get' && action !== 'case.search');
  const actions = changing.map(({ action }) => `'${action}'`).join(', ');
  await database.ask(`create function public.keep_as_it_was() returns trigger language plpgsql as $$
begin
  if new.outcome = 'done' and new.action = any (array[${actions}]) then raise exception 'carried out, and undone'; end if;
  return new;
end $$`);
  await database.ask(
    'create trigger keep_as_it_was before insert on hien.audit_event for each row execute function public.keep_as_it_was()',
  );
}

/** Which purposes a role may state at all is data of the directory. */
export function mayState({ context, clock }: TestApp, { caller, purpose }: Question): boolean {
  if (purpose === undefined) return true;
  const known = context.directory.purpose(purpose, vietnamDay(clock.now()));
  return known?.allowedFor.some((role) => caller.who.roles.includes(role)) === true;
}

/** Policy and rows, as the prose has them. */
function isAllowed(app: TestApp, question: Question): boolean {
  const { endpoint, caller, target, purpose } = question;
  const { action } = endpoint;
  if (OPEN.includes(action)) return true;
  if (!mayState(app, question) || !target.isKnown(caller.who)) return false;
  const settled = purpose ?? usualPurpose(action, caller.who, target);
  return mayDo(action, { who: caller.who, purpose: settled }, target.thing);
}

type Drawing = { stage: HttpStage; seed: number; ofEach: number };

/** All questions of a route, then as many of either answer as wanted, spread over the things they are about. */
export function questionsAbout(app: TestApp, endpoint: Endpoint, { stage, seed, ofEach }: Drawing): Question[] {
  const purposes = [undefined, ...PURPOSES.filter((each) => each !== '')];
  const targets = targetsOf(stage, endpoint);
  const all = stage.callers.flatMap((caller) =>
    targets.flatMap((target) => purposes.map((purpose) => ({ endpoint, caller, target, purpose }))),
  );
  const [shuffled = []] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed, numRuns: 1 });
  const [yes, no] = [shuffled.filter((each) => isAllowed(app, each)), shuffled.filter((each) => !isAllowed(app, each))];
  // Refusals without a stated purpose say most: nothing but the relation to the object refuses.
  const plain = no.filter(({ purpose }) => purpose === undefined);
  return [...spread(yes).slice(0, ofEach), ...spread(plain).slice(0, ofEach), ...no.slice(0, ofEach / 2)];
}

/** Of each thing the first, then of each the second… */
function spread(questions: readonly Question[]): Question[] {
  const groups = [...Map.groupBy(questions, ({ target }) => target).values()];
  const most = Math.max(0, ...groups.map((group) => group.length));
  return Array.from({ length: most }, (_, nth) => groups.flatMap((group) => group.slice(nth, nth + 1))).flat();
}

function outcomeOf({ status, problem }: Reply<unknown>): Outcome {
  if (status < 300 || problem.code === 'SERVICE_UNAVAILABLE') return 'carried out';
  if ([400, 409, 412, 422].includes(status)) return 'allowed';
  return ['NOT_FOUND', 'NOT_ALLOWED'].includes(problem.code) ? 'refused' : 'broken';
}

export function send(stage: HttpStage, { endpoint, caller, target, purpose }: Question): Promise<Reply<unknown>> {
  const { method, path, ...rest } = requestOf(endpoint, target, { ...stage, caller, purpose });
  return caller.client.call(method, path, rest);
}

export async function answered(app: TestApp, stage: HttpStage, question: Question): Promise<Answered> {
  const reply = await send(stage, question);
  return { ...question, expected: isAllowed(app, question), outcome: outcomeOf(reply), reply };
}

export function said({ endpoint, caller, target, purpose, reply, expected }: Answered): string {
  const who = `${caller.who.id} (${caller.who.roles.join(' ')})`;
  const what = `${endpoint.action} on ${target.thing.kind} ${target.id} for ${purpose ?? 'nothing stated'}`;
  return `${what} by ${who}: the prose says ${expected}, HTTP ${reply.status} ${reply.problem.code}`;
}
