import { expect, it } from 'vitest';
import type { CaseView } from '../../server/cases/cases.contract.ts';
import {
  aCaseWorker,
  aColleague,
  AGENCY,
  agencyAdmin,
  coordinator,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aChildCase, aPerpetrator, aSurvivor, aViolenceCase } from '../support/bodies.ts';
import { canary, canaryDigits } from '../support/canary.ts';
import { barsOf, caseAgainst, caseWithout, conflictsFor, hiredAs } from '../support/conflicts.ts';
import { eventsOf } from '../support/log-book.ts';
import { aKey, done, openCase, registerCase, type Registered } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const colleague = await aColleague(app);
const boss = await supervisor(app);
const admin = await agencyAdmin(app);
const other = await stranger(app);

async function identify(staffId: string, body: unknown, by: Person = admin) {
  return by.put(`/api/staff/${staffId}/identifiers`, body);
}
const statusOf = async (who: Person, caseId: string) => (await who.get(`/api/cases/${caseId}`)).status;

it('a number of a member of staff bars them from the case of a party with the same, at intake, however it is written', async () => {
  const ends = canaryDigits('', 7);
  await hiredAs(app, colleague.staffId, { phone: `0120${ends}`, identityNumber: '048090111222' });
  await hiredAs(app, other.staffId, { identityNumber: '201234567' });
  const byPhone = await caseAgainst(app, worker, { phone: `+84 70 ${ends}` });
  const byNumber = await caseAgainst(app, worker, { identityNumber: '048 090 111 222' });
  const byOldNumber = await caseAgainst(app, worker, { identityNumber: '201.234.567' });
  const survivor = { ...aSurvivor(), identityNumber: '048090111222' };
  const asSurvivor = await registerCase(app, worker, aViolenceCase(app.clock, { survivor }));
  const representative = { relationship: 'GRANDPARENT', isAllegedPerpetrator: false, phone: `070${ends}` };
  const asRepresentative = await registerCase(app, worker, aChildCase(app.clock, { basis: { representative } }));
  for (const made of [byPhone, byNumber, asSurvivor, asRepresentative])
    expect(await barsOf(app, made.id)).toEqual(['huy.vhxh.sontra match']);
  expect(await barsOf(app, byOldNumber.id)).toEqual(['mai.vhxh.anhai match']);
  expect(await barsOf(app, (await registerCase(app, worker)).id)).toEqual([]);
});

it('on edit: a number that is typed later bars from then on, and a corrected one does not let back in', async () => {
  const phone = canaryDigits('091', 10);
  await hiredAs(app, colleague.staffId, { phone });
  const made = await registerCase(app, worker);
  const first = await worker.patch(
    `/api/cases/${made.id}`,
    { perpetrators: [{ ...aPerpetrator(), phone }] },
    { 'if-match': '"1"' },
  );
  expect(first.status).toBe(200);
  expect(await barsOf(app, made.id)).toEqual(['huy.vhxh.sontra match']);
  await worker.patch(`/api/cases/${made.id}`, { perpetrators: [aPerpetrator()] }, { 'if-match': first.version });
  expect(await barsOf(app, made.id)).toEqual(['huy.vhxh.sontra match']);
});

it('on hiring: what identifies a new colleague is compared with every case, of other agencies too', async () => {
  const identityNumber = canaryDigits('048', 12);
  const ours = await caseAgainst(app, worker, { identityNumber });
  const theirs = await caseAgainst(app, other, { identityNumber });
  expect((await identify(colleague.staffId, { identityNumber })).status).toBe(204);
  for (const made of [ours, theirs]) expect(await barsOf(app, made.id)).toEqual(['huy.vhxh.sontra match']);
  expect((await identify(colleague.staffId, {})).status).toBe(204);
  expect(await barsOf(app, ours.id)).toEqual(['huy.vhxh.sontra match']);
});

