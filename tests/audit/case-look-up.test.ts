import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { migrate } from '../../server/db/migrate.ts';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import { aCaseWorker, auditor, stranger, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aDatabase } from '../support/database.ts';
import { eventAt } from '../support/old-months.ts';
import { registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const reviewer = await auditor(app);

/** Borders of days and months of the log (UTC) and of days in Viet Nam, a leap day, and two of the same moment. */
const TIMES = [
  '2020-02-28T23:59:59.999Z',
  '2020-02-29T00:00:00.000Z',
  '2020-02-29T17:00:00.000Z',
  '2020-03-01T00:00:00.000Z',
  '2020-03-01T00:00:00.000Z',
  '2020-12-31T23:59:59.999Z',
  '2021-01-01T00:00:00.000Z',
  '2024-06-15T12:00:00.000Z',
];
const { id: caseId } = await registerCase(app, worker);
await app.database.ask(`select hien.make_audit_month('2020-02-01'), hien.make_audit_month('2024-06-01')`);
const ids: string[] = [];
for (const time of TIMES) ids.push(await eventAt(app, { time, caseId, by: worker }));

type Found = { items: AuditLine[]; nextCursor: string | null };

async function pagesOf(who: Person, query: string): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const reply = await who.get<Found>(`/api/audit/events?case=${caseId}&action=case.open&limit=2${query}${more}`);
    expect(reply.status, reply.text).toBe(200);
    seen.push(...reply.body.items.map(({ id }) => id));
    cursor = reply.body.nextCursor;
  }
  return seen;
}

it('what was done on a case over years is found newest first, page after page, however the days fall', async () => {
  const newestFirst = [...ids].sort().toSorted((a, b) => timeOf(b).localeCompare(timeOf(a)) || b.localeCompare(a));
  expect(await pagesOf(reviewer, '')).toEqual(newestFirst);
});

function timeOf(id: string): string {
  return TIMES[ids.indexOf(id)] ?? '';
}

it.each([
  ['2020-02-29T00:00:00.000Z', '2020-03-01T00:00:00.000Z', [1, 2]],
  ['2020-03-01T00:00:00.000Z', '2020-04-01T00:00:00.000Z', [3, 4]],
  ['2020-12-31T17:00:00.000Z', '2021-01-31T17:00:00.000Z', [5, 6]],
  ['2021-01-01T00:00:00.001Z', '2024-06-15T12:00:00.000Z', []],
])('who read the case from %s until %s is found, and nobody else', async (from, to, nths) => {
  const found = await pagesOf(reviewer, `&from=${from}&to=${to}`);
  expect(found.toSorted()).toEqual(nths.map((nth) => ids[nth]).toSorted());
});

it('its own team sees the same, and a stranger sees nothing', async () => {
  const path = `/api/cases/${caseId}/accesses`;
  const { body } = await worker.get<{ items: { at: string }[] }>(path);
  expect(body.items.length).toBeGreaterThanOrEqual(ids.length + 1);
  expect((await (await stranger(app)).get(path)).status).toBe(404);
});

it('an open case shows what was done for it, newest first, however much it was looked at since, and however long ago', async () => {
  const done: string[] = [];
  for (const [nth, action] of ['case.change', 'referral.dispatch'].entries())
    done.push(await eventAt(app, { time: `2020-02-29T0${nth + 1}:00:00.000Z`, caseId, by: worker, action }));
  for (const action of ['case.list', 'referral.open'])
    await eventAt(app, { time: '2024-06-15T13:00:00.000Z', caseId, by: worker, action });
  const { body } = await worker.get<{ timeline: { action: string }[] }>(`/api/cases/${caseId}`);
  expect(body.timeline.map(({ action }) => action)).toEqual(['case.register', 'referral.dispatch', 'case.change']);
  const shown = await app.database.ask<{ id: string }>(
    'select event_id as id from hien.audit_event_case where is_deed and case_id = $1 order by recorded_at desc',
    [caseId],
  );
  expect(shown.slice(-2).map(({ id }) => id)).toEqual(done.toReversed());
});

it('a log of an earlier release is carried over with all that it showed', async () => {
  const database = await aDatabase('template0');
  try {
    await database.ask(
      `create table public.hien_migration (name text primary key, applied_at timestamptz not null default now())`,
    );
    const folder = new URL('../../migrations/', import.meta.url);
    const names = (await readdir(folder)).toSorted().filter((name) => name < '0024');
    for (const name of names) {
      await database.ask(await readFile(new URL(name, folder), 'utf8'));
      await database.ask('insert into public.hien_migration (name) values ($1)', [name]);
    }
    await database.ask(
      `set role hien_owner; select hien.make_audit_month('2020-02-01'), hien.make_audit_partitions(1); reset role`,
    );
    const older = { database };
    for (const time of TIMES) await eventAt(older, { time, caseId, by: worker, isOlder: true });
    const deed = { time: '2020-02-29T12:00:00.000Z', caseId, by: worker, action: 'case.change', isOlder: true };
    const changed = await eventAt(older, deed);
    const rows = 'select case_id, event_id, recorded_at from hien.audit_event_case order by recorded_at, event_id';
    const before = await database.ask(rows);
    await migrate(database.ownerUrl);
    expect(await database.ask(rows)).toEqual(before);
    const days = await database.ask<{ day: string }>(
      'select recorded_on::text as day from hien.audit_event_case order by recorded_at, event_id',
    );
    expect(days.map(({ day }) => day)).toEqual([...TIMES, deed.time].toSorted().map((time) => time.slice(0, 10)));
    const deeds = 'select event_id as id from hien.audit_event_case where is_deed';
    expect(await database.ask(deeds)).toEqual([{ id: changed }]);
    const [{ key } = { key: '' }] = await database.ask<{ key: string }>(
      `select pg_get_constraintdef(oid) as key from pg_constraint where conname = 'audit_event_case_2020_02_pkey'`,
    );
    expect(key).toBe('PRIMARY KEY (recorded_on, case_id, recorded_at, event_id)');
  } finally {
    await database.drop();
  }
});
