import { readdir } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { accountOf, aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOfMonth, isAllSealed, rootsOf } from '../support/old-months.ts';
import { killAt, start } from './killing.ts';
import { aFolder, aPlainOwner, command } from './stage.ts';

// Commands are processes of their own, and take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp({ sequences: true });
const folder = await aFolder();
const ownerUrl = (await aPlainOwner(app)).urlOf(app.database);
await eventsOfMonth(app, '2015-03', { count: 20, by: await aCaseWorker(app) });
await vi.waitFor(async () => expect(await isAllSealed(app)).toBe(true), { timeout: 60_000 });

it('an archiving that is killed half-way has moved nothing, wherever it was; the next one moves everything', async () => {
  const step = (username: string, args: string[]) => ({
    args: ['--month', '2015-03', '--as', username, '--to', folder, ...args],
    input: `${accountOf(username).password}\n`,
  });
  expect(await command(ownerUrl, 'audit-archive', step('nguyet.snv', []))).toMatchObject({ code: 0 });
  const confirming = step('thanh.vanhanh', ['--confirm']);
  const count = `select (select count(*)::int from hien.audit_event where recorded_at < '2016-01-01') as events,
    (select count(*)::int from hien.audit_event_case where recorded_at < '2016-01-01') as cases`;
  // While it waits to take the first partition, the second, and to leave its certificate: then nothing is committed.
  for (const table of ['audit_event_case_2015_03', 'audit_event_2015_03', 'log_archive']) {
    await killAt(app.database, table, () => start(ownerUrl, 'audit-archive', confirming));
    expect(await app.database.ask(count), table).toEqual([{ events: 20, cases: 20 }]);
    expect(await app.database.ask('select 1 from hien.log_archive'), table).toEqual([]);
  }
  const done = await command(ownerUrl, 'audit-archive', confirming);
  expect(done, done.err).toMatchObject({ code: 0 });
  expect(await app.database.ask(count)).toEqual([{ events: 0, cases: 0 }]);
  expect((await readdir(folder)).toSorted()).toEqual(['archive-2015-03.json', 'archive-2015-03.txt', 'audit-2015-03']);
  const roots = await rootsOf(app);
  expect(roots.ofTiles).toBe(roots.signed);
});
