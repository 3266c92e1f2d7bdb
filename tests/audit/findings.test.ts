import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import { FINDING_STATES, FINDING_STEPS, mayFollow } from '../../server/audit/finding-states.rules.ts';
import type { ExplanationView, FindingLine, FindingView } from '../../server/audit/findings.contract.ts';
import {
  accountOf,
  aCaseWorker,
  aColleague,
  auditor,
  policeDesk,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import { aKey, done, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const outsider = await stranger(app);
const reviewer = await auditor(app);
const otherReviewer = await signIn(app, 'nghia.snv');
await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf('chau.ubnd.sontra').staffId]);
const wardReviewer = await signIn(app, 'chau.ubnd.sontra');

const { id: caseId } = await registerCase(app, worker);
await outsider.get(`/api/cases/${caseId}`);

async function lineOf(who: Person, query: string): Promise<AuditLine> {
  const found = await who.get<{ items: AuditLine[] }>(`/api/audit/events?${query}&limit=1`);
  const [line] = found.body.items;
  if (line === undefined) throw new Error(`no event ?${query}`);
  return line;
}

const deed = await lineOf(reviewer, `case=${caseId}&action=case.register`);
const intrusion = await lineOf(reviewer, `case=${caseId}&outcome=refused`);

function aFinding(changes: Record<string, unknown> = {}) {
  return { actorId: worker.staffId, eventIds: [deed.id], note: canary('ghi nhận '), ...changes };
}

async function find(who: Person = reviewer, changes: Record<string, unknown> = {}): Promise<FindingView> {
  return done<FindingView>(await who.post('/api/audit/findings', aFinding(changes)), 201);
}

async function ask(findingId: string): Promise<FindingView> {
  const path = `/api/audit/findings/${findingId}/explanation-request`;
  return done<FindingView>(await reviewer.post(path, { question: canary('vì sao ') }));
}

async function asked(who: Person): Promise<ExplanationView[]> {
  return done<{ items: ExplanationView[] }>(await who.get('/api/explanations')).items;
}

function answer(who: Person, id: string) {
  return who.post<ExplanationView>(`/api/explanations/${id}/answer`, { answer: canary('vì lịch hẹn ') });
}

it('a finding goes its whole way: recorded, explained, concluded', async () => {
  const found = await find(reviewer, { rule: 'odd_hours' });
  expect(found).toMatchObject({
    state: 'open',
    rule: { code: 'odd_hours', nameVi: 'Xem hồ sơ ngoài giờ làm việc' },
    actor: { id: worker.staffId },
    explanations: [],
  });
  expect(found.events.map((line) => line.id)).toEqual([deed.id]);
  const waiting = await ask(found.id);
  expect(waiting.state).toBe('asked');
  const [question] = await asked(worker);
  expect(question).toMatchObject({ question: waiting.explanations[0]?.question, answeredAt: null, answer: null });
  const answered = done<ExplanationView>(await answer(worker, question?.id ?? ''));
  const seen = done<FindingView>(await reviewer.get(`/api/audit/findings/${found.id}`));
  expect(seen).toMatchObject({ state: 'answered', note: found.note, explanations: [{ answer: answered.answer }] });
  const closed = await reviewer.post<FindingView>(`/api/audit/findings/${found.id}/closure`, { outcome: 'EXPLAINED' });
  expect(closed.body).toMatchObject({ state: 'closed', outcome: 'EXPLAINED' });
});

it('a finding may ask at once, and that is a deed of its own', async () => {
  const told = await eventsOf(app, async () => {
    expect(await find(reviewer, { question: canary('vì sao ') })).toMatchObject({
      state: 'asked',
      explanations: [{ answer: null }],
    });
  });
  expect(told.map((event) => event.action)).toEqual(['finding.record', 'finding.ask']);
});

it('the explanation is due after the time that the data give', async () => {
  const { explanations } = await ask((await find()).id);
  const { askedAt, dueAt } = explanations[0] ?? { askedAt: '', dueAt: '' };
  expect(Date.parse(dueAt) - Date.parse(askedAt)).toBe(7 * 86_400_000);
});

