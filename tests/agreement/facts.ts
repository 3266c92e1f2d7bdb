import pg from 'pg';
import { begin } from '../../server/db/begin-work.ts';
import type { Work } from '../../server/db/work.ts';
import { factsAbout } from '../../server/policy/facts.store.ts';
import type { Question, Resource } from '../../server/policy/facts.ts';
import type { PolicyEngine } from '../../server/policy/index.ts';
import { KNOWN_ACTIONS, mayDo, type Thing } from './oracle.ts';
import type { Objects } from './rows.ts';
import type { Person } from './world.ts';

export const PURPOSES = [
  'case_work',
  'referral_service',
  'supervision',
  'oversight',
  'review',
  'emergency',
  'administration',
  'reporting',
  '',
] as const;

/** One question with two answers: the prose's beforehand, Cedar's when it is asked. */
export type Triple = { question: Question; isAllowed: boolean; who: string; object: string };

/** Everything that actions are done to, with the id that requests would name it by. */
export function thingsOf({ cases, referrals, findings }: Objects): { thing: Thing; id: string }[] {
  return [
    ...cases.flatMap((of) => [
      { thing: { kind: 'case', of } as const, id: of.id },
      ...of.consents
        .filter(({ ownerId }) => ownerId === of.ownerId)
        .map((consent) => ({ thing: { kind: 'consent', of, consent } as const, id: consent.id })),
      ...of.openings.map((opening) => ({ thing: { kind: 'break_glass', of, opening } as const, id: opening.id })),
    ]),
    ...referrals.map(({ of, referral }) => ({ thing: { kind: 'referral', of, referral } as const, id: referral.id })),
    ...findings.flatMap((finding) => [
      { thing: { kind: 'finding', finding } as const, id: finding.id },
      ...(finding.explanation === null
        ? []
        : [{ thing: { kind: 'explanation', finding } as const, id: finding.explanation.id }]),
    ]),
    { thing: { kind: 'office' }, id: '' },
    { thing: { kind: 'log' }, id: '' },
  ];
}

/** The application's connection, and the auditor's: each is asked about what its routes are about. */
export type Asking = { app: pg.PoolClient; auditor: pg.PoolClient };
type About = { thing: Thing; id: string };

/** What the database tells a decision about each thing: the server's own statements, in transactions bound to the person. */
export async function resourcesFor(clients: Asking, who: Person, things: readonly About[]): Promise<Resource[]> {
  const isFinding = ({ thing }: About): boolean => thing.kind === 'finding';
  const known = new Map<About, Resource>();
  await askBound(clients.app, who, { things: things.filter((each) => !isFinding(each)), known });
  await askBound(clients.auditor, who, { things: things.filter(isFinding), known });
  return things.map((each) => known.get(each) as Resource);
}

type Answering = { things: readonly About[]; known: Map<About, Resource> };

async function askBound(client: pg.PoolClient, who: Person, { things, known }: Answering): Promise<void> {
  const request = { bearer: who.token, purpose: '', deed: { action: 'case.open' }, requestId: '', occurredAtMs: 0 };
  const work = await begin(client, { ...request, isDemonstration: false });
  try {
    for (const each of things) known.set(each, await resourceOf(work, each));
  } finally {
    await client.query('rollback');
  }
}

async function resourceOf(work: Work, { thing, id }: About): Promise<Resource> {
  if (thing.kind === 'office') return { type: 'Office' };
  if (thing.kind === 'log') return { type: 'Log' };
  return (await factsAbout(work, thing.kind, id)).resource;
}

/** A connection of each, as the application has them. */
export async function askingOn(urls: { app: string; auditor: string }): Promise<Asking & { close(): Promise<void> }> {
  const pools = [urls.app, urls.auditor].map((connectionString) => new pg.Pool({ connectionString, max: 1 }));
  const [app, auditor] = (await Promise.all(pools.map((pool) => pool.connect()))) as [pg.PoolClient, pg.PoolClient];
  return {
    app,
    auditor,
    close: async () => {
      for (const client of [app, auditor]) client.release();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** Every action that the prose knows, for every purpose, on these things. */
export function triplesOf(
  who: Person,
  things: readonly { thing: Thing; id: string }[],
  resources: readonly Resource[],
): Triple[] {
  const principal = { type: 'Staff', roles: who.roles } as const;
  return things.flatMap(({ thing, id }, at) =>
    KNOWN_ACTIONS.filter(({ kind }) => kind === thing.kind).flatMap(({ action }) =>
      PURPOSES.map((purpose) => ({
        question: { principal, action, resource: resources[at] as Resource, purpose },
        isAllowed: mayDo(action, { who, purpose }, thing),
        who: who.id,
        object: `${thing.kind} ${id}`,
      })),
    ),
  );
}

/** What nobody in particular may do: sign in, unlock, end. */
export function anonymousTriples(actions: readonly string[]): Triple[] {
  const open = ['session.open', 'session.unlock', 'session.end'];
  return actions.map((action) => ({
    question: { principal: { type: 'Anonymous' }, action, resource: { type: 'Office' }, purpose: '' },
    isAllowed: open.includes(action),
    who: 'anybody',
    object: 'office',
  }));
}

/** Equal questions are decided once: the engine sees relations only. */
export function decisionsDisagreeing(engine: PolicyEngine, triples: readonly Triple[]): string[] {
  const decided = new Map<string, boolean>();
  return triples.flatMap(({ question, isAllowed, who, object }) => {
    const asked = JSON.stringify(question);
    const decision = decided.get(asked) ?? engine.decide(question).isAllowed;
    decided.set(asked, decision);
    if (decision === isAllowed) return [];
    return [`${who} on ${object}: the prose says ${isAllowed}, Cedar says ${decision}: ${asked}`];
  });
}