it('identifiers: only the agency’s own administrator, only numbers that are some, only names of fields in the log', async () => {
  const phone = canaryDigits('093', 10);
  expect((await identify(other.staffId, { phone })).problem.code).toBe('NOT_FOUND');
  for (const who of [worker, boss, await coordinator(app)])
    expect((await identify(colleague.staffId, { phone }, who)).problem.code).toBe('NOT_ALLOWED');
  expect((await identify(colleague.staffId, { phone: '113', identityNumber: '12' })).problem.errors).toMatchObject([
    { path: 'phone', code: 'NOT_A_PHONE' },
    { path: 'identityNumber', code: 'NOT_AN_IDENTITY_NUMBER' },
  ]);
  const [event] = await eventsOf(app, () =>
    identify(colleague.staffId, { phone, fullName: canary('Lê '), birthYear: 1990 }),
  );
  expect(event).toMatchObject({
    action: 'staff.identify',
    outcome: 'done',
    objectId: colleague.staffId,
    fields: ['birthYear', 'fullName', 'phone'],
    cases: [],
  });
});

it('whoever types her own number loses the case and nothing of it: it goes to the supervisor, and the answer says no more', async () => {
  const phone = canaryDigits('094', 10);
  await hiredAs(app, worker.staffId, { phone });
  const key = aKey();
  const body = aViolenceCase(app.clock, { perpetrators: [{ ...aPerpetrator(), phone }] });
  const first = await worker.post<Registered>('/api/cases', body, key);
  expect(first.status).toBe(201);
  expect(first.body).toEqual({
    id: expect.any(String) as string,
    code: '',
    version: 1,
    stage: 'new',
    priority: 4,
    dueAt: null,
    isHandedOver: true,
  });
  const { id } = first.body;
  expect((await worker.post('/api/cases', body, key)).body).toEqual(first.body);
  expect(await statusOf(worker, id)).toBe(404);
  const stated = await boss.get<CaseView>(`/api/cases/${id}`, { 'access-purpose': 'supervision' });
  const seen = done<CaseView>(stated);
  expect(seen.team).toEqual([{ id: boss.staffId, displayName: 'Nguyễn Hoài Ân', memberRole: 'lead' }]);
  expect(seen.perpetrators[0]?.phone).toBe(phone);
  const [line] = await app.database.ask(`select assignee_id as assignee from hien.case_file where id = $1`, [id]);
  expect(line).toEqual({ assignee: boss.staffId });
});

it('whoever bars herself by an edit sees what she typed this once, and never again', async () => {
  const identityNumber = canaryDigits('048', 12);
  const made = await registerCase(app, worker);
  await hiredAs(app, worker.staffId, { identityNumber });
  const perpetrators = [{ ...aPerpetrator(), identityNumber }];
  const reply = await worker.patch(`/api/cases/${made.id}`, { perpetrators }, { 'if-match': '"1"' });
  expect(reply.status).toBe(200);
  expect(await statusOf(worker, made.id)).toBe(404);
  expect((await openCase(boss, made.id)).team.map((member) => member.id)).toEqual([boss.staffId]);
});

it('where nobody of the agency may take it, nothing is registered, and the problem names nobody', async () => {
  const staff = await app.database.ask<{ id: string }>('select id from hien.staff where agency_id = $1', [
    AGENCY.socialSonTra,
  ]);
  const body = aViolenceCase(app.clock, { exclusions: staff.map((row) => row.id) });
  const before = await app.database.ask('select count(*) from hien.case_file');
  const reply = await worker.post('/api/cases', body);
  expect(reply.problem.code).toBe('DESK_CONFLICT');
  expect(await app.database.ask('select count(*) from hien.case_file')).toEqual(before);
});

it('a survivor names whom she does not want, of any agency; she may also think better of it', async () => {
  const made = await caseWithout(app, worker, [colleague.staffId, other.staffId]);
  expect(await barsOf(app, made.id)).toEqual(['huy.vhxh.sontra exclusion', 'mai.vhxh.anhai exclusion']);
  const reply = await worker.patch(`/api/cases/${made.id}`, { exclusions: [other.staffId] }, { 'if-match': '"1"' });
  expect(reply.status).toBe(200);
  expect((await conflictsFor(worker, made.id)).bars).toMatchObject([
    { staffId: other.staffId, origin: 'exclusion', displayName: 'Võ Thị Mai', agencyId: AGENCY.socialAnHai },
  ]);
  const unknown = aViolenceCase(app.clock, { exclusions: [colleague.staffId, made.id] });
  expect((await worker.post('/api/cases', unknown)).problem.errors).toMatchObject([
    { path: 'exclusions.1', code: 'INVALID' },
  ]);
  const names = await worker.get<{ items: unknown[] }>(`/api/directory/staff?agencyId=${AGENCY.socialAnHai}`);
  expect(names.body.items).toContainEqual({ id: other.staffId, displayName: 'Võ Thị Mai' });
});

