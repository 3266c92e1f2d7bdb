import type pg from 'pg';
import { begin } from '../../server/db/begin-work.ts';
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
export function thingsOf({ cases, referrals }: Objects): { thing: Thing; id: string }[] {
  return [
    ...cases.flatMap((of) => [
      { thing: { kind: 'case', of } as const, id: of.id },
      ...of.consents
        .filter(({ ownerId }) => ownerId === of.ownerId)
        .map((consent) => ({ thing: { kind: 'consent', of, consent } as const, id: consent.id })),
      ...of.openings.map((opening) => ({ thing: { kind: 'break_glass', of, opening } as const, id: opening.id })),
    ]),
    ...referrals.map(({ of, referral }) => ({ thing: { kind: 'referral', of, referral } as const, id: referral.id })),
    { thing: { kind: 'office' }, id: '' },
    { thing: { kind: 'log' }, id: '' },
  ];
}

/** What the database tells a decision about each thing: the server's own statements, in one transaction bound to the person. */
export async function resourcesFor(
  client: pg.PoolClient,
  who: Person,
  things: readonly { thing: Thing; id: string }[],
): Promise<Resource[]> {
  const request = { bearer: who.token, purpose: '', deed: { action: 'case.open' }, requestId: '', occurredAtMs: 0 };
  const work = await begin(client, { ...request, isDemonstration: false });
  try {
    return await Promise.all(
      things.map(async ({ thing, id }): Promise<Resource> => {
        if (thing.kind === 'office') return { type: 'Office' };
        if (thing.kind === 'log') return { type: 'Log' };
        return (await factsAbout(work, thing.kind, id)).resource;
      }),
    );
  } finally {
    await client.query('rollback');
  }
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
