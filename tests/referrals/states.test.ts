import { expect, it } from 'vitest';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import { aCaseWorker, policeDesk, policeOfficer } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { COMPLETION, done, draftReferral, openReferral, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);

type Step = { by: typeof worker; name: string; body: unknown };
const STEPS: Record<string, Step> = {
  receipt: { by: desk, name: 'receipt', body: {} },
  acceptance: { by: desk, name: 'acceptance', body: { assigneeIds: [officer.staffId] } },
  decline: { by: desk, name: 'decline', body: { reason: 'NO_CAPACITY' } },
  assignment: { by: desk, name: 'assignment', body: { assigneeIds: [officer.staffId] } },
  start: { by: officer, name: 'start', body: {} },
  completion: { by: officer, name: 'completion', body: COMPLETION },
  recall: { by: worker, name: 'recall', body: { reason: 'SAFETY' } },
};

/** How a state is reached from "sent", and which steps are lawful there. */
const STATES = [
  { state: 'sent', way: [], lawful: ['receipt', 'acceptance', 'decline', 'recall'] },
  { state: 'received', way: ['receipt'], lawful: ['acceptance', 'decline', 'recall'] },
  { state: 'accepted', way: ['acceptance'], lawful: ['assignment', 'start', 'completion', 'recall'] },
  { state: 'in_service', way: ['acceptance', 'start'], lawful: ['assignment', 'completion', 'recall'] },
  { state: 'declined', way: ['decline'], lawful: [] },
  { state: 'completed', way: ['acceptance', 'completion'], lawful: [] },
  { state: 'recalled', way: ['acceptance', 'recall'], lawful: [] },
] as const;

async function take(name: string, referralId: string) {
  const { by, name: path, body } = STEPS[name] as Step;
  return by.post<ReferralView>(`/api/referrals/${referralId}/${path}`, body);
}

async function referralIn(way: readonly string[]): Promise<string> {
  const { referralId } = await sendReferral(app, worker);
  for (const name of way) done(await take(name, referralId));
  return referralId;
}

it.each(STATES)('in state $state only $lawful are possible', async ({ state, way, lawful }) => {
  const unlawful = Object.keys(STEPS).filter((name) => !(lawful as readonly string[]).includes(name));
  const referralId = await referralIn(way);
  const before = (await openReferral(worker, referralId)).body;
  expect(before.state).toBe(state);
  for (const name of unlawful) expect([404, 409], name).toContain((await take(name, referralId)).status);
  const after = (await openReferral(worker, referralId)).body;
  expect(after).toEqual(before);
});

it.each(STATES.flatMap(({ state, way, lawful }) => lawful.map((name) => ({ state, way, name }))))(
  'in state $state, $name succeeds',
  async ({ way, name }) => {
    expect((await take(name, await referralIn(way))).status).toBe(200);
  },
);

it('of two desks that answer at once, one is told that it is done', async () => {
  const referralId = await referralIn([]);
  const replies = await Promise.all([take('acceptance', referralId), take('decline', referralId)]);
  expect(replies.map((reply) => reply.status).toSorted()[0]).toBe(200);
  expect([404, 409]).toContain(replies.map((reply) => reply.status).toSorted()[1]);
});

it('the buttons that are offered are the steps that succeed', async () => {
  for (const { way, lawful } of STATES) {
    const referralId = await referralIn(way);
    const offered = new Set<string>();
    for (const who of [worker, desk, officer])
      for (const action of (await openReferral(who, referralId)).body.actions ?? []) offered.add(action);
    expect([...offered].toSorted()).toEqual([...lawful].toSorted());
  }
});

it('a draft is changed, discarded, or sent; what was sent can be neither changed nor discarded', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId });
  const changed = await worker.patch<ReferralView>(
    `/api/referrals/${draft.id}`,
    { urgency: 'U2' },
    { 'if-match': `"${draft.version}"` },
  );
  expect(changed.body.notice?.urgency).toBe('U2');
  const stale = await worker.patch(
    `/api/referrals/${draft.id}`,
    { urgency: 'U1' },
    { 'if-match': `"${draft.version}"` },
  );
  expect(stale.problem.code).toBe('VERSION_STALE');
  expect((await worker.delete(`/api/referrals/${draft.id}`)).status).toBe(204);
  expect((await openReferral(worker, draft.id)).problem.code).toBe('NOT_FOUND');
  const { referralId } = await sendReferral(app, worker);
  const { version } = (await openReferral(worker, referralId)).body;
  const tooLate = await worker.patch(`/api/referrals/${referralId}`, { urgency: 'U1' }, { 'if-match': `"${version}"` });
  expect(tooLate.problem.code).toBe('STATE_CONFLICT');
  expect((await worker.delete(`/api/referrals/${referralId}`)).problem.code).toBe('STATE_CONFLICT');
});