it('the same name and year only raises a doubt, for an unbarred supervisor to answer', async () => {
  const fullName = canary('Trần Quốc ');
  await hiredAs(app, colleague.staffId, { fullName, birthYear: 1988 });
  const words = fullName.split(' ').toReversed().join(' ').toUpperCase();
  const made = await caseAgainst(app, worker, { fullName: words, birthYear: 1988 });
  const dismissed = await caseAgainst(app, worker, { fullName, birthYear: 1988 });
  const notYet = await caseAgainst(app, worker, { fullName, birthYear: 1989 });
  expect(await barsOf(app, made.id)).toEqual([]);
  expect((await conflictsFor(worker, made.id)).doubts).toEqual([]);
  expect((await conflictsFor(boss, notYet.id)).doubts).toEqual([]);
  const [doubt] = (await conflictsFor(boss, made.id)).doubts;
  expect(doubt).toMatchObject({ staffId: colleague.staffId, displayName: 'Trần Quốc Huy' });
  const path = `/api/conflict-doubts/${doubt?.id ?? ''}/answer`;
  for (const who of [worker, colleague, other]) expect((await who.post(path, { answer: 'bar' })).status).not.toBe(204);
  const [event] = await eventsOf(app, () => boss.post(path, { answer: 'bar' }));
  expect(event).toMatchObject({ action: 'conflict.answer', outcome: 'done', cases: [made.id], reason: 'bar' });
  expect(await barsOf(app, made.id)).toEqual(['huy.vhxh.sontra match']);
  expect((await boss.post(path, { answer: 'dismiss' })).problem.code).toBe('STATE_CONFLICT');
  const [second] = (await conflictsFor(boss, dismissed.id)).doubts;
  expect((await boss.post(`/api/conflict-doubts/${second?.id ?? ''}/answer`, { answer: 'dismiss' })).status).toBe(204);
  expect(await conflictsFor(boss, dismissed.id)).toEqual({ bars: [], doubts: [] });
});

it('nobody answers a doubt about herself, nor sees that there is one', async () => {
  const fullName = canary('Nguyễn Hoài ');
  await hiredAs(app, boss.staffId, { fullName, birthYear: 1980 });
  const made = await caseAgainst(app, worker, { fullName, birthYear: 1980 });
  const [doubt] = await app.database.ask<{ id: string }>('select id from hien.conflict_doubt where case_id = $1', [
    made.id,
  ]);
  expect(await conflictsFor(boss, made.id)).toEqual({ bars: [], doubts: [] });
  expect((await boss.post(`/api/conflict-doubts/${doubt?.id ?? ''}/answer`, { answer: 'dismiss' })).status).toBe(404);
});

it('the team sees whom the survivor excluded; matches only the supervisor; a stranger nothing', async () => {
  const identityNumber = canaryDigits('048', 12);
  await hiredAs(app, colleague.staffId, { identityNumber });
  const perpetrators = [{ ...aPerpetrator(), identityNumber }];
  const made = await registerCase(app, worker, aViolenceCase(app.clock, { perpetrators, exclusions: [other.staffId] }));
  const origins = async (who: Person) => (await conflictsFor(who, made.id)).bars.map((bar) => bar.origin);
  expect(await origins(worker)).toEqual(['exclusion']);
  expect((await origins(boss)).toSorted()).toEqual(['exclusion', 'match']);
  const away = await signIn(app, 'tuan.vhxh.anhai');
  for (const who of [colleague, other, away])
    expect((await who.get(`/api/cases/${made.id}/conflicts`)).problem.code).toBe('NOT_FOUND');
});