it('each deed is one event with ids and codes, and not one word', async () => {
  let id = '';
  const told = await eventsOf(app, async () => {
    id = (await find()).id;
    await reviewer.get(`/api/audit/findings/${id}`);
    await ask(id);
    await answer(worker, (await asked(worker))[0]?.id ?? '');
    await reviewer.post(`/api/audit/findings/${id}/closure`, { outcome: 'REMINDED' });
    await reviewer.get('/api/audit/findings');
  });
  expect(told.map(({ action, actor }) => [action, actor])).toEqual([
    ['finding.record', reviewer.staffId],
    ['finding.open', reviewer.staffId],
    ['finding.ask', reviewer.staffId],
    ['explanation.list', worker.staffId],
    ['explanation.answer', worker.staffId],
    ['finding.close', reviewer.staffId],
    ['finding.list', reviewer.staffId],
  ]);
  expect(told.filter((event) => event.objectKind === 'finding').every((event) => event.objectId === id)).toBe(true);
  expect(told[5]).toMatchObject({ reason: 'REMINDED', purpose: 'review' });
});

it('the team of a case does not learn of a finding from the list of who has looked at it', async () => {
  const { id } = await find();
  await reviewer.get(`/api/audit/findings/${id}`);
  const looked = done<{ items: { action: string }[] }>(await worker.get(`/api/cases/${caseId}/accesses`)).items;
  expect(looked.length).toBeGreaterThan(0);
  expect(looked.filter(({ action }) => action.startsWith('finding.'))).toEqual([]);
});

it('the words lie sealed in the database, and lists show none', async () => {
  const found = await find();
  await ask(found.id);
  const rows = await app.database.ask<{ row: string }>(
    `select row_to_json(f)::text as row from hien.finding f union all select row_to_json(x)::text from hien.explanation x`,
  );
  expect(rows.map(({ row }) => Buffer.from(row).includes(found.note))).not.toContain(true);
  const list = await reviewer.get<{ items: FindingLine[] }>('/api/audit/findings?state=unsettled');
  expect(list.text).not.toContain(found.note);
  expect(list.body.items.map((line) => line.id)).toContain(found.id);
});

it('a question moved to another row does not open', async () => {
  const [one, two] = [await ask((await find()).id), await ask((await find()).id)];
  await app.database.ask(
    `update hien.explanation x set asker_question = y.asker_question from hien.explanation y where x.finding_id = $1 and y.finding_id = $2`,
    [one.id, two.id],
  );
  expect((await reviewer.get(`/api/audit/findings/${one.id}`)).problem.code).toBe('SEAL_BROKEN');
});

it('whoever is not asked sees nothing and answers nothing, a colleague and the supervisor included', async () => {
  const { id } = await ask((await find()).id);
  const [question] = await asked(worker);
  for (const other of [await aColleague(app), await supervisor(app), outsider, reviewer, await policeDesk(app)]) {
    expect(await asked(other)).toEqual([]);
    for (const unknown of [question?.id ?? '', randomUUID()])
      expect((await answer(other, unknown)).problem.code).toBe('NOT_FOUND');
  }
  // The asked person learns the question, never the finding.
  for (const path of [`/api/audit/findings/${id}`, `/api/audit/findings/${randomUUID()}`])
    expect((await worker.get(path)).problem.code).toBe('NOT_FOUND');
  expect(JSON.stringify(question)).not.toContain(id);
});

it('an auditor of another agency has none of it: the same answer as for a finding that does not exist', async () => {
  const { id } = await find();
  expect((await wardReviewer.get<{ items: unknown[] }>('/api/audit/findings')).body.items).toEqual([]);
  for (const wanted of [id, randomUUID()]) {
    const tries = [
      wardReviewer.get(`/api/audit/findings/${wanted}`),
      wardReviewer.post(`/api/audit/findings/${wanted}/explanation-request`, { question: 'Vì sao?' }),
      wardReviewer.post(`/api/audit/findings/${wanted}/closure`, { outcome: 'EXPLAINED' }),
    ];
    for (const reply of await Promise.all(tries)) expect(reply.problem.code).toBe('NOT_FOUND');
  }
  expect((await otherReviewer.get(`/api/audit/findings/${id}`)).status).toBe(200);
});

