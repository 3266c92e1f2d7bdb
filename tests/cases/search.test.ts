import { expect, it } from 'vitest';
import { foldVietnamese } from '../../server/kernel/folding.ts';
import { aCaseWorker, aColleague, stranger, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import { registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const name = `Đặng Thị Hoà ${canary()}`;
const made = await registerCase(
  app,
  worker,
  aViolenceCase(app.clock, {
    survivor: {
      fullName: name,
      bornOn: '1991-07',
      identityNumber: '048191 000 777',
      contact: { phone: '0905 111 222' },
    },
  }),
);
await registerCase(app, worker);

async function find(criteria: unknown, who: Person = worker): Promise<string[]> {
  const reply = await who.post<{ items: { id: string }[]; count: number }>('/api/cases/search', criteria);
  expect(reply.status).toBe(200);
  expect(reply.body.count).toBe(reply.body.items.length);
  return reply.body.items.map((line) => line.id);
}

it.each([
  ['as it was typed', { fullName: name, birthYear: 1991 }],
  ['decomposed', { fullName: name.normalize('NFD'), birthYear: 1991 }],
  ['without marks and in capitals', { fullName: foldVietnamese(name).toUpperCase(), birthYear: 1991 }],
  ['with the tone on the other vowel', { fullName: name.replace('Hoà', 'Hòa'), birthYear: 1991 }],
  ['with the family name last', { fullName: `${name.replace('Đặng ', '')} Đặng`, birthYear: 1991 }],
  ['with wide spaces', { fullName: ` ${name.replaceAll(' ', '  ')} `, birthYear: 1991 }],
  ['by telephone', { phone: '+84905111222' }],
  ['by telephone with dots', { phone: '0905.111.222' }],
  ['by identity number', { identityNumber: '048191000777' }],
  ['by code', { code: made.code }],
  [
    'by code as it is heard',
    { code: made.code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l') },
  ],
])('a person is found %s', async (_how, criteria) => {
  expect(await find(criteria)).toEqual([made.id]);
});

it.each([
  ['another year', { fullName: name, birthYear: 1992 }],
  ['part of the name', { fullName: 'Đặng Thị Hoà', birthYear: 1991 }],
  ['another number', { phone: '0905111223' }],
  ['another code', { code: made.code.startsWith('0') ? `1${made.code.slice(1)}` : `0${made.code.slice(1)}` }],
])('%s finds nothing', async (_how, criteria) => {
  expect(await find(criteria)).toEqual([]);
});

it('colleagues and strangers find nothing, the supervisor finds the case', async () => {
  for (const criteria of [{ code: made.code }, { phone: '0905111222' }, { fullName: name, birthYear: 1991 }]) {
    expect(await find(criteria, await aColleague(app))).toEqual([]);
    expect(await find(criteria, await stranger(app))).toEqual([]);
    expect(await find(criteria, await supervisor(app))).toEqual([made.id]);
  }
});

it('a name alone is not enough, and neither is nothing', async () => {
  for (const criteria of [{ fullName: name }, { birthYear: 1991 }, {}])
    expect((await worker.post('/api/cases/search', criteria)).problem.errors).toMatchObject([{ code: 'REQUIRED' }]);
});

it('the event names what was asked by and which cases were shown', async () => {
  const [event] = await eventsOf(app, () => find({ fullName: name, birthYear: 1991 }));
  expect(event).toMatchObject({ action: 'case.search', cases: [made.id], count: 1, fields: ['birthYear', 'fullName'] });
});

it('a candidate of a truncated index is compared before it is shown', async () => {
  const other = await registerCase(app, worker);
  await app.database.ask(
    `update hien.blind_index b set value = (select value from hien.blind_index where case_id = $1 and purpose = 'search' and field = b.field limit 1)
      where b.case_id = $2 and b.purpose = 'search' and exists (select 1 from hien.blind_index s where s.case_id = $1 and s.purpose = 'search' and s.field = b.field)`,
    [made.id, other.id],
  );
  expect(await find({ phone: '0905111222' })).toEqual([made.id]);
});

it.each([
  [{}, 'code'],
  [{ fullName: name }, 'birthYear'],
  [{ birthYear: 1991 }, 'fullName'],
])('a search by %j names the field that is missing', async (criteria, path) => {
  const { problem } = await worker.post('/api/cases/search', criteria);
  expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path, code: 'REQUIRED' }] });
});
