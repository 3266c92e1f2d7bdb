import { Validator } from '@seriousme/openapi-schema-validator';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import {
  accountOf,
  aColleague,
  agencyAdmin,
  auditor,
  policeDesk,
  policeOfficer,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aClient, type Client, type Reply } from '../support/http.ts';

type Json = Record<string, unknown>;
type Media = { schema?: unknown; example?: unknown };
type Operation = {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required?: boolean; schema: unknown }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
};
type Document = {
  openapi: string;
  info: Json;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json };
};

const app = await startApp();
const document = (await aClient(app.url).get<Document>('/openapi.json')).body;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method, path, operation, name: `${method} ${path}` })),
);

it('it says that it is OpenAPI 3.1, with a title, a version and a licence', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect(document.info).toMatchObject({
    title: 'Hiên',
    version: expect.any(String) as string,
    license: { identifier: 'AGPL-3.0-or-later' },
  });
});

it('a validator of others finds it valid against the published schema of OpenAPI 3.1', async () => {
  const check = async (given: object) => new Validator().validate({ ...structuredClone(given) });
  expect(await check(document)).toMatchObject({ valid: true });
  expect((await check({ ...document, info: { title: 'Hiên' } })).valid, 'a document without a version').toBe(false);
});

it('every route of the system is in it, and nothing else', () => {
  const routes = app.context.endpoints.map(({ method, path }) => `${method} ${path.replaceAll(/[:*](\w+)/g, '{$1}')}`);
  expect(operations.map((each) => each.name).toSorted()).toEqual(routes.toSorted());
});

it('each operation has a name of its own, words in both languages, and its parameters', () => {
  expect(new Set(operations.map((each) => each.operation.operationId)).size).toBe(operations.length);
  for (const { path, operation, name } of operations) {
    expect(operation.summary.split(' / ').length, name).toBeGreaterThanOrEqual(2);
    const declared = (operation.parameters ?? []).filter((each) => each.in === 'path').map((each) => each.name);
    expect(declared.toSorted(), name).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).toSorted());
  }
});

it('each operation declares its success and its problems', () => {
  for (const { operation, name } of operations) {
    const statuses = Object.keys(operation.responses);
    expect(
      statuses.filter((status) => status.startsWith('2')),
      name,
    ).toHaveLength(1);
    expect(statuses, name).toEqual(expect.arrayContaining(['500', '503']));
    for (const [status, { content, description }] of Object.entries(operation.responses)) {
      expect(description, `${name} ${status}`).not.toBe('');
      if (Number(status) >= 400)
        expect(Object.keys(content ?? {}), `${name} ${status}`).toEqual(['application/problem+json']);
    }
  }
});

it('every reference points to something', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((found) => found[1] ?? '');
  expect(refs.length).toBeGreaterThan(0);
  for (const ref of new Set(refs)) {
    const target = ref.split('/').reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
    expect(target, ref).toBeDefined();
  }
});

it('every body has an example', () => {
  for (const { operation, name } of operations)
    if (operation.requestBody !== undefined)
      expect(operation.requestBody.content['application/json']?.example, name).toBeTypeOf('object');
});

const tried = new Set<string>();
afterAll(() => {
  const withBody = operations.filter((each) => each.operation.requestBody !== undefined).map((each) => each.name);
  expect([...tried].toSorted(), 'every example was tried').toEqual(withBody.toSorted());
});

function exampleOf(name: string): Json {
  const found = operations.find((each) => each.name === name)?.operation.requestBody;
  return found?.content['application/json']?.example as Json;
}

/** Sends an operation's example, with ids (and secrets, which no document can know) put in their places. */
async function tryExample(
  who: Client,
  name: string,
  given: { ids?: Json; body?: Json; headers?: Record<string, string> } = {},
): Promise<Reply<Json>> {
  const { ids = {}, body = {}, headers = {} } = given;
  const [method = '', template = ''] = name.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_whole, key: string) => String(ids[key]));
  tried.add(name);
  const reply = await who.call(method.toUpperCase(), path, { body: { ...exampleOf(name), ...body }, headers });
  expect(reply.status, `${name} ${reply.text}`).toBeLessThan(300);
  return reply;
}

async function signedIn(): Promise<Client & { password: string }> {
  const client = aClient(app.url);
  const { password } = accountOf('lan.vhxh.sontra');
  await tryExample(client, 'post /api/session', { body: { password } });
  return { ...client, password };
}

async function sentReferral(worker: Client, caseId: unknown): Promise<string> {
  const consent = await tryExample(worker, 'post /api/cases/{caseId}/consents', { ids: { caseId } });
  const draft = await tryExample(worker, 'post /api/cases/{caseId}/referrals', { ids: { caseId } });
  const ids = { referralId: draft.body['id'] };
  await tryExample(worker, 'patch /api/referrals/{referralId}', { ids, headers: { 'if-match': draft.version } });
  await tryExample(worker, 'post /api/referrals/{referralId}/dispatch', {
    ids,
    body: { consentId: consent.body['id'] },
  });
  return String(draft.body['id']);
}

