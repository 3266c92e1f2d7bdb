import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WithdrawalAnswer } from '../../server/consent/consent.contract.ts';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import { DAY_MS } from '../../server/kernel/clock.ts';
import { aCaseWorker, signIn, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aSurvivor, aTraffickingCase } from '../support/bodies.ts';
import type { Reply } from '../support/http.ts';
import { canary, foundIn, plantedWords } from '../support/canary.ts';
import {
  acceptReferral,
  COMPLETION,
  dispatch,
  done,
  draftReferral,
  openCase,
  openReferral,
  recordConsent,
  registerCase,
} from '../support/seed.ts';
import {
  carries,
  chosen,
  fieldsFor,
  happening,
  mayRead,
  PARTNERS,
  type Consent,
  type Happening,
  type Partner,
  type Sent,
} from './history.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const desks = new Map<Partner, Person>();
for (const partner of PARTNERS) desks.set(partner, await signIn(app, partner.desk));

type World = { caseId: string; consents: Consent[]; referrals: Sent[]; seen: { read: number; refused: number } };

function deskOf(partner: Partner): Person {
  const desk = desks.get(partner);
  if (desk === undefined) throw new Error('a partner without a desk');
  return desk;
}

const DEEDS: { [What in Happening['what']]: (world: World, one: Extract<Happening, { what: What }>) => Promise<void> } =
  {
    async agree(world, { to, choice, days }) {
      const fields = chosen(fieldsFor(to, true), choice);
      const validUntil = app.clock.day(days);
      const given = { caseId: world.caseId, recipientAgencyId: to.agencyId, fields, validUntil };
      const { id } = await recordConsent(app, worker, given);
      world.consents.push({ id, to, fields, validUntil, isWithdrawn: false });
    },
    async send(world, one) {
      const consent = one.isLawful ? null : world.consents[one.pick % world.consents.length];
      if (consent === undefined) return;
      const to = consent?.to ?? (PARTNERS[one.pick % PARTNERS.length] as Partner);
      // Half of them ask for what was agreed, the other half for whatever the matrix has.
      const fields = chosen(
        consent !== null && one.isWithin ? consent.fields : fieldsFor(to, consent !== null),
        one.choice,
      );
      await send(world, { consent, to, fields, endsOn: app.clock.day(one.days) });
    },
    async accept(world, { pick }) {
      const open = world.referrals.filter((each) => each.state === 'sent' && app.clock.day() <= each.endsOn);
      const sent = open[pick % open.length];
      if (sent === undefined) return;
      await acceptReferral(deskOf(sent.to), sent.id, deskOf(sent.to));
      sent.state = 'accepted';
    },
    complete: (world, { pick }) => end(world, { pick, from: 'accepted', to: 'completed' }),
    decline: (world, { pick }) => end(world, { pick, from: 'sent', to: 'declined' }),
    recall: (world, { pick }) => end(world, { pick, from: 'accepted', to: 'recalled' }),
    async withdraw(world, { pick }) {
      const consent = world.consents[pick % world.consents.length];
      if (consent === undefined) return;
      const reply = await worker.post<WithdrawalAnswer>(`/api/consents/${consent.id}/withdrawal`, {
        reason: 'CHANGED_MIND',
      });
      const resting = world.referrals.filter(
        (each) => each.consent === consent && ['sent', 'accepted'].includes(each.state),
      );
      const closed = done<WithdrawalAnswer>(reply).closedReferrals.map((each) => each.id);
      expect(closed.toSorted()).toEqual(resting.map((each) => each.id).toSorted());
      for (const sent of resting) sent.state = 'withdrawn';
      consent.isWithdrawn = true;
    },
    async add({ caseId }) {
      const { version } = await openCase(worker, caseId);
      const danger = { level: 'EMERGENCY', redFlags: ['LIFE_THREAT_NOW'] };
      done(
        await worker.patch(
          `/api/cases/${caseId}`,
          { survivor: aSurvivor(), risk: danger },
          { 'if-match': `"${version}"` },
        ),
      );
    },
    async wait(_world, { days }) {
      app.clock.advance(days * DAY_MS);
    },
  };

