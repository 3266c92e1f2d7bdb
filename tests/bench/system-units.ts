import { randomUUID } from 'node:crypto';
import { DRAFT_REFERRAL_EXAMPLE } from '../../server/referrals/referrals.examples.ts';
import { auditors, caseWorkers, recipientFor } from './cast.ts';
import { openHttpSession, type HttpRequest, type HttpSession, type Reply } from './http-session.ts';
import type { Sample } from './make-case.ts';
import type { Operation, Player } from './measure.ts';
import type { UnitName } from './options.ts';
import { dayFromToday, registrationOf } from './people.ts';
import type { Stage } from './stage.ts';

export type SystemSide = { stage: Stage; samples: readonly Sample[]; port: number };

/** Requests that one operation of a unit consists of. */
export const REQUESTS_PER_OPERATION: Readonly<Record<UnitName, number>> = {
  register: 1,
  open: 1,
  list: 1,
  find: 1,
  refer: 3,
  audit: 1,
};

type Make = (on: SystemSide, nth: number) => Promise<Player>;

const MAKERS: Readonly<Record<UnitName, Make>> = { register, open, list, find, refer, audit };

/** `count` people with a session each, ready to do the unit's operation over HTTP. */
export async function systemPlayers(on: SystemSide, unit: UnitName, count: number): Promise<Player[]> {
  const players: Player[] = [];
  for (let nth = 0; nth < count; nth += 1) players.push(await MAKERS[unit](on, nth));
  return players;
}

let registered = 10_000_000;

async function register(on: SystemSide, nth: number): Promise<Player> {
  const { session } = await caseWorker(on, nth);
  return playing([session], async () => {
    const body = registrationOf((registered += 1));
    expectStatus(201, await session.call(creation('/api/cases', body)));
  });
}

async function open(on: SystemSide, nth: number): Promise<Player> {
  const { session, own } = await caseWorker(on, nth);
  return playing([session], async () => {
    expectStatus(200, await session.call({ method: 'GET', path: `/api/cases/${anyOf(own).caseId}` }));
  });
}

async function list(on: SystemSide, nth: number): Promise<Player> {
  const { session } = await caseWorker(on, nth);
  return playing([session], async () => {
    expectStatus(200, await session.call({ method: 'GET', path: '/api/cases?limit=50&stage=new' }));
  });
}

async function find(on: SystemSide, nth: number): Promise<Player> {
  const { session, own } = await caseWorker(on, nth);
  return playing([session], async () => {
    const { survivor, caseId } = anyOf(own);
    const reply = await session.call(posted('/api/cases/search', survivor));
    expectStatus(200, reply);
    if (!reply.body.includes(caseId)) throw new Error('the case that was looked for is not among those found');
  });
}

/** Draft, dispatch on a consent, and the desk's acceptance: three requests, two people. */
async function refer(on: SystemSide, nth: number): Promise<Player> {
  const { session, own, agencyId } = await caseWorker(on, nth);
  const recipient = recipientFor(on.stage, agencyId);
  const desk = await signedIn(on, recipient.desk);
  return playing([session, desk], async () => {
    const { caseId, consentId } = anyOf(half(own, 0));
    const body = { ...DRAFT_REFERRAL_EXAMPLE, recipientAgencyId: recipient.agencyId, endsOn: dayFromToday(90) };
    const drafted = expectStatus(201, await session.call(creation(`/api/cases/${caseId}/referrals`, body)));
    const { id } = JSON.parse(drafted.body.toString('utf8')) as { id: string };
    expectStatus(200, await session.call(posted(`/api/referrals/${id}/dispatch`, { consentId })));
    const assigneeIds = [recipient.officer];
    expectStatus(200, await desk.call(posted(`/api/referrals/${id}/acceptance`, { assigneeIds })));
  });
}

async function audit(on: SystemSide, nth: number): Promise<Player> {
  const people = auditors(on.stage);
  const session = await signedIn(on, people[nth % people.length] ?? '');
  return playing([session], async () => {
    expectStatus(
      200,
      await session.call({ method: 'GET', path: `/api/audit/events?case=${anyOf(on.samples).caseId}` }),
    );
  });
}

/** Every second one. Bare SQL refers with copied bytes, which nobody could open again: on cases that the system does not refer. */
export function half<T>(all: readonly T[], rest: 0 | 1): T[] {
  return all.filter((_, index) => index % 2 === rest);
}

type CaseWorker = { session: HttpSession; own: readonly Sample[]; agencyId: string };

async function caseWorker(on: SystemSide, nth: number): Promise<CaseWorker> {
  const people = caseWorkers(on.stage).filter((staffId) => on.samples.some((sample) => sample.staffId === staffId));
  const staffId = people[nth % people.length] ?? '';
  const own = on.samples.filter((sample) => sample.staffId === staffId);
  return { session: await signedIn(on, staffId), own, agencyId: own[0]?.agencyId ?? '' };
}

/** A session of a person of the district, by her password. */
export async function signedIn({ stage, port }: SystemSide, staffId: string): Promise<HttpSession> {
  const account = stage.accounts.find((each) => each.staffId === staffId);
  if (account === undefined) throw new Error('no account of this id');
  const session = await openHttpSession(port);
  const { username, password } = account;
  expectStatus(200, await session.call(posted('/api/session', { username, password })));
  return session;
}

function posted(path: string, body: unknown): HttpRequest {
  return { method: 'POST', path, body };
}

function creation(path: string, body: unknown): HttpRequest {
  return { ...posted(path, body), idempotencyKey: randomUUID() };
}

function playing(sessions: readonly HttpSession[], operation: Operation): Player {
  return { operation, close: async () => sessions.forEach((session) => session.close()) };
}

export function anyOf<T>(list: readonly T[]): T {
  const found = list[Math.floor(Math.random() * list.length)];
  if (found === undefined) throw new Error('nothing to draw from');
  return found;
}

export function expectStatus(wanted: number, reply: Reply): Reply {
  if (reply.status === wanted) return reply;
  throw new Error(`${reply.status} instead of ${wanted}: ${reply.body.toString('utf8', 0, 300)}`);
}
