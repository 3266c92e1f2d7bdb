import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signHead } from '../../../server/audit/log-key.ts';
import { recheckTree } from '../../../server/audit/sequencer/recheck-tree.ts';
import { RefusedToSign } from '../../../server/audit/sequencer/refusal.ts';
import { leafHash } from '../../../server/audit/tlog/merkle.ts';
import { aDatabase, type TestDatabase } from '../../support/database.ts';
import { requireSoundLog } from './audited-tree.ts';
import { aFolder, logKey, stepping, until, writeEvents, type Stepping } from './stage.ts';

let database: TestDatabase;
let folder: string;
let steps: Stepping;

beforeEach(async () => {
  database = await aDatabase();
  folder = await aFolder();
  steps = await stepping(database, folder);
});
afterEach(() => database.drop());

/** What a superuser can do: the guards switched off, and on again. */
async function tamper(table: string, sql: string): Promise<void> {
  await database.ask(`alter table hien.${table} disable trigger user`);
  await database.ask(sql);
  await database.ask(`alter table hien.${table} enable trigger user`);
}

async function grown(count = 20): Promise<void> {
  await writeEvents(database, count);
  await steps.seal(count);
}

/** Another database of the same installation, as a restored backup would be, that works with what this one kept. */
async function restoredBeside(count: number, run: (other: Stepping, on: TestDatabase) => Promise<void>): Promise<void> {
  const other = await aDatabase();
  const place = await aFolder();
  await copyFile(join(folder, 'checkpoint'), join(place, 'checkpoint'));
  const stepper = await stepping(other, place);
  await writeEvents(other, count);
  await run(stepper, other).finally(() => other.drop());
}

it('a database that is older than what was signed is not signed, while events go on being written', async () => {
  await grown(20);
  await restoredBeside(7, async (other, on) => {
    expect(await other.refusal()).toBe('DATABASE_OLDER');
    await writeEvents(on, 3);
    expect(await other.refusal()).toBe('DATABASE_OLDER');
    expect(await on.ask('select 1 from hien.audit_leaf union all select 1 from hien.audit_checkpoint')).toEqual([]);
  });
});

it('a database that went another way is not signed either', async () => {
  await grown(20);
  // Until its own events are settled it is merely older: another test's transaction may hold them up for a moment.
  await restoredBeside(30, (other) => until(async () => (await other.refusal()) === 'TREE_INCONSISTENT'));
});

it('a tree whose right edge was changed is not continued', async () => {
  await grown(20);
  await tamper('audit_tile', `update hien.audit_tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)`);
  await writeEvents(database, 1);
  expect(await steps.refusal()).toBe('TREE_INCONSISTENT');
  await tamper('audit_tile', `update hien.audit_tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)`);
  expect(await steps.refusal()).toBe('sealed 1');
});

it('leaves and tiles that were taken away are missed', async () => {
  await grown(20);
  await tamper('audit_leaf', 'delete from hien.audit_leaf where leaf_index >= 15');
  await writeEvents(database, 1);
  expect(await steps.refusal()).toBe('DATABASE_OLDER');
  // The events are there still: looked at from the beginning, they make the same tree again.
  steps.forget();
  expect(await steps.refusal()).toBe('sealed 6');
  await requireSoundLog(database);
  await tamper('audit_tile', 'delete from hien.audit_tile');
  await writeEvents(database, 1);
  expect(await steps.refusal()).toBe('TREE_INCONSISTENT');
});

it('a change in the middle of the tree is found when that part comes round, leaf or tile', async () => {
  await grown(1_400);
  const all = async (): Promise<string> => {
    try {
      let next = await recheckTree(steps.run, 0);
      next = await recheckTree(steps.run, next);
      return `sound to ${next}`;
    } catch (error) {
      return error instanceof RefusedToSign ? error.reason : Promise.reject(error);
    }
  };
  expect(await all()).toBe('sound to 6');
  const flips = [
    ['audit_leaf', 'update hien.audit_leaf set leaf_hash = sha256(leaf_hash) where leaf_index = 700'],
    ['audit_leaf', 'delete from hien.audit_leaf where leaf_index = 1300'],
    [
      'audit_tile',
      `update hien.audit_tile set hashes = set_byte(hashes, 31, get_byte(hashes, 31) # 128) where level = 0 and tile_index = 2`,
    ],
    [
      'audit_tile',
      `update hien.audit_tile set hashes = set_byte(hashes, 64, get_byte(hashes, 64) # 1) where level = 1`,
    ],
  ] as const;
  for (const [table, sql] of flips) {
    await database.ask(`create table copy as table hien.${table}`);
    await tamper(table, sql);
    expect(await all(), sql).toBe('TREE_INCONSISTENT');
    await tamper(table, `delete from hien.${table}`);
    await database.ask(`insert into hien.${table} table copy`);
    await database.ask('drop table copy');
    expect(await all(), `undone: ${sql}`).toBe('sound to 6');
  }
});

it('what is kept is taken only if this log’s key has signed it', async () => {
  await grown();
  const good = await readFile(join(folder, 'checkpoint'), 'utf8');
  await writeEvents(database, 1);
  for (const bad of [good.replace('\n20\n', '\n19\n'), 'no checkpoint', '', good.slice(0, -10)]) {
    await writeFile(join(folder, 'checkpoint'), bad);
    expect(await steps.refusal(), bad).toBe('CHECKPOINT_UNKNOWN');
  }
  const other = signHead(logKey(), 'log.example/another', { size: 20, root: leafHash(Buffer.alloc(0)) });
  await writeFile(join(folder, 'checkpoint'), other);
  expect(await steps.refusal()).toBe('ORIGIN_CHANGED');
  await writeFile(join(folder, 'checkpoint'), good);
  expect(await steps.refusal()).toBe('sealed 1');
});

it('a stored head that this log’s key has not signed, or that is not of this tree, is no head', async () => {
  await grown();
  const row = (await database.ask<{ note: string }>('select note from hien.audit_checkpoint'))[0];
  const root = leafHash(Buffer.alloc(0));
  const [, origin = ''] = /^(.*)\n/.exec(row?.note ?? '') ?? [];
  await database.ask(
    `insert into hien.audit_checkpoint select 22, root, replace(note, e'\\n20\\n', e'\\n22\\n'), signed_at from hien.audit_checkpoint`,
  );
  await writeEvents(database, 5);
  expect(await steps.refusal()).toBe('CHECKPOINT_UNKNOWN');
  await tamper('audit_checkpoint', 'delete from hien.audit_checkpoint where size = 22');
  await database.ask('insert into hien.audit_checkpoint values (22, $1, $2, now())', [
    root,
    signHead(logKey(), origin, { size: 22, root }),
  ]);
  expect(await steps.refusal()).toBe('TREE_INCONSISTENT');
});

it('a lost file is made again from what is stored; in a restored database somebody has to say what was signed', async () => {
  await grown();
  await mkdir(join(folder, 'gone'));
  const again = await stepping(database, join(folder, 'gone'));
  expect(await again.pass()).toBe(0);
  expect(await readFile(join(folder, 'gone', 'checkpoint'), 'utf8')).toBe(
    await readFile(join(folder, 'checkpoint'), 'utf8'),
  );
  await database.ask('update hien.installation set audit_epoch = audit_epoch + 1');
  const elsewhere = await stepping(database, await aFolder());
  await writeEvents(database, 2);
  expect(await elsewhere.refusal()).toBe('CHECKPOINT_MISSING');
  // With the file of the old machine it goes on.
  expect(await steps.seal(2)).toBe(2);
  await requireSoundLog(database);
});
