import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { aCaseWorker, aColleague, policeDesk, policeOfficer, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { eventsAfter, eventsOf, markOf } from '../support/log-book.ts';
import {
  acceptReferral,
  COMPLETION,
  openCase,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

it('the whole story leaves one event for each step, in order', async () => {
  const desk = await policeDesk(app);
  const officer = await policeOfficer(app);
  const events = await eventsOf(app, async () => {
    const { caseId, consentId, referralId } = await sendReferral(app, worker);
    await openCase(worker, caseId);
    await desk.get('/api/referrals?box=inbox');
    await acceptReferral(desk, referralId, officer);
    await openReferral(officer, referralId);
    await officer.post(`/api/referrals/${referralId}/start`, {});
    await officer.post(`/api/referrals/${referralId}/completion`, COMPLETION);
    await worker.post(`/api/consents/${consentId}/withdrawal`, { reason: 'NOT_STATED' });
  });
  expect(events.map((event) => event.action)).toEqual([
    'case.register',
    'consent.record',
    'referral.draft',
    'referral.dispatch',
    'case.open',
    'referral.list',
    'referral.accept',
    'referral.open',
    'referral.start',
    'referral.complete',
    'consent.withdraw',
  ]);
  expect(events.every((event) => event.outcome === 'done' && event.cases.length === 1)).toBe(true);
});

it('an event names who, for whom, why and by which policy', async () => {
  const { id } = await registerCase(app, worker);
  const [event] = await eventsOf(app, () => openCase(worker, id));
  expect(event).toMatchObject({
    v: 1,
    actor: worker.staffId,
    agency: worker.agencyId,
    owner: worker.agencyId,
    roles: ['case_worker'],
    purpose: 'case_work',
    action: 'case.open',
    objectKind: 'case',
    objectId: id,
    cases: [id],
    compartments: ['facts', 'identity', 'contact', 'narrative', 'clinical', 'legal', 'perpetrator'],
    policies: ['case.team_opens'],
    outcome: 'done',
  });
  expect(event?.session).toMatch(/^[0-9a-f]{64}$/);
});

it('refusals are events too: another agency’s case and an unknown one leave the same event but for what was learnt', async () => {
  const { id } = await registerCase(app, worker);
  const other = await stranger(app);
  const [real] = await eventsOf(app, () => other.get(`/api/cases/${id}`));
  const [none] = await eventsOf(app, () => other.get(`/api/cases/${randomUUID()}`));
  expect(real).toMatchObject({ outcome: 'refused', reason: 'NOT_FOUND', cases: [id], owner: worker.agencyId });
  expect(none).toMatchObject({ outcome: 'refused', reason: 'NOT_FOUND', cases: [], owner: null });
  const shape = (event: typeof real) => ({
    ...event,
    id: '',
    time: '',
    recorded: '',
    request: '',
    seq: 0,
    objectId: '',
    cases: [],
    owner: null,
  });
  expect(shape(real)).toEqual(shape(none));
});

it.each([
  [
    'a purpose that is not one’s own',
    (id: string) => worker.get(`/api/cases/${id}`, { 'access-purpose': 'review' }),
    'NOT_ALLOWED',
  ],
  [
    'a stale version',
    (id: string) => worker.patch(`/api/cases/${id}`, { stage: 'case_plan' }, { 'if-match': '"9"' }),
    'VERSION_STALE',
  ],
  [
    'a date that cannot be',
    (id: string) => worker.post(`/api/cases/${id}/consents`, { ...consentBody(), validUntil: '2020-01-01' }),
    'VALIDATION_FAILED',
  ],
  [
    'a body that nobody can read',
    (id: string) => worker.post(`/api/cases/${id}/consents`, { hobby: true }),
    'VALIDATION_FAILED',
  ],
  [
    'a change of no known version',
    (id: string) => worker.patch(`/api/cases/${id}`, { stage: 'case_plan' }),
    'VERSION_REQUIRED',
  ],
])('%s is refused and recorded', async (_what, deed, reason) => {
  const { id } = await registerCase(app, worker);
  const events = await eventsOf(app, () => deed(id));
  expect(events).toMatchObject([{ outcome: 'refused', objectId: id, reason }]);
});

it('a stranger is told of no fault in what she sends: the answer is that of a case that does not exist', async () => {
  const { id } = await registerCase(app, worker);
  const other = await stranger(app);
  for (const body of [{ hobby: true }, consentBody()]) {
    const [event] = await eventsOf(app, async () => {
      expect((await other.post(`/api/cases/${id}/consents`, body)).problem).toMatchObject({ code: 'NOT_FOUND' });
    });
    expect(event).toMatchObject({ outcome: 'refused', reason: 'NOT_FOUND', cases: [id] });
  }
});

function consentBody() {
  return {
    recipientAgencyId: '0197c1c8-0280-7a00-8a00-000000000002',
    purpose: 'referral_service',
    fields: ['case_code'],
    validUntil: app.clock.day(1),
    consenter: 'SELF',
    evidence: 'SIGNATURE',
    language: 'VIE',
    explainedOn: app.clock.day(),
    textVersion: 'mau-1',
  };
}

it('under parallel requests the events of a session are numbered without a gap or a repetition', async () => {
  const person = await aColleague(app);
  const { id } = await registerCase(app, person);
  const deeds = [
    () => openCase(person, id),
    () => person.get('/api/cases'),
    () => person.get(`/api/cases/${randomUUID()}`),
    () => person.post('/api/cases', aViolenceCase(app.clock)),
  ];
  const rounds = Array.from({ length: 8 }, () => deeds).flat();
  await Promise.all(rounds.map(async (deed) => void (await deed())));
  const mine = (await eventsAfter(app)).filter((event) => event.actor === person.staffId);
  const numbers = mine.map((event) => event.seq ?? 0).toSorted((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(numbers.length).toBeGreaterThanOrEqual(31);
});

it('a session counts its events without a gap over success, refusal, failure, an answer that broke and all of them at once', async () => {
  const person = await aColleague(app);
  const { id } = await registerCase(app, person);
  const me = app.context.endpoints.find((endpoint) => endpoint.action === 'session.view');
  const { run } = me ?? {};
  if (me === undefined || run === undefined) throw new Error('no endpoint tells who I am');
  me.run = async (call) => {
    await run(call);
    throw new Error('after everything was recorded');
  };
  const deeds = [
    () => openCase(person, id),
    () => person.get(`/api/cases/${randomUUID()}`),
    () => person.get('/api/me'),
    () => person.call('POST', '/api/cases', { raw: '{"' }),
    () => person.patch(`/api/cases/${id}`, { stage: 'case_plan' }, { 'if-match': '"9"' }),
  ];
  const events = await eventsOf(app, async () => {
    for (const deed of deeds) await deed();
    await Promise.all(deeds.flatMap((deed) => [deed, deed, deed]).map(async (deed) => void (await deed())));
  });
  me.run = run;
  const [last] = await eventsOf(app, () => person.get('/api/me'));
  const numbers = [...events.map((event) => event.seq ?? 0), last?.seq ?? 0].toSorted((a, b) => a - b);
  // Registering was the first; what failed whole took no number.
  expect(numbers).toEqual(Array.from({ length: 4 * 4 + 1 }, (_, index) => index + 2));
  expect(last?.seq).toBe(18);
});

it('a request that failed whole leaves neither rows nor a number', async () => {
  const person = await aColleague(app);
  await person.get('/api/me');
  await app.database.ask(`alter table hien.sealed_document add constraint broken check (false) not valid`);
  const mark = await markOf(app);
  expect((await person.post('/api/cases', aViolenceCase(app.clock))).problem.code).toBe('INTERNAL');
  await app.database.ask('alter table hien.sealed_document drop constraint broken');
  expect(await eventsAfter(app, mark)).toEqual([]);
  const [event] = await eventsOf(app, () => person.get('/api/me'));
  expect(event?.seq).toBe(2);
});

it('where the log cannot be written nothing is done: 503, and no row', async () => {
  const before = await app.database.ask('select count(*) from hien.case_file');
  await app.database.ask('alter table hien.audit_event add constraint full_disk check (false) not valid');
  const reply = await worker.post('/api/cases', aViolenceCase(app.clock));
  const reading = await worker.get('/api/cases');
  await app.database.ask('alter table hien.audit_event drop constraint full_disk');
  expect(reply.problem).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  expect(reading.problem.code).toBe('SERVICE_UNAVAILABLE');
  expect(await app.database.ask('select count(*) from hien.case_file')).toEqual(before);
});

it('the stored bytes are canonical JSON, and the columns beside them copies', async () => {
  await recordConsent(app, worker, { caseId: (await registerCase(app, worker)).id });
  const rows = await app.database.ask<Record<string, unknown> & { event: Buffer }>('select * from hien.audit_event');
  for (const row of rows) {
    const text = row.event.toString('utf8');
    const event = JSON.parse(text) as Record<string, unknown>;
    expect(canonicalJson(event)).toBe(text);
    expect([
      row['id'],
      row['actor_id'],
      row['agency_id'],
      row['owner_agency_id'],
      row['action'],
      row['outcome'],
      row['object_id'],
    ]).toEqual([
      event['id'],
      // A job of the system is no person: it stands in the event alone.
      String(event['actor']).startsWith('system:') ? null : event['actor'],
      event['agency'],
      event['owner'],
      event['action'],
      event['outcome'],
      event['objectId'],
    ]);
  }
});
