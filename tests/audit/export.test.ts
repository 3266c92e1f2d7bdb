import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { EventV1 } from '../../server/audit/event.rules.ts';
import { run } from '../commands/run.ts';
import { asSuperuser, aSealedDatabase, addEvents, scratch, verified } from './sealed-database.ts';
import { vkeyOf } from '../../server/audit/log-key.ts';
import { logKey } from './sequencer/stage.ts';
import { anEvent, bytesOf } from './verifier/some-events.ts';

const SIZE = 1100;
const made = Array.from({ length: SIZE }, (_, nth) => anEvent(nth));
const sealed = await aSealedDatabase();
await addEvents(sealed.database, made.slice(0, 600), bytesOf);
await sealed.seal(600);
const earlier = (await sealed.export()).checkpoint;
await addEvents(sealed.database, made.slice(600), bytesOf);
await sealed.seal(SIZE - 600);
const { place: folder, remove } = await scratch();
afterAll(async () => {
  await remove();
  await sealed.database.drop();
});

const env = { DATABASE_URL: sealed.database.urls.app, DATABASE_OWNER_URL: sealed.database.ownerUrl };

function exporting(...args: string[]) {
  return run('commands/audit-export.command', { args, env: { ...env, HIEN_DATA: folder } });
}

function verifying(place: string, origin: string, ...args: string[]) {
  return run('audit/verifier/verify.command', { args: [place, '--vkey', vkeyOf(logKey(), origin), ...args] });
}

async function filesIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .map((each) => path.relative(place, path.join(each.parentPath, each.name)));
}

async function exportEvents(): Promise<EventV1[]> {
  const rows = await sealed.database.ask<{ event: Buffer }>(
    "select event from hien.audit_event where action = 'audit.export' order by recorded_at",
  );
  return rows.map(({ event }) => JSON.parse(event.toString()) as EventV1);
}

it('the command exports the whole log, leaves its record, and what it wrote holds before the verifier', async () => {
  const place = path.join(folder, 'whole');
  const { code, out } = await exporting(place);
  expect(out).toContain('1100 sự kiện / events');
  expect(code).toBe(0);
  const { origin } = JSON.parse(await readFile(path.join(place, 'export.json'), 'utf8')) as { origin: string };
  const checked = await verifying(place, origin);
  expect(checked.out).toContain('Entries verified: 0…1099');
  expect(checked.code).toBe(0);
  expect((await exportEvents()).at(-1)).toMatchObject({
    actor: 'system:audit-export',
    count: 1100,
    fields: ['from:0', 'to:1100', 'size:1100'],
  });
  expect(await readFile(path.join(place, 'README.txt'), 'utf8')).toContain('npm run audit:verify');
});

it('nobody but its owner can read an export', async () => {
  const place = path.join(folder, 'whole');
  for (const file of await filesIn(place)) expect((await stat(path.join(place, file))).mode & 0o777, file).toBe(0o600);
});

it('a part by time holds the entries of that time, the way to the root, and no others', async () => {
  const part = await sealed.export({
    from: new Date(String(made[300]?.recorded)),
    to: new Date(String(made[500]?.recorded)),
  });
  expect(part.span).toEqual({ first: 256, end: 512 });
  expect(verified(part)).toEqual({ codes: [], first: null, entries: { from: 256, to: 512 } });
  const bundles = (await filesIn(part.place)).filter((file) => file.startsWith('tile/entries'));
  expect(bundles).toEqual(['tile/entries/001']);
});

it('a time in which nothing happened is an export without entries, and says so truthfully', async () => {
  const none = await sealed.export({ from: new Date('2001-01-01'), to: new Date('2001-02-01') });
  expect(none.span).toEqual({ first: 0, end: 0 });
  expect(verified(none)).toEqual({ codes: [], first: null, entries: { from: 0, to: 0 } });
});

it('what came after an older checkpoint is exported so that it can be held against that checkpoint', async () => {
  const known = path.join(folder, 'older');
  await writeFile(known, earlier);
  const place = path.join(folder, 'after');
  expect((await exporting('--after', known, place)).code).toBe(0);
  const { origin, first } = JSON.parse(await readFile(path.join(place, 'export.json'), 'utf8')) as {
    origin: string;
    first: number;
  };
  expect(first).toBe(512);
  const checked = await verifying(place, origin, '--known', known);
  expect(checked.out).toContain('Entries verified: 512…1099');
  expect(checked.code).toBe(0);
});

it('a look-up column that was bent is told by the command, which exports all the same', async () => {
  const bend = (action: string) =>
    asSuperuser(sealed.database.ownerUrl, (client) =>
      client.query(
        `set session_replication_role = replica; update hien.audit_event set action = '${action}' where id = '${made[7]?.id}'`,
      ),
    );
  await bend('case.list');
  const place = path.join(folder, 'bent');
  const { code, out } = await exporting(place);
  await bend(String(made[7]?.action));
  expect(out).toContain('✗ 7: action');
  expect(code).toBe(1);
  expect(await filesIn(place)).toContain('checkpoint');
});

it('a folder that holds something is left alone, and nonsense is refused, without a record', async () => {
  const before = (await exportEvents()).length;
  expect((await exporting(path.join(folder, 'whole'))).err).toContain('the folder must be empty');
  const fresh = path.join(folder, 'fresh');
  for (const args of [
    [],
    [fresh, fresh],
    ['--from', 'yesterday', fresh],
    ['--to', '2026-13-01', fresh],
    ['--after', fresh, fresh],
  ])
    expect((await exporting(...args)).code, args.join(' ')).toBe(2);
  expect((await exportEvents()).length).toBe(before);
});
