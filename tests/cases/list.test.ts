import { expect, it } from 'vitest';
import type { CaseLine } from '../../server/cases/cases.contract.ts';
import { aCaseWorker, aColleague, stranger, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOf } from '../support/log-book.ts';
import { openCase, registerCase, sendReferral, type Registered } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const made: Registered[] = [];
for (let count = 0; count < 5; count += 1) made.push(await registerCase(app, worker));
const newestFirst = made.map((each) => each.id).toReversed();

type Page = { items: CaseLine[]; nextCursor: string | null };

async function list(who: Person, query = ''): Promise<Page> {
  return (await who.get<Page>(`/api/cases${query}`)).body;
}

it('cases come newest first, page by page, each once', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await list(worker, `?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
    seen.push(...page.items.map((line) => line.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(newestFirst);
});

it('a filter by stage shows these cases only', async () => {
  const [first] = made;
  if (first === undefined) throw new Error('nothing was registered');
  await worker.patch(`/api/cases/${first.id}`, { stage: 'case_plan' }, { 'if-match': '"1"' });
  expect((await list(worker, '?stage=case_plan')).items.map((line) => line.id)).toEqual([first.id]);
  expect((await list(worker, '?stage=new')).items.map((line) => line.id)).toEqual(newestFirst.slice(0, -1));
});

it('colleagues and strangers get an empty list, the supervisor the whole office', async () => {
  expect((await list(await aColleague(app))).items).toEqual([]);
  expect((await list(await stranger(app))).items).toEqual([]);
  const boss = await supervisor(app);
  expect((await list(boss)).items.map((line) => line.id)).toEqual(newestFirst);
  expect((await list(boss, '?mine=true')).items).toEqual([]);
});

it('the next step says what waits: to refer, to send, for an answer', async () => {
  const { caseId } = await sendReferral(app, worker);
  const stepOf = async (id: string) => (await list(worker)).items.find((line) => line.id === id)?.nextStep;
  expect(await stepOf(caseId)).toBe('await_answer');
  expect(await stepOf(newestFirst[0] ?? '')).toBe('refer');
  expect((await openCase(worker, caseId)).nextStep).toBe('await_answer');
});

it('the event names each case that the list showed', async () => {
  const [event] = await eventsOf(app, () => list(worker, '?limit=2'));
  const shown = (await list(worker, '?limit=2')).items.map((line) => line.id);
  expect(event).toMatchObject({ action: 'case.list', outcome: 'done', count: 2, cases: shown });
});

it.each(['cursor=zzz', 'limit=0', 'limit=101', 'limit=many', 'stage=%00', 'stage=no_such', 'other=1', 'mine=maybe'])(
  'a list is not fooled by ?%s',
  async (query) => {
    const refused = await worker.get(`/api/cases?${query}`);
    expect(refused.problem).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(refused.problem.errors?.[0]?.path).toBe(query.split('=')[0]);
  },
);
