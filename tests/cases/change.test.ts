import { expect, it } from 'vitest';
import type { CaseView } from '../../server/cases/cases.contract.ts';
import { aCaseWorker, aColleague, stranger, supervisor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aPerpetrator, aSurvivor, aTraffickingCase, aViolenceCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import { eventsOf, rowCounts } from '../support/log-book.ts';
import { openCase, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

async function change(caseId: string, body: unknown, version: string) {
  return worker.patch<CaseView>(`/api/cases/${caseId}`, body, { 'if-match': version });
}

it('a section that is sent replaces the stored one; the others stay', async () => {
  const typed = aViolenceCase(app.clock);
  const { id } = await registerCase(app, worker, typed);
  const survivor = aSurvivor();
  const reply = await change(id, { survivor, risk: { level: 'HIGH', redFlags: [] } }, '"1"');
  expect(reply.status).toBe(200);
  expect(reply.version).toBe('"2"');
  const seen = await openCase(worker, id);
  expect(seen).toMatchObject({ version: 2, survivor, risk: { level: 'HIGH', redFlags: [] }, children: typed.children });
  expect(seen.incidents[0]?.value).toEqual(typed.incident);
});

it('perpetrators keep their identity when they are changed', async () => {
  const { id } = await registerCase(app, worker);
  const [before] = (await openCase(worker, id)).perpetrators;
  const perpetrators = [{ ...before, fullName: canary('Trần ') }, aPerpetrator()];
  const reply = await change(id, { perpetrators }, '"1"');
  expect(reply.body.perpetrators).toMatchObject(perpetrators);
  expect(reply.body.perpetrators[0]?.id).toBe(before?.id);
});

it('an incident is changed by its id, and no other id is taken', async () => {
  const { id } = await registerCase(app, worker);
  const [incident] = (await openCase(worker, id)).incidents;
  const value = { ...incident?.value, narrative: canary('Kể lại ') };
  expect((await change(id, { incident: { id: incident?.id, value } }, '"1"')).body.incidents[0]?.value).toEqual(value);
  const other = await registerCase(app, worker);
  const foreign = await change(other.id, { incident: { id: incident?.id, value } }, '"1"');
  expect(foreign.problem.errors).toMatchObject([{ path: 'incident.id', code: 'INVALID' }]);
});

it('answers of an incident that are left out are gone from it', async () => {
  const { id } = await registerCase(app, worker);
  const [incident] = (await openCase(worker, id)).incidents;
  if (incident === undefined) throw new Error('a case has an incident');
  const { narrative: _narrative, health, occurred, ...rest } = incident.value;
  const value = {
    ...rest,
    occurred: { on: occurred.on.slice(0, 7), timeOfDay: 'UNKNOWN' },
    health: { needs: health.needs, isPregnant: 'UNKNOWN' },
  };
  await change(id, { incident: { id: incident.id, value } }, '"1"');
  expect((await openCase(worker, id)).incidents).toEqual([{ id: incident.id, value }]);
});

it.each([
  ['violence', aViolenceCase, aTraffickingCase],
  ['trafficking', aTraffickingCase, aViolenceCase],
] as const)(
  'a case of %s that turns out to be of the other kind is of that kind from then on',
  async (kind, was, is) => {
    const { id } = await registerCase(app, worker, was(app.clock));
    const before = await openCase(worker, id);
    const value = is(app.clock)['incident'];
    expect((await change(id, { incident: { id: before.incidents[0]?.id, value } }, '"1"')).status).toBe(200);
    const after = await openCase(worker, id);
    expect(after.kind).not.toBe(kind);
    expect(after.incidents[0]?.value).toEqual(value);
    expect(after).toMatchObject({ report: before.report, risk: before.risk, children: before.children });
  },
);

it('how the report arrived can be put right, but not from a day to come', async () => {
  const { id } = await registerCase(app, worker);
  const report = { receivedOn: app.clock.day(-3), channel: 'PHONE_SMS', addressType: 'POLICE' };
  expect((await change(id, { report }, '"1"')).body.report).toEqual(report);
  expect((await openCase(worker, id)).report).toEqual(report);
  const refused = await change(id, { report: { ...report, receivedOn: app.clock.day(1) } }, '"2"');
  expect(refused.problem.errors).toMatchObject([{ path: 'report.receivedOn', code: 'DATE_IN_FUTURE' }]);
});

it('earlier words stay sealed as earlier revisions', async () => {
  const { id } = await registerCase(app, worker);
  await change(id, { survivor: aSurvivor() }, '"1"');
  const rows = await app.database.ask<{ compartment: string; revision: number; is_current: boolean }>(
    `select compartment, revision, is_current from hien.sealed_document where case_id = $1 and compartment = 'identity' order by revision`,
    [id],
  );
  expect(rows).toEqual([
    { compartment: 'identity', revision: 1, is_current: false },
    { compartment: 'identity', revision: 2, is_current: true },
  ]);
});

it('of two who change at once, one is told to look again', async () => {
  const { id } = await registerCase(app, worker);
  const replies = await Promise.all(['case_plan', 'service_provision'].map((stage) => change(id, { stage }, '"1"')));
  expect(replies.map((reply) => reply.status).toSorted()).toEqual([200, 412]);
  expect((await openCase(worker, id)).version).toBe(2);
});

it('a stage is moved within the work; closing has a way of its own', async () => {
  const { id } = await registerCase(app, worker);
  expect((await change(id, { stage: 'case_plan' }, '"1"')).body.stage).toBe('case_plan');
  expect((await change(id, { stage: 'closed' }, '"2"')).problem.errors).toMatchObject([
    { path: 'stage', code: 'INVALID' },
  ]);
});

it('after a change of name the old one finds nothing and the new one finds the case', async () => {
  const { id } = await registerCase(app, worker);
  const old = (await openCase(worker, id)).survivor.fullName;
  const survivor = aSurvivor();
  await change(id, { survivor }, '"1"');
  const found = async (fullName: unknown) =>
    (await worker.post<{ items: { id: string }[] }>('/api/cases/search', { fullName, birthYear: 1994 })).body.items.map(
      (line) => line.id,
    );
  expect(await found(old)).toEqual([]);
  expect(await found(survivor['fullName'])).toEqual([id]);
});

it('only the team changes a case: not a colleague, not a stranger, not the supervisor', async () => {
  const { id } = await registerCase(app, worker);
  const seen = await openCase(worker, id);
  const report = { ...seen.report, channel: 'PHONE_SMS' };
  const before = await rowCounts(app);
  for (const person of [aColleague, stranger, supervisor]) {
    const other = await person(app);
    for (const body of [{ stage: 'case_plan' }, { report }, { incident: seen.incidents[0] }]) {
      const refused = await other.patch(`/api/cases/${id}`, body, { 'if-match': '"1"' });
      expect([403, 404]).toContain(refused.status);
    }
  }
  expect(await rowCounts(app)).toEqual(before);
  expect((await openCase(worker, id)).version).toBe(1);
});

it('the event names the sections, never a word', async () => {
  const { id } = await registerCase(app, worker);
  const [event] = await eventsOf(app, () => change(id, { survivor: aSurvivor(), stage: 'case_plan' }, '"1"'));
  expect(event).toMatchObject({ action: 'case.change', objectId: id, cases: [id], fields: ['stage', 'survivor'] });
});
