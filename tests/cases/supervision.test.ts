import { expect, it } from 'vitest';
import type { CaseView, OpenedCase, ReviewedCaseView } from '../../server/cases/cases.contract.ts';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import {
  aCaseWorker,
  policeDesk,
  policeOfficer,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aChildCase, aTraffickingCase, aViolenceCase } from '../support/bodies.ts';
import { foundIn, plantedWords } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import { acceptReferral, COMPLETION, done, openCase, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const boss = await supervisor(app);
const STATED = { 'access-purpose': 'supervision' };

function open(who: Person, caseId: string, headers = {}) {
  return who.get<OpenedCase>(`/api/cases/${caseId}`, headers);
}

it.each([
  ['violence', aViolenceCase(app.clock)],
  ['trafficking', aTraffickingCase(app.clock)],
  ['a child', aChildCase(app.clock)],
])(
  'without a stated purpose a supervisor sees how the work goes and no word that anybody typed: %s',
  async (_, body) => {
    const { id, code } = await registerCase(app, worker, body);
    const reply = await open(boss, id);
    const view = done<ReviewedCaseView>(reply);
    expect(foundIn(Buffer.from(reply.text), plantedWords())).toEqual([]);
    expect(reply.text).not.toMatch(/perpetrators|contact|narrative|health|basis/);
    expect(view).toMatchObject({ code, isPseudonymous: true, mayRefer: false, stage: 'new' });
    expect(view.risk).toEqual(body['risk']);
    expect(view.survivor.ageBand).toBe((body['survivor'] as { ageBand: string }).ageBand);
    expect(view.incidents[0]?.value.kind).toBe((body['incident'] as { kind: string }).kind);
    expect(view.timeline.map((entry) => entry.action)).toContain('case.register');
  },
);

it('with supervision stated she sees what the team sees', async () => {
  const { id } = await registerCase(app, worker);
  const whole = done<CaseView>(await open(boss, id, STATED));
  expect(whole).toEqual({ ...(await openCase(worker, id)), mayRefer: false });
  expect(whole.isPseudonymous).toBe(false);
  expect(whole.survivor.fullName).toBeDefined();
});

it('the event says for what it was opened and names only what was', async () => {
  const { id } = await registerCase(app, worker);
  const [review] = await eventsOf(app, () => open(boss, id));
  expect(review).toMatchObject({ action: 'case.open', purpose: 'oversight', compartments: ['facts'], cases: [id] });
  expect(review?.policies).toEqual(['case.supervisor_reviews']);
  const [whole] = await eventsOf(app, () => open(boss, id, STATED));
  expect(whole).toMatchObject({ action: 'case.open', purpose: 'supervision', cases: [id] });
  expect(whole?.policies).toEqual(['case.supervisor_opens']);
  expect(whole?.compartments).toEqual(
    expect.arrayContaining(['facts', 'identity', 'contact', 'narrative', 'clinical']),
  );
});

it('a review opens neither the documents nor the keys of the other compartments', async () => {
  const { id } = await registerCase(app, worker);
  const others = `subject_id = $1 and compartment <> 'facts'`;
  await app.database.ask(`update hien.sealed_document set sealed = '\\x00' where ${others}`, [id]);
  expect((await open(boss, id)).status).toBe(200);
  expect((await open(boss, id, STATED)).problem.code).toBe('SEAL_BROKEN');
  // A key that does not fit its commitment is refused as soon as it is made: here it never is.
  const other = await registerCase(app, worker);
  await app.database.ask(`update hien.data_key set commitment = sha256(commitment) where ${others}`, [other.id]);
  expect((await open(boss, other.id)).status).toBe(200);
  expect((await open(boss, other.id, STATED)).problem.code).toBe('SEAL_BROKEN');
});

it('who supervises and works on cases as well reviews where she is not on the team', async () => {
  const [both, colleague] = [await signIn(app, 'hien.yt.sontra'), await signIn(app, 'yen.yt.sontra')];
  const { id } = await registerCase(app, colleague);
  expect(done<OpenedCase>(await open(both, id)).isPseudonymous).toBe(true);
  expect(done<OpenedCase>(await open(both, id, STATED)).isPseudonymous).toBe(false);
  const own = await registerCase(app, both);
  expect(done<OpenedCase>(await open(both, own.id)).isPseudonymous).toBe(false);
});

it('what was sent and what came back stays closed too, until supervision is stated', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  const [desk, officer] = [await policeDesk(app), await policeOfficer(app)];
  await acceptReferral(desk, referralId, officer);
  done(await officer.post(`/api/referrals/${referralId}/start`));
  done(await officer.post(`/api/referrals/${referralId}/completion`, COMPLETION));
  const ask = (headers = {}) => boss.get<ReferralView>(`/api/referrals/${referralId}`, headers);
  const reviewed = await ask();
  expect(reviewed.body).toMatchObject({ isPseudonymous: true, state: 'completed', envelope: null, feedback: [] });
  expect(foundIn(Buffer.from(reviewed.text), plantedWords())).toEqual([]);
  const whole = await ask(STATED);
  expect(whole.body.isPseudonymous).toBe(false);
  expect(whole.body.envelope?.fields.length).toBeGreaterThan(0);
  expect(whole.body.feedback).toHaveLength(1);
  // Consents name who explained and whom she does not want told.
  expect((await boss.get(`/api/cases/${caseId}/consents`)).problem.code).toBe('NOT_ALLOWED');
  expect((await boss.get(`/api/cases/${caseId}/consents`, STATED)).status).toBe(200);
});

it('lists and look-ups carry the code and how the work stands, for whatever purpose', async () => {
  const { id, code } = await registerCase(app, worker);
  for (const reply of [await boss.get('/api/cases'), await boss.post('/api/cases/search', { code })]) {
    expect((reply.body['items'] as { id: string }[]).map((line) => line.id)).toContain(id);
    expect(foundIn(Buffer.from(reply.text), plantedWords())).toEqual([]);
  }
});

it('stating a purpose opens nothing to who does not supervise this agency', async () => {
  const { id } = await registerCase(app, worker);
  const foreign = await signIn(app, 'tuan.vhxh.anhai');
  for (const purpose of ['oversight', 'supervision'])
    expect((await open(foreign, id, { 'access-purpose': purpose })).problem.code).toBe('NOT_FOUND');
  for (const person of [worker, await stranger(app)])
    for (const purpose of ['oversight', 'supervision'])
      expect((await open(person, id, { 'access-purpose': purpose })).status).not.toBe(200);
});
