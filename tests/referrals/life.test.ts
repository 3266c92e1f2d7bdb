import { expect, it } from 'vitest';
import type { ReferralLine, ReferralView } from '../../server/referrals/referrals.contract.ts';
import { aCaseWorker, policeDesk, policeOfficer, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import { acceptReferral, COMPLETION, done, openReferral, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);

/** `path` is `<referral>/<step>`. */
async function step(who: Person, path: string, body: unknown = {}) {
  return who.post<ReferralView>(`/api/referrals/${path}`, body);
}

async function box(who: Person, name: 'inbox' | 'outbox', query = ''): Promise<ReferralLine[]> {
  return (await who.get<{ items: ReferralLine[] }>(`/api/referrals?box=${name}${query}`)).body.items;
}

it('a referral lives from dispatch to outcome, and each side sees what it should', async () => {
  const { caseId, code, referralId } = await sendReferral(app, worker);
  const [line] = await box(desk, 'inbox');
  expect(line).toMatchObject({
    id: referralId,
    state: 'sent',
    caseId: null,
    notice: { caseCode: code, service: 'POL.STATEMENT' },
  });
  expect((await box(worker, 'outbox'))[0]).toMatchObject({ id: referralId, caseId });
  expect(done<ReferralView>(await step(desk, `${referralId}/receipt`)).state).toBe('received');
  const accepted = await acceptReferral(desk, referralId, officer);
  expect(accepted).toMatchObject({ state: 'accepted', envelope: null, assignees: [{ id: officer.staffId }] });
  const envelope = (await openReferral(officer, referralId)).body.envelope;
  expect(envelope?.fields.map((field) => field.field)).toContain('name');
  expect(done<ReferralView>(await step(officer, `${referralId}/start`)).state).toBe('in_service');
  const note = canary('Đã lập biên bản ');
  done(await step(officer, `${referralId}/completion`, { ...COMPLETION, note }));
  const outcome = (await openReferral(worker, referralId)).body;
  expect(outcome).toMatchObject({
    state: 'completed',
    feedback: [{ kind: 'completion', outcome: 'SERVICE_GIVEN', note }],
  });
  expect(outcome.steps.map((each) => each.action)).toEqual([
    'referral.draft',
    'referral.dispatch',
    'referral.receive',
    'referral.accept',
    'referral.complete',
  ]);
});

it('the desk sees the notice and not the envelope, before and after it accepts', async () => {
  const { referralId } = await sendReferral(app, worker);
  for (const deed of [async () => {}, () => acceptReferral(desk, referralId, officer)]) {
    await deed();
    const seen = (await openReferral(desk, referralId)).body;
    expect(seen.envelope).toBeNull();
    expect(seen.notice).toMatchObject({
      ageBand: 'B25_59',
      isChild: false,
      urgency: 'U3',
      areaCode: '20263',
      basis: 'CONSENT',
    });
    expect(Object.keys(seen.notice ?? {}).toSorted()).toEqual([
      'ageBand',
      'areaCode',
      'basis',
      'caseCode',
      'isChild',
      'recipient',
      'sender',
      'service',
      'urgency',
    ]);
  }
});

it('an acceptance may carry a note to the sender', async () => {
  const { referralId } = await sendReferral(app, worker);
  const note = canary('Sẽ liên hệ ');
  done(await step(desk, `${referralId}/acceptance`, { assigneeIds: [officer.staffId], note }));
  expect((await openReferral(worker, referralId)).body.feedback).toMatchObject([{ kind: 'acceptance', note }]);
});

it('a decline goes back with its reason, and the desk’s key goes', async () => {
  const { referralId } = await sendReferral(app, worker);
  const note = canary('Thiếu cán bộ ');
  expect(done<ReferralView>(await step(desk, `${referralId}/decline`, { reason: 'NO_CAPACITY', note })).state).toBe(
    'declined',
  );
  expect((await openReferral(worker, referralId)).body.feedback).toMatchObject([
    { kind: 'decline', reason: 'NO_CAPACITY', note },
  ]);
  const keys = await app.database.ask('select 1 from hien.access_grant where subject_id = $1 and holder_id = $2', [
    referralId,
    desk.agencyId,
  ]);
  expect(keys).toEqual([]);
});

it('the sender takes it back before completion and is told whether it was opened', async () => {
  const unopened = await sendReferral(app, worker);
  expect(
    done<ReferralView>(await step(worker, `${unopened.referralId}/recall`, { reason: 'WRONG_CONTENT' })),
  ).toMatchObject({
    state: 'recalled',
    openedAt: null,
  });
  const { referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  await openReferral(officer, referralId);
  const recalled = done<ReferralView>(await step(worker, `${referralId}/recall`, { reason: 'SAFETY' }));
  expect(recalled.openedAt).not.toBeNull();
  expect((await openReferral(officer, referralId)).problem.code).toBe('NOT_FOUND');
  expect((await openReferral(desk, referralId)).body).toMatchObject({
    state: 'recalled',
    envelope: null,
    notice: null,
  });
});

it('opening changes no state', async () => {
  const { referralId } = await sendReferral(app, worker);
  const before = (await openReferral(desk, referralId)).body;
  const after = (await openReferral(desk, referralId)).body;
  expect([before.state, after.state]).toEqual(['sent', 'sent']);
  expect(after.version).toBe(before.version);
});

it('the desk may assign anew: who is taken off no longer opens it, who joins does', async () => {
  const { referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  done(await step(desk, `${referralId}/assignment`, { assigneeIds: [desk.staffId] }));
  expect((await openReferral(officer, referralId)).problem.code).toBe('NOT_FOUND');
  expect((await openReferral(desk, referralId)).body.envelope).not.toBeNull();
});

it('only colleagues who serve can be assigned', async () => {
  const { referralId } = await sendReferral(app, worker);
  const refused = await step(desk, `${referralId}/acceptance`, { assigneeIds: [officer.staffId, worker.staffId] });
  expect(refused.problem).toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [{ path: 'assigneeIds.1', code: 'INVALID' }],
  });
  expect((await openReferral(desk, referralId)).body.state).toBe('sent');
});

it('a box is read page by page, and filtered by state', async () => {
  const lines = await box(desk, 'inbox', '&limit=100');
  const first = await desk.get<{ items: ReferralLine[]; nextCursor: string }>('/api/referrals?box=inbox&limit=3');
  const rest = await box(desk, 'inbox', `&limit=100&cursor=${first.body.nextCursor}`);
  expect([...first.body.items, ...rest].map((line) => line.id)).toEqual(lines.map((line) => line.id));
  const declined = await box(desk, 'inbox', '&state=declined');
  expect(declined.map((line) => line.state)).toEqual(['declined']);
});

it('each step leaves its event with the case and its owner', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  const events = await eventsOf(app, async () => {
    await step(desk, `${referralId}/receipt`);
    await acceptReferral(desk, referralId, officer);
    await step(officer, `${referralId}/start`);
    await step(officer, `${referralId}/completion`, COMPLETION);
  });
  expect(events.map((event) => event.action)).toEqual([
    'referral.receive',
    'referral.accept',
    'referral.start',
    'referral.complete',
  ]);
  for (const event of events)
    expect(event).toMatchObject({
      objectId: referralId,
      cases: [caseId],
      owner: worker.agencyId,
      purpose: 'referral_service',
    });
});
