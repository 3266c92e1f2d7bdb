import { expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import type { HeatMap } from '../../server/audit/overview.contract.ts';
import {
  accountOf,
  aCaseWorker,
  auditor,
  policeDesk,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOf } from '../support/log-book.ts';
import { openCase, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const outsider = await stranger(app);
const reviewer = await auditor(app);
await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf('chau.ubnd.sontra').staffId]);
const wardReviewer = await signIn(app, 'chau.ubnd.sontra');

/** Monday 01:15 in Viet Nam is still Sunday in Greenwich. */
const NIGHT = '2026-11-02T01:15:00+07:00';
const STRETCH = `from=${encodeURIComponent('2026-11-01T00:00:00+07:00')}&to=${encodeURIComponent('2026-11-08T00:00:00+07:00')}`;
const MONDAY = 0;

/** Three looks of the worker and one of the outsider, in the night. */
app.clock.set(NIGHT);
const { id } = await registerCase(app, worker);
await openCase(worker, id);
await openCase(worker, id);
await registerCase(app, outsider);
app.clock.set(new Date().toISOString());

async function heat(who: Person, query = STRETCH): Promise<HeatMap> {
  const reply = await who.get<HeatMap>(`/api/audit/heat?${query}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}

it('deeds are counted at the hour and weekday of Viet Nam, and nowhere else', async () => {
  const { rows, total } = await heat(reviewer);
  expect(rows[MONDAY]?.[1]).toBe(4);
  expect(total).toBe(4);
  expect(rows.flat().filter((count) => count > 0)).toEqual([4]);
  expect(rows.map((row) => row.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
});

it('one agency can be looked at by itself', async () => {
  expect((await heat(reviewer, `${STRETCH}&agency=${worker.agencyId}`)).total).toBe(3);
  expect((await heat(reviewer, `${STRETCH}&agency=${outsider.agencyId}`)).total).toBe(1);
});

it('an auditor of a ward counts the deeds of that ward only, whatever agency is asked for', async () => {
  expect((await heat(wardReviewer)).total).toBe(3);
  expect((await heat(wardReviewer, `${STRETCH}&agency=${outsider.agencyId}`)).total).toBe(0);
});

it('the cell leads to its lines: the log is filtered by weekday and hour', async () => {
  const of = async (query: string) =>
    (await reviewer.get<{ items: AuditLine[] }>(`/api/audit/events?${STRETCH}&${query}`)).body.items.length;
  expect(await of('weekday=1&hour=1')).toBe(4);
  expect(await of('weekday=1&hour=2')).toBe(0);
  expect(await of('weekday=7&hour=1')).toBe(0);
});

it('who read a case is asked without its other deeds', async () => {
  const found = await reviewer.get<{ items: AuditLine[] }>(`/api/audit/events?${STRETCH}&case=${id}&reads=true`);
  expect(found.body.items.map((line) => line.action)).toEqual(['case.open', 'case.open']);
});

it('the look is itself an event', async () => {
  const [event] = await eventsOf(app, () => heat(reviewer));
  expect(event).toMatchObject({ action: 'audit.heat', actor: reviewer.staffId, purpose: 'review', count: 4 });
});

it.each(['', 'from=2026-11-01T00:00:00Z', 'from=2026-11-01T00:00:00Z&to=2026-11-01T00:00:00Z', `${STRETCH}&agency=x`])(
  'a stretch ?%s is refused',
  async (query) => {
    expect((await reviewer.get(`/api/audit/heat?${query}`)).problem.code).toBe('VALIDATION_FAILED');
  },
);

it('a stretch of more than a year is refused', async () => {
  const long = 'from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z';
  for (const path of ['heat', 'outliers'])
    expect((await reviewer.get(`/api/audit/${path}?${long}`)).problem.code).toBe('VALIDATION_FAILED');
});

it('nobody else sees it', async () => {
  for (const other of [worker, outsider, await supervisor(app), await policeDesk(app)])
    expect((await other.get(`/api/audit/heat?${STRETCH}`)).problem.code).toBe('NOT_ALLOWED');
});
