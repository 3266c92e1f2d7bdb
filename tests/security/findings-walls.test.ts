import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import type { ExplanationView, FindingView } from '../../server/audit/findings.contract.ts';
import { accountOf, aCaseWorker, aColleague, auditor, signIn, stranger, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { done, registerCase } from '../support/seed.ts';

// The policy lets everything through: what still stands is the database's, and the keys'.
const app = await startApp({
  policy: { policies: [], decide: () => ({ isAllowed: true, policies: ['test.everything'] }) },
});
const worker = await aCaseWorker(app);
const outsider = await stranger(app);
const reviewer = await auditor(app);
const colleague = await signIn(app, 'nghia.snv');
await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf('chau.ubnd.sontra').staffId]);
const wardReviewer = await signIn(app, 'chau.ubnd.sontra');
const clients = {
  app: new pg.Client({ connectionString: app.database.urls.app }),
  auditor: new pg.Client({ connectionString: app.database.urls.auditor }),
};
await Promise.all([clients.app.connect(), clients.auditor.connect()]);
afterAll(() => Promise.all([clients.app.end(), clients.auditor.end()]));

async function find(about: Person): Promise<FindingView> {
  const { items } = done<{ items: AuditLine[] }>(
    await reviewer.get(`/api/audit/events?actor=${about.staffId}&limit=1`),
  );
  const body = {
    actorId: about.staffId,
    eventIds: items.map((line) => line.id),
    note: canary('ghi '),
    question: canary('hỏi '),
  };
  return done<FindingView>(await reviewer.post('/api/audit/findings', body), 201);
}

await registerCase(app, worker);
const aboutWorker = await find(worker);
await colleague.get('/api/audit/events');
const aboutColleague = await find(colleague);

/** Rows that a rightly bound person gets or changes with SQL of her own, or the code of the refusal. */
async function asPerson(who: Person, sql: string, role: keyof typeof clients): Promise<number | string> {
  const client = clients[role];
  await client.query('begin');
  try {
    const bearer = Buffer.from(who.cookie().split('=')[1] ?? '', 'base64url');
    await client.query("select * from hien.bind_session($1, 'review')", [bearer]);
    return (await client.query(sql)).rowCount ?? 0;
  } catch (error) {
    return error instanceof pg.DatabaseError ? (error.code ?? '') : String(error);
  } finally {
    await client.query('rollback');
  }
}

const REFUSED = '42501';

it('rows alone keep a finding from other agencies’ auditors and from the person it is about', async () => {
  for (const [who, finding] of [
    [wardReviewer, aboutWorker],
    [colleague, aboutColleague],
  ] as const) {
    for (const tried of [
      who.get(`/api/audit/findings/${finding.id}`),
      who.post(`/api/audit/findings/${finding.id}/explanation-request`, { question: 'Vì sao?' }),
    ])
      expect((await tried).problem.code).toBe('NOT_FOUND');
    const listed = await who.get<{ items: { id: string }[] }>('/api/audit/findings');
    expect(listed.body.items.map((line) => line.id)).not.toContain(finding.id);
  }
  expect(done<FindingView>(await colleague.get(`/api/audit/findings/${aboutWorker.id}`)).note).toBe(aboutWorker.note);
});

it('rows alone keep a question to the person who is asked', async () => {
  const [question] = done<{ items: ExplanationView[] }>(await worker.get('/api/explanations')).items;
  for (const other of [await aColleague(app), outsider]) {
    expect(done<{ items: unknown[] }>(await other.get('/api/explanations')).items).toEqual([]);
    const path = `/api/explanations/${question?.id ?? ''}/answer`;
    expect((await other.post(path, { answer: 'Tôi trả lời thay.' })).problem.code).toBe('NOT_FOUND');
  }
});

it('with SQL of her own the asked person sees her question, no finding, and changes nothing', async () => {
  expect(await asPerson(worker, 'select 1 from hien.explanation', 'app')).toBe(1);
  expect(await asPerson(outsider, 'select 1 from hien.explanation', 'app')).toBe(0);
  for (const sql of [
    'select 1 from hien.finding',
    'select 1 from hien.finding_event',
    'update hien.explanation set answered_at = now()',
    'delete from hien.explanation',
  ])
    expect(await asPerson(worker, sql, 'app'), sql).toBe(REFUSED);
});

it('with SQL of his own an auditor reads his agency’s findings, and rewrites no word, no person and no answer', async () => {
  expect(await asPerson(reviewer, 'select 1 from hien.finding', 'auditor')).toBe(2);
  expect(await asPerson(colleague, 'select 1 from hien.finding', 'auditor')).toBe(1);
  expect(await asPerson(wardReviewer, 'select 1 from hien.finding', 'auditor')).toBe(0);
  expect(await asPerson(worker, 'select 1 from hien.finding', 'auditor')).toBe(0);
  for (const sql of [
    `update hien.finding set sealed_note = ''`,
    `update hien.finding set actor_id = '${outsider.staffId}'`,
    `update hien.explanation set answered_at = now()`,
    'delete from hien.finding',
    'delete from hien.finding_event',
    // A question to somebody else than the finding is about, and an event that somebody else did.
    `insert into hien.explanation select gen_random_uuid(), finding_id, agency_id, asked_by, '${outsider.staffId}', staff_agency_id, asked_at, due_at, null,
       asker_question_key_version, asker_question, staff_question_key_version, staff_question from hien.explanation limit 1`,
    `insert into hien.finding_event select '${aboutWorker.id}', e.id, e.recorded_at from hien.audit_event e where e.actor_id <> '${worker.staffId}' limit 1`,
    `insert into hien.finding (id, agency_id, auditor_id, actor_id, note_key_version, sealed_note, found_at)
       values ('${randomUUID()}', '${worker.agencyId}', '${reviewer.staffId}', '${worker.staffId}', 1, '', now())`,
  ])
    expect(await asPerson(reviewer, sql, 'auditor'), sql).toBe(REFUSED);
});

it('each copy opens with the key of its own agency only', async () => {
  await app.database.ask(
    'update hien.explanation set staff_question = asker_question, staff_question_key_version = asker_question_key_version where finding_id = $1',
    [aboutWorker.id],
  );
  expect((await worker.get('/api/explanations')).problem.code).toBe('SEAL_BROKEN');
  expect((await reviewer.get(`/api/audit/findings/${aboutWorker.id}`)).status).toBe(200);
});