type Sending = Pick<Sent, 'consent' | 'to' | 'fields' | 'endsOn'>;

async function send(world: World, given: Sending): Promise<void> {
  const { consent, to, fields, endsOn } = given;
  const { agencyId: recipientAgencyId, service } = to;
  const draft = await draftReferral(app, worker, { caseId: world.caseId, recipientAgencyId, service, fields, endsOn });
  const basis = consent === null ? { legalBasis: 'CRIME_DUTY', reason: canary('Lý do ') } : { consentId: consent.id };
  const wordsBefore = plantedWords().length;
  const reply = await dispatch(worker, draft.id, basis);
  const isLawful = consent === null || carries(consent, { ...given, day: app.clock.day() });
  expect(reply.status === 200 ? 'SENT' : reply.problem.code).toBe(isLawful ? 'SENT' : 'CONSENT_MISSING');
  if (isLawful) world.referrals.push({ id: draft.id, ...given, state: 'sent', wordsBefore });
}

type Ending = { pick: number; from: Sent['state']; to: 'completed' | 'declined' | 'recalled' };

async function end(world: World, { pick, from, to }: Ending): Promise<void> {
  const open = world.referrals.filter((each) => each.state === from && app.clock.day() <= each.endsOn);
  const sent = open[pick % open.length];
  if (sent === undefined) return;
  const path = `/api/referrals/${sent.id}`;
  if (to === 'completed') done(await deskOf(sent.to).post(`${path}/completion`, COMPLETION));
  else if (to === 'declined') done(await deskOf(sent.to).post(`${path}/decline`, { reason: 'NO_CAPACITY' }));
  else done(await worker.post(`${path}/recall`, { reason: 'SAFETY' }));
  sent.state = to;
}

/** What every partner may and may not find of every referral, now. */
async function expectNoWider(world: World): Promise<void> {
  const day = app.clock.day();
  for (const sent of world.referrals) {
    const reply = await openReferral(deskOf(sent.to), sent.id);
    const isOver = sent.consent?.isWithdrawn === true || day > sent.endsOn;
    if (isOver && reply.status === 200) expect(reply.body.notice).toBeNull();
    if (mayRead(sent, day)) {
      expectWithin(sent, reply);
      world.seen.read += 1;
    } else {
      expect(reply.body.envelope ?? null).toBeNull();
      expect(foundIn(Buffer.from(reply.text), plantedWords())).toEqual([]);
      world.seen.refused += 1;
    }
  }
}

/** Matrix and consent hold every field that arrived, and nothing typed later is among the words. */
function expectWithin(sent: Sent, reply: Reply<ReferralView>): void {
  const agreed = sent.consent?.fields ?? fieldsFor(sent.to, false);
  const arrived = done<ReferralView>(reply).envelope?.fields.map((each) => each.field) ?? [];
  expect(arrived.length).toBeGreaterThan(0);
  for (const field of arrived) {
    expect(sent.fields).toContain(field);
    expect(agreed).toContain(field);
    expect(fieldsFor(sent.to, sent.consent !== null)).toContain(field);
  }
  expect(foundIn(Buffer.from(reply.text), plantedWords().slice(sent.wordsBefore))).toEqual([]);
}

const runs = Math.max(2, Math.round(Number(process.env['HIEN_TEST_SCALE'] ?? '1') * 6));

it(
  'in no history of consents, dispatches, additions, withdrawals and time is an envelope wider than it may be',
  { timeout: 600_000 },
  async () => {
    const seen = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 8, maxLength: 20 }), async (history) => {
        app.clock.set(new Date().toISOString());
        const { id: caseId } = await registerCase(app, worker, aTraffickingCase(app.clock));
        const world: World = { caseId, consents: [], referrals: [], seen };
        const all: Happening[] = [{ what: 'agree', to: PARTNERS[0], choice: [0, 1, 2, 3], days: 30 }, ...history];
        for (const one of all) {
          await DEEDS[one.what](world, one as never);
          if (one.what !== 'agree') await expectNoWider(world);
        }
      }),
      { numRuns: runs },
    );
    expect(seen.read).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  },
);
