import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isTerminal,
  mayFollow,
  OPEN_STATES,
  REFERRAL_STATES,
  REFERRAL_STEPS,
} from '../../server/referrals/referral-states.rules.ts';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { draftReferral, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const { id: caseId } = await registerCase(app, worker);
const { id: referralId } = await draftReferral(app, worker, { caseId });
type State = (typeof REFERRAL_STATES)[number];
const anyState = fc.constantFrom(...REFERRAL_STATES);

it('from a terminal state nothing follows, from any other something does', () => {
  const terminal = REFERRAL_STATES.filter(isTerminal);
  expect(terminal).toEqual(['declined', 'completed', 'withdrawn', 'recalled', 'expired']);
  fc.assert(
    fc.property(anyState, anyState, (from, to) => void (isTerminal(from) && expect(mayFollow(from, to)).toBe(false))),
  );
});

it('no walk leads back to a draft once it was sent, and no state follows itself', () => {
  const walk = fc.array(fc.nat(), { maxLength: 12 });
  fc.assert(
    fc.property(walk, (choices) => {
      let state: State = 'sent';
      for (const choice of choices) {
        const next: readonly State[] = REFERRAL_STEPS[state];
        if (next.length === 0) return;
        const to: State = next[choice % next.length] ?? state;
        expect(to).not.toBe(state);
        expect(['draft', 'awaiting_consent', 'sent']).not.toContain(to);
        state = to;
      }
    }),
  );
});

it('an envelope opens only in states that were accepted before', () => {
  for (const state of OPEN_STATES) expect(mayFollow('sent', state) ? state : 'accepted').toBe('accepted');
});

it('the database keeps the same table of steps', async () => {
  const rows = await app.database.ask<{ from_state: string; to_state: string }>('select * from hien.referral_step');
  const ours = REFERRAL_STATES.flatMap((from) => REFERRAL_STEPS[from].map((to) => `${from} ${to}`));
  expect(rows.map((row) => `${row.from_state} ${row.to_state}`).toSorted()).toEqual(ours.toSorted());
});

it('the database refuses every step that is not in the table, even to the superuser', async () => {
  for (const from of REFERRAL_STATES) {
    await app.database.ask('alter table hien.referral disable trigger referral_step');
    await app.database.ask('update hien.referral set state = $2 where id = $1', [referralId, from]);
    await app.database.ask('alter table hien.referral enable trigger referral_step');
    for (const to of REFERRAL_STATES.filter((each) => each !== from && !mayFollow(from, each)))
      await expect(
        app.database.ask('update hien.referral set state = $2 where id = $1', [referralId, to]),
        `${from} ${to}`,
      ).rejects.toMatchObject({
        code: 'HN001',
      });
  }
});

it('the parties of a referral are fixed, and it begins as a draft', async () => {
  const fixed = expect.objectContaining({ code: 'HN001' }) as Error;
  for (const column of ['case_id', 'sender_agency_id', 'recipient_agency_id'])
    await expect(
      app.database.ask(`update hien.referral set ${column} = gen_random_uuid() where id = $1`, [referralId]),
    ).rejects.toEqual(fixed);
  const copy = `insert into hien.referral (id, case_id, sender_agency_id, recipient_agency_id, state, priority, ends_on, created_by, created_at)
    select gen_random_uuid(), case_id, sender_agency_id, recipient_agency_id, 'sent', priority, ends_on, created_by, created_at from hien.referral limit 1`;
  await expect(app.database.ask(copy)).rejects.toEqual(fixed);
});
