import { expect, it } from 'vitest';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import {
  aCaseWorker,
  aColleague,
  AGENCY,
  auditor,
  coordinator,
  policeDesk,
  policeOfficer,
  policeSupervisor,
  signIn,
  stranger,
  strangerDesk,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { aSurvivor } from '../support/bodies.ts';
import { foundIn, plantedWords } from '../support/canary.ts';
import { caseWithout } from '../support/conflicts.ts';
import type { Reply } from '../support/http.ts';
import { rowCounts } from '../support/log-book.ts';
import { acceptReferral, aConsent, aReferral, done, registerCase, sendReferral } from '../support/seed.ts';
import { anAppWithSwitches, type Wall } from './switches.ts';

const { app, leave } = await anAppWithSwitches();
const [worker, colleague, boss, other, foreignBoss] = await Promise.all([
  aCaseWorker(app),
  aColleague(app),
  supervisor(app),
  stranger(app),
  signIn(app, 'tuan.vhxh.anhai'),
]);
const [desk, officer, chief, foreignDesk] = await Promise.all([
  policeDesk(app),
  policeOfficer(app),
  policeSupervisor(app),
  strangerDesk(app),
]);
const outsiders = [other, foreignBoss, desk, chief, foreignDesk, await coordinator(app), await auditor(app)];

const ordinary = await sendReferral(app, worker);
await acceptReferral(desk, ordinary.referralId, desk);
/** Of its agency, and of the recipient, these are kept away by a conflict of interest. */
const barred = [colleague, boss, officer, chief];
const conflicted = await caseWithout(
  app,
  worker,
  barred.map((person) => person.staffId),
);
const ofConflicted = await sendReferral(app, worker, { caseId: conflicted.id });
await acceptReferral(desk, ofConflicted.referralId, desk);
const restricted = await registerCase(app, worker);
done(
  await worker.put(`/api/cases/${restricted.id}/restriction`, { reasonCode: 'SAFETY', memberIds: [worker.staffId] }),
);
/** Was on the team until an hour ago. */
const past = await registerCase(app, worker);
await app.database.ask(
  `insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at, ends_at)
     select id, $1, holder_id, 'case', case_id, case_id, 'member', begins_at, now() - interval '1 hour' from hien.access_grant where subject_id = $2`,
  [colleague.staffId, past.id],
);

/** Whom none of these people belongs to, so that nothing but a wall refuses. */
const THIRD = { recipientAgencyId: AGENCY.womenSonTra, fields: ['case_code', 'name'] };
const THIRD_SERVICE = { ...THIRD, service: 'WU.COUNSEL' };

type Try = (who: Person, id: string) => Promise<Reply<unknown>>;
const open: Try = (who, id) => who.get(`/api/cases/${id}`, statedBy(who));
const openSent: Try = (who, id) => who.get(`/api/referrals/${id}`);
/** Every way to read of a case or to write into it. */
const WITH_CASES: Record<string, Try> = {
  open,
  accesses: (who, id) => who.get(`/api/cases/${id}/accesses`, statedBy(who)),
  consents: (who, id) => who.get(`/api/cases/${id}/consents`, statedBy(who)),
  conflicts: (who, id) => who.get(`/api/cases/${id}/conflicts`),
  change: (who, id) => who.patch(`/api/cases/${id}`, { survivor: aSurvivor() }, { 'if-match': '"1"' }),
  consent: (who, id) => who.post(`/api/cases/${id}/consents`, aConsent(app, THIRD)),
  refer: (who, id) => who.post(`/api/cases/${id}/referrals`, aReferral(app, THIRD_SERVICE)),
  restrict: (who, id) =>
    who.put(`/api/cases/${id}/restriction`, { reasonCode: 'SAFETY', memberIds: [who.staffId] }, statedBy(who)),
};

/** A supervisor states that she opens the whole. */
function statedBy(who: Person): Record<string, string> {
  return [boss, foreignBoss, chief].includes(who) ? { 'access-purpose': 'supervision' } : {};
}

const isRefused = ({ problem }: Reply<unknown>): boolean => ['NOT_FOUND', 'NOT_ALLOWED'].includes(problem.code);
/** Where no policy refuses, a list of what is not there is empty. */
const isEmpty = ({ status, body }: Reply<unknown>): boolean =>
  status === 200 && Object.values(body as object).every((part) => part === null || (part as unknown[]).length === 0);
const envelopeOf = ({ body }: Reply<unknown>): unknown => (body as ReferralView).envelope ?? null;
const wordsIn = ({ text }: Reply<unknown>): string[] => foundIn(Buffer.from(text), plantedWords());

async function expectRefused(who: readonly Person[], caseId: string): Promise<void> {
  const before = await rowCounts(app);
  for (const person of who)
    for (const [name, attempt] of Object.entries(WITH_CASES)) {
      const reply = await attempt(person, caseId);
      expect(
        isRefused(reply) || isEmpty(reply),
        `${name} by ${person.username}: ${reply.status} ${reply.text.slice(0, 80)}`,
      ).toBe(true);
    }
  expect(await rowCounts(app)).toEqual(before);
}

it('with all three walls down everybody reads everything, so that the switches are known to work', async () => {
  await leave();
  for (const { id } of [{ id: ordinary.caseId }, conflicted, restricted, past])
    for (const person of [other, foreignBoss, desk, colleague]) {
      const reply = await open(person, id);
      expect(wordsIn(reply), `${person.username}: ${reply.text.slice(0, 80)}`).not.toEqual([]);
    }
  expect(envelopeOf(await openSent(colleague, ordinary.referralId))).not.toBeNull();
  expect((await openSent(officer, ordinary.referralId)).status).toBe(200);
});

it.each<Wall[]>([['policy'], ['rows'], ['keys'], ['policy', 'rows', 'keys']])(
  'and with %s standing the work goes on for those whose it is',
  async (...walls) => {
    await leave(...walls);
    for (const { id } of [{ id: ordinary.caseId }, conflicted, restricted, past])
      expect((await open(worker, id)).status).toBe(200);
    expect(envelopeOf(await openSent(desk, ordinary.referralId))).not.toBeNull();
  },
);

it.each<[string, Wall]>([
  ['policy', 'policy'],
  ['row-level security', 'rows'],
])('%s alone keeps strangers, partners and other offices away from a case', async (_, wall) => {
  await leave(wall);
  await expectRefused([...outsiders, colleague], ordinary.caseId);
});

it.each<[string, Wall]>([
  ['policy', 'policy'],
  ['row-level security', 'rows'],
])('%s alone keeps away who has a conflict of interest, is not named, or is no longer on the team', async (_, wall) => {
  await leave(wall);
  await expectRefused([colleague, boss, chief], conflicted.id);
  await expectRefused([colleague, boss], restricted.id);
  await expectRefused([colleague], past.id);
  for (const person of [colleague, boss, officer, chief])
    expect(isRefused(await openSent(person, ofConflicted.referralId)), person.username).toBe(true);
});

it.each<[string, Wall]>([
  ['policy', 'policy'],
  ['row-level security', 'rows'],
])('%s alone opens no envelope but for the sender’s team and whom the desk assigned', async (_, wall) => {
  await leave(wall);
  for (const person of [officer, other, foreignDesk, colleague])
    expect(isRefused(await openSent(person, ordinary.referralId)), person.username).toBe(true);
  expect(envelopeOf(await openSent(chief, ordinary.referralId))).toBeNull();
});

it('row-level security alone lists, finds and searches no case of others', async () => {
  await leave('rows');
  for (const person of [...outsiders, colleague]) {
    const listed = await person.get('/api/cases?limit=100');
    const found = await person.post('/api/cases/search', { code: ordinary.code });
    for (const { id } of [{ id: ordinary.caseId }, conflicted, restricted])
      expect(listed.text + found.text, person.username).not.toContain(id);
  }
});

it('the keys alone open nothing of a case to other agencies', async () => {
  await leave('keys');
  const cases = [{ id: ordinary.caseId }, conflicted, restricted, past];
  const tries = outsiders.flatMap((person) =>
    cases.flatMap(({ id }) => Object.entries(WITH_CASES).map(([name, attempt]) => ({ person, id, name, attempt }))),
  );
  const texts: string[] = [];
  for (const { person, id, name, attempt } of tries) {
    const reply = await attempt(person, id);
    texts.push(reply.text);
    if (/open|consents|change/.test(name)) expect(reply.status, `${name} by ${person.username}`).not.toBe(200);
  }
  expect(foundIn(Buffer.from(texts.join('\n')), plantedWords())).toEqual([]);
});

it('the keys alone open an envelope to the two agencies that hold it, and to no third', async () => {
  await leave('keys');
  for (const person of [other, foreignBoss, foreignDesk]) {
    const reply = await openSent(person, ordinary.referralId);
    expect(wordsIn(reply), person.username).toEqual([]);
    expect(envelopeOf(reply), person.username).toBeNull();
  }
  for (const person of [worker, desk]) expect(envelopeOf(await openSent(person, ordinary.referralId))).not.toBeNull();
});

it('the keys alone open a restricted case to no colleague who is not named; within an agency they tell nobody else apart', async () => {
  await leave('keys');
  for (const person of [colleague, boss]) {
    const reply = await open(person, restricted.id);
    expect(reply.status, person.username).not.toBe(200);
    expect(wordsIn(reply)).toEqual([]);
  }
  // Need-to-know within one agency is the other walls' (design §1): said here, so that nobody believes more.
  expect((await open(colleague, ordinary.caseId)).status).toBe(200);
});