it('a finding rests on events that the auditor may read and that its person did', async () => {
  const elsewhere = await registerCase(app, outsider);
  const foreign = await lineOf(reviewer, `case=${elsewhere.id}&action=case.register`);
  const wrong = [
    { eventIds: [randomUUID()] },
    { eventIds: [deed.id, intrusion.id] },
    { actorId: outsider.staffId, eventIds: [deed.id] },
    { eventIds: [] },
  ];
  for (const changes of wrong)
    expect((await reviewer.post('/api/audit/findings', aFinding(changes))).problem.code).toBe('VALIDATION_FAILED');
  const ofForeign = aFinding({ actorId: outsider.staffId, eventIds: [foreign.id] });
  expect((await wardReviewer.post('/api/audit/findings', ofForeign)).problem.code).toBe('VALIDATION_FAILED');
  // Who reached into the ward from outside is the ward's to ask.
  const reached = { actorId: outsider.staffId, eventIds: [intrusion.id] };
  expect((await find(wardReviewer, reached)).actor.id).toBe(outsider.staffId);
  const rows = await app.database.ask(
    'select 1 from hien.finding f where not exists (select 1 from hien.finding_event e where e.finding_id = f.id)',
  );
  expect(rows).toEqual([]);
});

it('nobody finds, opens or concludes anything about herself', async () => {
  const look = await lineOf(reviewer, `actor=${otherReviewer.staffId}`).catch(async () => {
    await otherReviewer.get('/api/audit/events');
    return lineOf(reviewer, `actor=${otherReviewer.staffId}`);
  });
  const about = { actorId: otherReviewer.staffId, eventIds: [look.id] };
  expect((await otherReviewer.post('/api/audit/findings', aFinding(about))).problem.code).toBe('VALIDATION_FAILED');
  const { id } = await find(reviewer, about);
  expect((await otherReviewer.get(`/api/audit/findings/${id}`)).problem.code).toBe('NOT_FOUND');
  const listed = await otherReviewer.get<{ items: FindingLine[] }>('/api/audit/findings');
  expect(listed.body.items.map((line) => line.id)).not.toContain(id);
  await ask(id);
  expect(await asked(otherReviewer)).toHaveLength(1);
});

it('steps that the states do not allow are refused: asking twice, answering late or twice, anything after the end', async () => {
  const { id } = await find();
  await ask(id);
  const request = `/api/audit/findings/${id}/explanation-request`;
  expect((await reviewer.post(request, { question: 'Lần nữa?' })).problem.code).toBe('STATE_CONFLICT');
  const [question] = await asked(worker);
  done(await answer(worker, question?.id ?? ''));
  expect((await answer(worker, question?.id ?? '')).problem.code).toBe('STATE_CONFLICT');
  await ask(id);
  done(await reviewer.post(`/api/audit/findings/${id}/closure`, { outcome: 'NOT_EXPLAINED' }));
  expect((await answer(worker, (await asked(worker))[0]?.id ?? '')).problem.code).toBe('STATE_CONFLICT');
  for (const [path, body] of [
    [request, { question: 'Nữa?' }],
    [`/api/audit/findings/${id}/closure`, { outcome: 'EXPLAINED' }],
  ] as const)
    expect((await reviewer.post(path, body)).problem.code).toBe('STATE_CONFLICT');
});

it('the database keeps the same steps, and whom a finding is about', async () => {
  const rows = await app.database.ask<{ from_state: string; to_state: string }>('select * from hien.finding_step');
  const ours = FINDING_STATES.flatMap((from) => FINDING_STEPS[from].map((to) => `${from} ${to}`));
  expect(rows.map((row) => `${row.from_state} ${row.to_state}`).toSorted()).toEqual(ours.toSorted());
  const { id } = await find();
  expect(mayFollow('open', 'answered')).toBe(false);
  for (const change of [`state = 'answered'`, `actor_id = '${outsider.staffId}'`, `agency_id = '${worker.agencyId}'`])
    await expect(app.database.ask(`update hien.finding set ${change} where id = $1`, [id])).rejects.toMatchObject({
      code: 'HN001',
    });
});

it('a repeated sending with one key makes one finding', async () => {
  const body = aFinding();
  const key = aKey();
  const [first, second] = [
    await reviewer.post<FindingView>('/api/audit/findings', body, key),
    await reviewer.post<FindingView>('/api/audit/findings', body, key),
  ];
  expect(second.body.id).toBe(first.body.id);
});

it('nobody but auditors records or lists findings', async () => {
  for (const other of [worker, outsider, await supervisor(app), await policeDesk(app)]) {
    expect((await other.post('/api/audit/findings', aFinding())).problem.code).toBe('NOT_ALLOWED');
    expect((await other.get('/api/audit/findings')).problem.code).toBe('NOT_ALLOWED');
  }
});
