import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { aDatabase } from '../../support/database.ts';
import { requireSoundLog } from './audited-tree.ts';
import { aFolder, isAllSealed, leavesOf, running, settledOrder, stepping, until, writeEvents } from './stage.ts';

const database = await aDatabase();
const steps = await stepping(database, await aFolder());
const late = new pg.Client({ connectionString: database.ownerUrl });
await late.connect();
afterAll(async () => {
  await late.end();
  await database.drop();
});
const lateAsk = {
  ask: async <T>(sql: string, values: readonly unknown[] = []) => (await late.query(sql, [...values])).rows as T[],
};

async function sealedIds(): Promise<string[]> {
  return (await leavesOf(database)).map((leaf) => leaf.id);
}

it('events become leaves in the order of their transactions', async () => {
  for (let round = 0; round < 5; round += 1) await writeEvents(database, 3);
  expect(await steps.seal(15)).toBe(15);
  expect(await sealedIds()).toEqual(await settledOrder(database));
  expect(await steps.pass()).toBe(0);
  await requireSoundLog(database);
});

it('an event that commits late is not lost, and nothing overtakes it that began after it', async () => {
  const before = await writeEvents(database, 2);
  await late.query('begin');
  const held = await writeEvents(lateAsk, 2);
  const after = await writeEvents(database, 2);
  expect(await steps.seal(2)).toBe(2);
  expect(await sealedIds()).toEqual(expect.arrayContaining(before));
  expect(await steps.pass()).toBe(0);
  await late.query('commit');
  const last = await writeEvents(database, 1);
  expect(await steps.seal(5)).toBe(5);
  const ids = await sealedIds();
  expect(ids).toEqual(await settledOrder(database));
  expect(new Set(ids.slice(-5, -3))).toEqual(new Set(held));
  expect(ids.slice(-3)).toEqual([...after.toSorted(), ...last]);
  await requireSoundLog(database);
});

it('a transaction that is rolled back holds nothing up once it has ended, and leaves nothing', async () => {
  await late.query('begin');
  const dropped = await writeEvents(lateAsk, 1);
  await writeEvents(database, 1);
  expect(await steps.pass()).toBe(0);
  await late.query('rollback');
  expect(await steps.seal(1)).toBe(1);
  expect(await sealedIds()).not.toContain(dropped[0]);
});

it('what a pass forgot, one from the beginning finds: nothing rests on what the process remembers', async () => {
  // An event of an earlier transaction id appears, as no running system would make one.
  await database.ask(
    `insert into hien.audit_event (id, recorded_at, occurred_at, epoch, xid, action, outcome, event)
     values (gen_random_uuid(), now(), now(), 1, '3', 'case.open', 'done', '{}')`,
  );
  expect(await steps.pass()).toBe(0);
  steps.forget();
  expect(await steps.seal(1)).toBe(1);
  await requireSoundLog(database);
});

it('more events than fit into one batch come in one after the other, with tiles of every level', async () => {
  await writeEvents(database, 5_000);
  expect(await steps.seal(5_000)).toBe(5_000);
  const { leaves } = await requireSoundLog(database);
  const tiles = await database.ask<{ level: number; tiles: number; hashes: number }>(
    'select level, count(*)::int as tiles, sum(width)::int as hashes from hien.audit_tile group by level order by level',
  );
  const full = Math.floor(leaves / 256);
  expect(tiles).toEqual([
    { level: 0, tiles: Math.ceil(leaves / 256), hashes: leaves },
    { level: 1, tiles: 1, hashes: full },
  ]);
});

it('two processes seal each event once, also when the leading one loses its connection again and again', async () => {
  const folder = await aFolder();
  const shared = await aDatabase();
  const both = [running(shared, folder), running(shared, folder)];
  const leads = new Set<number>();
  for (let round = 0; round < 12; round += 1) {
    await Promise.all([writeEvents(shared, 20), writeEvents(shared, 20)]);
    // One that lost its connection believes that it leads until its next step; the lock is what decides.
    await until(async () => both.filter((each) => each.isLeading()).length === 1);
    leads.add(both.findIndex((each) => each.isLeading()));
    if (round % 2 === 0) await until(() => isAllSealed(shared));
    else
      await shared.ask(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = $1)`,
        [shared.name],
      );
  }
  await until(() => isAllSealed(shared));
  await Promise.all(both.map((each) => each.stop()));
  // Who has just taken the lead may have been stopped between its heartbeat and the sealing of it.
  const last = await stepping(shared, folder);
  await until(async () => (await last.pass()) === 0 && (await isAllSealed(shared)));
  const { leaves, checkpoints } = await requireSoundLog(shared);
  expect(leaves).toBeGreaterThanOrEqual(480);
  process.stdout.write(`two sequencers: ${leaves} leaves, ${checkpoints} checkpoints, led by ${leads.size}\n`);
  await shared.drop();
});