async function served(desk: Person, officer: Person, referralId: string): Promise<void> {
  const ids = { referralId };
  for (const step of ['receipt', 'acceptance', 'assignment'])
    await tryExample(desk, `post /api/referrals/{referralId}/${step}`, { ids });
  for (const step of ['start', 'completion'])
    await tryExample(officer, `post /api/referrals/{referralId}/${step}`, { ids });
}

/** Who must not come near, and who must in an emergency. */
async function guarded(worker: Client, caseId: unknown): Promise<void> {
  const [admin, boss, colleague] = [await agencyAdmin(app), await supervisor(app), await aColleague(app)];
  await tryExample(admin, 'put /api/staff/{staffId}/identifiers', { ids: { staffId: colleague.staffId } });
  const perpetrator = { relationship: 'OTHER_FAMILY', sex: 'MALE', ageGroup: 'A26_40', livesWithSurvivor: 'NO' };
  const perpetrators = [{ ...perpetrator, fullName: 'Trần Văn Minh Hoạ', birthYear: 1990 }];
  const { version } = await worker.get(`/api/cases/${String(caseId)}`);
  await worker.patch(`/api/cases/${String(caseId)}`, { perpetrators }, { 'if-match': version });
  const conflicts = await boss.get<{ doubts: { id: string }[] }>(`/api/cases/${String(caseId)}/conflicts`);
  const doubtId = conflicts.body.doubts[0]?.id;
  await tryExample(boss, 'post /api/conflict-doubts/{doubtId}/answer', { ids: { doubtId } });
  const use = await tryExample(colleague, 'post /api/cases/{caseId}/break-glass', {
    ids: { caseId },
    body: { password: colleague.password },
  });
  const ids = { breakGlassId: use.body['id'] };
  await tryExample(colleague, 'post /api/break-glass/{breakGlassId}/end', { ids });
  await tryExample(boss, 'post /api/break-glass/{breakGlassId}/review', { ids });
}

/** An auditor finds something about the worker, who explains it. */
async function reviewed(worker: Client): Promise<void> {
  const reviewer = await auditor(app);
  const { staffId } = accountOf('lan.vhxh.sontra');
  const log = await reviewer.get<{ items: { id: string }[] }>(`/api/audit/events?actor=${staffId}&limit=1`);
  const body = { actorId: staffId, eventIds: log.body.items.map((line) => line.id) };
  const finding = await tryExample(reviewer, 'post /api/audit/findings', { body });
  const ids = { findingId: finding.body['id'] };
  await tryExample(reviewer, 'post /api/audit/findings/{findingId}/explanation-request', { ids });
  const asked = await worker.get<{ items: { id: string }[] }>('/api/explanations');
  const explanationId = asked.body.items[0]?.id;
  await tryExample(worker, 'post /api/explanations/{explanationId}/answer', { ids: { explanationId } });
  await tryExample(reviewer, 'post /api/audit/findings/{findingId}/closure', { ids });
}

it('the examples work in the order of the main job, with nothing put in but ids', async () => {
  const worker = await signedIn();
  const desk = await policeDesk(app);
  await tryExample(worker, 'put /api/drafts/{draftId}', { ids: { draftId: randomUUID() } });
  const made = await tryExample(worker, 'post /api/cases');
  const caseId = made.body['id'];
  const found = await tryExample(worker, 'post /api/cases/search');
  expect(found.body).toMatchObject({ count: 1, items: [{ id: caseId }] });
  await tryExample(worker, 'patch /api/cases/{caseId}', { ids: { caseId }, headers: { 'if-match': made.version } });
  await served(desk, await policeOfficer(app), await sentReferral(worker, caseId));
  await tryExample(desk, 'post /api/referrals/{referralId}/decline', {
    ids: { referralId: await sentReferral(worker, caseId) },
  });
  await tryExample(worker, 'post /api/referrals/{referralId}/recall', {
    ids: { referralId: await sentReferral(worker, caseId) },
  });
  const consent = await tryExample(worker, 'post /api/cases/{caseId}/consents', { ids: { caseId } });
  await tryExample(worker, 'post /api/consents/{consentId}/withdrawal', { ids: { consentId: consent.body['id'] } });
  await guarded(worker, caseId);
  await tryExample(worker, 'put /api/cases/{caseId}/restriction', { ids: { caseId } });
  await reviewed(worker);
  await tryExample(worker, 'post /api/token');
  await tryExample(worker, 'post /api/session/lock');
  await tryExample(worker, 'post /api/session/unlock', { body: { password: worker.password } });
});
