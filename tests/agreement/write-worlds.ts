import type { TestDatabase } from '../support/database.ts';
import type { Finding, Person, Referral, World } from './world.ts';
import type { Row } from './row-values.ts';
import { barsOf, tablesOf } from './world-rows.ts';

/** A database of one's own, as its superuser and with its logins. */
export type Ground = Pick<TestDatabase, 'ask' | 'urls'>;

/** Writes worlds as superuser, in bulk; triggers and constraints hold as for everybody. */
export async function writeWorlds(ground: Ground, worlds: readonly World[]): Promise<void> {
  for (const [table, rows] of worlds.flatMap(tablesOf)) await insert(ground, table, rows);
  for (const world of worlds) await moveReferrals(ground, world.referrals);
  for (const world of worlds) await moveFindings(ground, world.findings);
  await giveTokens(
    ground,
    worlds.flatMap((world) => world.people),
  );
  // Bars come last: a barred person may stand in a team, as if somebody had put her back past the guards.
  const bars = worlds.flatMap((world) => world.cases.flatMap(barsOf));
  await insert(ground, 'conflict_bar', bars);
}

export async function insert({ ask }: Ground, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (rows.length === 0) return;
  await ask(
    `insert into hien.${table} (${columns.join(', ')}) select ${columns.join(', ')}
       from jsonb_populate_recordset(null::hien.${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

const WAYS: Readonly<Record<string, readonly string[]>> = {
  awaiting_consent: [],
  declined: ['sent'],
  received: ['sent'],
  accepted: ['sent', 'received'],
  in_service: ['sent', 'received', 'accepted'],
  completed: ['sent', 'accepted', 'in_service'],
  withdrawn: ['sent'],
  recalled: ['sent'],
  expired: ['sent'],
};

/** Each referral goes its way step by step, as the guard of steps asks. */
async function moveReferrals({ ask }: Ground, referrals: readonly Referral[]): Promise<void> {
  for (let step = 0; step < 4; step += 1) {
    const moves = referrals.flatMap(({ id, state }) => {
      const to = [...(WAYS[state] ?? []), ...(state === 'draft' ? [] : [state])][step];
      return to === undefined ? [] : [{ id, to }];
    });
    await ask(
      'update hien.referral r set state = m.to from jsonb_to_recordset($1::jsonb) as m (id uuid, "to" text) where m.id = r.id',
      [JSON.stringify(moves)],
    );
  }
}

/** Each finding goes its way as well: asked, then answered; or concluded at once. */
async function moveFindings({ ask }: Ground, findings: readonly Finding[]): Promise<void> {
  const inState = (...states: string[]): string[] =>
    findings.filter(({ state }) => states.includes(state)).map(({ id }) => id);
  const move = 'update hien.finding set state = $2 where id = any ($1::uuid[])';
  await ask(move, [inState('asked', 'answered'), 'asked']);
  await ask(move, [inState('answered'), 'answered']);
  await ask(
    `update hien.finding set state = 'closed', outcome = 'EXPLAINED', closed_by = auditor_id, closed_at = now() where id = any ($1::uuid[])`,
    [inState('closed')],
  );
}

/** A bearer for each person's session: the token itself is known to the test alone. */
export async function giveTokens({ ask }: Ground, people: readonly Person[]): Promise<void> {
  const tokens = people.map(({ id, token }) => ({ id, token: `\\x${token.toString('hex')}` }));
  await ask(
    `insert into hien.session_token (token_hash, session_id, kind, expires_at)
       select sha256(t.token), t.id, 'cookie', now() + interval '6 hours'
         from jsonb_to_recordset($1::jsonb) as t (id uuid, token bytea)`,
    [JSON.stringify(tokens)],
  );
}
