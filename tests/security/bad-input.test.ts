import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { FAULTS, PROBLEMS } from '../../server/http/problems.ts';
import type { ErrorCode, FieldFaultCode } from '../../server/kernel/errors.ts';
import { aCaseWorker, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase, type Changes } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import type { Reply, Sending } from '../support/http.ts';
import { rowCounts } from '../support/log-book.ts';
import { aConsent, recordConsent, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
await app.database
  .ask(`insert into hien.code (list, version, code, position, name_vi, name_en, valid_from, valid_to, verified)
  values ('risk_level', 1, 'OLD', 99, 'Mức cũ', 'Old level', '2020-01-01', '2024-01-01', true)`);
await app.context.directory.refresh();

type Expected = { code: ErrorCode; errors?: { path: string; code: FieldFaultCode }[] };

/** RFC 9457 in both languages, with a stable code and the field's name; and nothing has changed. */
async function expectProblem(sent: () => Promise<Reply<unknown>>, { code, errors = [] }: Expected): Promise<void> {
  const before = await rowCounts(app);
  const { problem, headers, status } = await sent();
  const text = PROBLEMS[code];
  expect(problem).toMatchObject({ code, status: text.status, titles: { vi: text.vi, en: text.en }, title: text.vi });
  expect(problem.type).toBe(`urn:hien:problem:${code.toLowerCase()}`);
  expect(problem.instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(status).toBe(text.status);
  expect(problem.errors ?? []).toEqual(
    errors.map((fault) => ({ ...fault, message: FAULTS[fault.code].vi, messages: { ...FAULTS[fault.code] } })),
  );
  expect(await rowCounts(app)).toEqual(before);
}

function oneFault(path: string, code: FieldFaultCode): Expected {
  return { code: 'VALIDATION_FAILED', errors: [{ path, code }] };
}

const FIELD_FAULTS: [string, Changes, string, FieldFaultCode][] = [
  ['an unknown key', { survivor: { hobby: 'x' } }, 'survivor.hobby', 'UNKNOWN_KEY'],
  ['an unknown section', { extra: {} }, 'extra', 'UNKNOWN_KEY'],
  ['a key of the prototype', { constructor: 'x' }, 'constructor', 'UNKNOWN_KEY'],
  ['a number for a text', { survivor: { fullName: 7 } }, 'survivor.fullName', 'WRONG_TYPE'],
  [
    'a text for a number',
    { children: [{ ageYears: 'six', sex: 'FEMALE', relation: 'CHILD', livesWithSurvivor: 'YES', isAtRisk: 'NO' }] },
    'children.0.ageYears',
    'WRONG_TYPE',
  ],
  ['an object for a list', { perpetrators: {} }, 'perpetrators', 'WRONG_TYPE'],
  ['nothing for a list', { perpetrators: null }, 'perpetrators', 'WRONG_TYPE'],
  ['a missing section', { risk: undefined }, 'risk', 'REQUIRED'],
  ['an endless text', { incident: { narrative: 'a'.repeat(4001) } }, 'incident.narrative', 'TOO_LONG'],
  [
    'too many children',
    {
      children: Array.from({ length: 21 }, () => ({
        sex: 'MALE',
        relation: 'CHILD',
        livesWithSurvivor: 'YES',
        isAtRisk: 'NO',
      })),
    },
    'children',
    'TOO_MANY',
  ],
  ['31 February', { report: { receivedOn: '2026-02-31' } }, 'report.receivedOn', 'NOT_A_DATE'],
  ['a date written the other way round', { report: { receivedOn: '20/11/2026' } }, 'report.receivedOn', 'NOT_A_DATE'],
  [
    '29 February of a common year',
    { incident: { occurred: { on: '2025-02-29' } } },
    'incident.occurred.on',
    'NOT_A_DATE',
  ],
  ['month 13', { survivor: { bornOn: '1994-13' } }, 'survivor.bornOn', 'NOT_A_DATE'],
  ['an hour of 25', { incident: { occurred: { at: '25:00' } } }, 'incident.occurred.at', 'INVALID'],
  [
    'an incident tomorrow',
    { incident: { occurred: { on: app.clock.day(1) } } },
    'incident.occurred.on',
    'DATE_IN_FUTURE',
  ],
  ['a birth next year', { survivor: { bornOn: app.clock.day(400) } }, 'survivor.bornOn', 'DATE_IN_FUTURE'],
  ['an unknown code', { risk: { level: 'TERRIBLE' } }, 'risk.level', 'CODE_UNKNOWN'],
  ['a code of another list', { risk: { level: 'FEMALE' } }, 'risk.level', 'CODE_UNKNOWN'],
  [
    'an unknown code within a list',
    { risk: { redFlags: ['ESCALATING', 'NONE_SUCH'] } },
    'risk.redFlags.1',
    'CODE_UNKNOWN',
  ],
  ['an expired code', { risk: { level: 'OLD' } }, 'risk.level', 'CODE_EXPIRED'],
  ['an unknown area', { incident: { place: { areaCode: '99999' } } }, 'incident.place.areaCode', 'CODE_UNKNOWN'],
  ['a code with a space', { risk: { level: 'VERY HIGH' } }, 'risk.level', 'INVALID'],
  ['a zero byte', { survivor: { fullName: 'Lan\u0000' } }, 'survivor.fullName', 'INVALID'],
  ['half a letter', { survivor: { fullName: 'Lan\ud83d' } }, 'survivor.fullName', 'INVALID'],
  ['a wrong telephone number', { survivor: { contact: { phone: '12345' } } }, 'survivor.contact.phone', 'NOT_A_PHONE'],
  [
    'a wrong identity number',
    { survivor: { identityNumber: '1234567890' } },
    'survivor.identityNumber',
    'NOT_AN_IDENTITY_NUMBER',
  ],
  ['a third kind of incident', { incident: { kind: 'theft' } }, 'incident.kind', 'INVALID'],
];

it.each(FIELD_FAULTS)('%s is named, and nothing is saved', async (...row) => {
  const [, changes, path, code] = row;
  await expectProblem(() => worker.post('/api/cases', aViolenceCase(app.clock, changes)), oneFault(path, code));
});

it('all faults of a form come at once', async () => {
  const body = aViolenceCase(app.clock, { risk: { level: 7 }, survivor: { sex: undefined, hobby: 'x' } });
  const { problem } = await worker.post('/api/cases', body);
  const found = problem.errors?.map((fault) => `${fault.path} ${fault.code}`).toSorted();
  expect(found).toEqual(['risk.level WRONG_TYPE', 'survivor.hobby UNKNOWN_KEY', 'survivor.sex REQUIRED']);
});

const RAW: [string, Sending, ErrorCode][] = [
  ['malformed JSON', { raw: '{"survivor": ' }, 'MALFORMED_JSON'],
  ['JSON that is no object', { raw: '"a text"' }, 'MALFORMED_JSON'],
  ['a body over the limit', { raw: JSON.stringify({ narrative: 'a'.repeat(300_000) }) }, 'BODY_TOO_LARGE'],
  [
    'a form',
    { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['plain text', { raw: '{}', headers: { 'content-type': 'text/plain' } }, 'UNSUPPORTED_MEDIA_TYPE'],
  [
    'an unknown charset',
    { raw: '{}', headers: { 'content-type': 'application/json; charset=koi8-vn' } },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['an unknown encoding', { raw: '{}', headers: { 'content-encoding': 'squeezed' } }, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a body that is not the gzip it says', { raw: '{}', headers: { 'content-encoding': 'gzip' } }, 'MALFORMED_JSON'],
];

it.each(RAW)('%s is refused', async (_what, sending, code) => {
  await expectProblem(() => worker.call('POST', '/api/cases', sending), { code });
});

it('a list for an object is of the wrong type', async () => {
  await expectProblem(() => worker.call('POST', '/api/cases', { raw: '[]' }), oneFault('', 'WRONG_TYPE'));
});

it('JSON nested without end is refused, in a draft too', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const path = `/api/drafts/${randomUUID()}`;
  await expectProblem(
    () => worker.call('PUT', path, { raw: `{"page":1,"content":{"a":${deep}}}` }),
    oneFault('content', 'INVALID'),
  );
  await expectProblem(
    () => worker.call('PUT', path, { raw: `{"page":1,"content":{"a":"\\ud800"}}` }),
    oneFault('content', 'INVALID'),
  );
});

it('a change without or with a stale If-Match changes nothing', async () => {
  const { id } = await registerCase(app, worker);
  const change = (headers: Record<string, string>) => () =>
    worker.patch(`/api/cases/${id}`, { stage: 'case_plan' }, headers);
  await expectProblem(change({}), { code: 'VERSION_REQUIRED' });
  for (const version of ['"2"', '"0"', '1', '*', '"x"', ''])
    await expectProblem(change({ 'if-match': version }), { code: 'VERSION_STALE' });
});

it('a key that was used with another body makes no second case; with the same body it answers with the first', async () => {
  const key = { 'idempotency-key': `key-${randomUUID()}` };
  const body = aViolenceCase(app.clock);
  const made = await worker.post('/api/cases', body, key);
  await expectProblem(() => worker.post('/api/cases', aViolenceCase(app.clock), key), {
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
  const before = await rowCounts(app);
  expect((await worker.post('/api/cases', body, key)).body).toEqual(made.body);
  expect(await rowCounts(app)).toEqual(before);
});

it('a key of one operation is not one of another', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const key = { 'idempotency-key': `key-${randomUUID()}` };
  expect((await worker.post(`/api/cases/${caseId}/consents`, aConsent(app), key)).status).toBe(201);
  await expectProblem(() => worker.post('/api/cases', aViolenceCase(app.clock), key), {
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
});

it('a key that is too short or has spaces is refused', async () => {
  for (const key of ['short', 'a key with spaces', 'x'.repeat(129)])
    await expectProblem(
      () => worker.post('/api/cases', aViolenceCase(app.clock), { 'idempotency-key': key }),
      oneFault('Idempotency-Key', 'INVALID'),
    );
});

it('ids of another agency, ids that do not exist and texts that are no ids answer alike, and change nothing', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const { id: consentId } = await recordConsent(app, worker, { caseId });
  const other = await stranger(app);
  const match = { 'if-match': '"1"' };
  for (const id of [caseId, randomUUID(), 'x', '%27%20or%201=1', `${caseId}x`]) {
    await expectProblem(() => other.get(`/api/cases/${id}`), { code: 'NOT_FOUND' });
    await expectProblem(() => other.patch(`/api/cases/${id}`, { stage: 'case_plan' }, match), { code: 'NOT_FOUND' });
    await expectProblem(() => other.post(`/api/cases/${id}/consents`, aConsent(app)), { code: 'NOT_FOUND' });
  }
  await expectProblem(() => other.post(`/api/consents/${consentId}/withdrawal`, { reason: 'SAFETY' }), {
    code: 'NOT_FOUND',
  });
});

it('an address that is none, or not decodable, is not found; a method that is not taken is refused', async () => {
  await expectProblem(() => worker.get('/api/nothing'), { code: 'NOT_FOUND' });
  await expectProblem(() => worker.get('/api/cases/%zz'), { code: 'NOT_FOUND' });
  await expectProblem(() => worker.call('DELETE', '/api/cases'), { code: 'METHOD_NOT_ALLOWED' });
});

it('the answer speaks English to who asks for it', async () => {
  const { problem } = await worker.post('/api/cases', aViolenceCase(app.clock, { risk: { level: 'X' } }), {
    'accept-language': 'en',
  });
  expect(problem.title).toBe(PROBLEMS.VALIDATION_FAILED.en);
  expect(problem.errors?.[0]?.message).toBe(FAULTS.CODE_UNKNOWN.en);
});

it('no answer repeats a value that was typed', async () => {
  const word = canary('Tên ');
  const body = aViolenceCase(app.clock, {
    survivor: { fullName: word, identityNumber: word, sex: word },
    risk: { level: word },
  });
  const { text } = await worker.post('/api/cases', body);
  expect(text).not.toContain(word);
});
