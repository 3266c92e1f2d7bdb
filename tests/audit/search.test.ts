import { expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import {
  accountOf,
  aCaseWorker,
  auditor,
  policeDesk,
  policeOfficer,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOf } from '../support/log-book.ts';
import { acceptReferral, openReferral, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const reviewer = await auditor(app);
// An auditor of one ward only: the district has none by itself.
await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf('chau.ubnd.sontra').staffId]);
const wardReviewer = await signIn(app, 'chau.ubnd.sontra');

type Found = { items: AuditLine[]; nextCursor: string | null };
async function events(who: Person, query = ''): Promise<AuditLine[]> {
  const reply = await who.get<Found>(`/api/audit/events${query}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body.items;
}

it('the auditor finds each step of a case, by its code or its id', async () => {
  const { caseId, code, referralId } = await sendReferral(app, worker);
  const desk = await policeDesk(app);
  const officer = await policeOfficer(app);
  await acceptReferral(desk, referralId, officer);
  await openReferral(officer, referralId);
  const told = [
    'referral.open',
    'referral.accept',
    'referral.dispatch',
    'referral.draft',
    'consent.record',
    'case.register',
  ];
  for (const name of [code, code.toLowerCase().replace('-', ''), caseId])
    expect(
      (await events(reviewer, `?case=${name}`))
        .map((line) => line.action)
        .filter((action) => !action.startsWith('audit.')),
    ).toEqual(told);
});

it('a line tells deeds and no content: codes, ids, names of fields', async () => {
  const { id, code } = await registerCase(app, worker);
  const [line] = await events(reviewer, `?case=${id}`);
  expect(line).toMatchObject({
    action: 'case.register',
    outcome: 'done',
    caseCode: code,
    isDemonstration: false,
    actor: { id: worker.staffId },
    roles: ['case_worker'],
    purpose: 'case_work',
    policies: ['case.worker_registers'],
  });
});

it.each([
  ['actor', () => `actor=${worker.staffId}`, (line: AuditLine) => line.actor?.id === worker.staffId],
  ['action', () => 'action=case.register', (line: AuditLine) => line.action === 'case.register'],
  ['outcome', () => 'outcome=refused', (line: AuditLine) => line.outcome === 'refused'],
  ['agency', () => `agency=${worker.agencyId}`, (line: AuditLine) => line.actor?.agency.id === worker.agencyId],
])('the log is filtered by %s', async (_name, query, holds) => {
  const { id } = await registerCase(app, worker);
  await (await stranger(app)).get(`/api/cases/${id}`);
  const found = await events(reviewer, `?${query()}&limit=200`);
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(holds)).toBe(true);
});

it('from and to bound the time of the event', async () => {
  const before = new Date(app.clock.now()).toISOString();
  await registerCase(app, worker);
  const after = new Date(app.clock.now() + 1).toISOString();
  await registerCase(app, worker);
  const found = await events(reviewer, `?action=case.register&from=${before}&to=${after}`);
  expect(found).toHaveLength(1);
});

it('pages follow each other without a gap', async () => {
  const all = await events(reviewer, '?action=case.register&limit=200');
  const seen: AuditLine[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Found = (
      await reviewer.get<Found>(
        `/api/audit/events?action=case.register&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
    ).body;
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(seen.map((line) => line.id)).toEqual(all.map((line) => line.id));
});

it('an auditor of a ward sees the deeds of that ward’s agencies and on its cases, and no others', async () => {
  const elsewhere = await registerCase(app, await stranger(app));
  const here = await registerCase(app, worker);
  const found = await events(wardReviewer, '?limit=200');
  const ids = found.flatMap((line) => (line.objectId === null ? [] : [line.objectId]));
  expect(ids).toContain(here.id);
  expect(ids).not.toContain(elsewhere.id);
  for (const name of [elsewhere.id, elsewhere.code]) expect(await events(wardReviewer, `?case=${name}`)).toEqual([]);
  expect((await events(reviewer, `?case=${elsewhere.code}`)).length).toBeGreaterThan(0);
});

it('an intrusion from outside on a case of the ward shows to the ward’s auditor', async () => {
  const { id } = await registerCase(app, worker);
  const intruder = await stranger(app);
  await intruder.get(`/api/cases/${id}`);
  const [line] = await events(wardReviewer, `?case=${id}&outcome=refused`);
  expect(line).toMatchObject({ actor: { id: intruder.staffId }, action: 'case.open', outcome: 'refused' });
});

it('staff are listed within the area only', async () => {
  const namesOf = async (who: Person) =>
    new Set(
      (await who.get<{ items: { agency: { id: string } }[] }>('/api/audit/staff')).body.items.map(
        (item) => item.agency.id,
      ),
    );
  const ward = await namesOf(wardReviewer);
  expect(ward).toContain(worker.agencyId);
  expect(ward).not.toContain((await stranger(app)).agencyId);
  expect((await namesOf(reviewer)).size).toBeGreaterThan(ward.size);
});

it('the auditor’s look is itself an event', async () => {
  const { id } = await registerCase(app, worker);
  const [event] = await eventsOf(app, () => events(reviewer, `?case=${id}`));
  expect(event).toMatchObject({
    action: 'audit.search',
    actor: reviewer.staffId,
    cases: [id],
    purpose: 'review',
    fields: ['case'],
  });
});

it('auditors have no case: neither list, search, nor file answers them', async () => {
  const { id, code } = await registerCase(app, worker);
  expect((await reviewer.get('/api/cases')).problem.code).toBe('NOT_ALLOWED');
  expect((await reviewer.post('/api/cases/search', { code })).problem.code).toBe('NOT_ALLOWED');
  expect((await reviewer.get(`/api/cases/${id}`)).problem.code).toBe('NOT_FOUND');
});

it('nobody else reads the log', async () => {
  for (const other of [worker, await supervisor(app), await policeDesk(app), await stranger(app)])
    for (const path of ['/api/audit/events', '/api/audit/staff'])
      expect((await other.get(path)).problem.code).toBe('NOT_ALLOWED');
});

it.each([
  'case=%00',
  'actor=x',
  'from=yesterday',
  'to=2026-02-31T00:00:00Z',
  'cursor=zzz',
  'outcome=maybe',
  'limit=201',
  'name=An',
])('a query ?%s is refused', async (query) => {
  const refused = await reviewer.get(`/api/audit/events?${query}`);
  expect(refused.problem).toMatchObject({
    status: 400,
    code: 'VALIDATION_FAILED',
    errors: [{ path: query.split('=')[0] }],
  });
});
