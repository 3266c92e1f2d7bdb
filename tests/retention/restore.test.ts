import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DumpError } from '../../server/retention/dump-error.ts';
import { restoreDump } from '../../server/retention/index.ts';
import { MANIFEST, type Manifest } from '../../server/retention/manifest.ts';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { anEmptyDatabase, type TestDatabase } from '../support/database.ts';
import { registerCase, sendReferral } from '../support/seed.ts';
import { aFolder, aPlainOwner, command, placeIn } from './stage.ts';

// Commands are processes of their own, and take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp();
const folder = await aFolder();
const owner = await aPlainOwner(app);
const worker = await aCaseWorker(app);
await sendReferral(app, worker);
const dumped = await command(owner.urlOf(app.database), 'data-dump', {
  args: [join(folder, 'data'), '--keys', join(folder, 'keys')],
});
const good = { data: placeIn(dumped, 'data'), keys: placeIn(dumped, 'keys') };

let target: TestDatabase;
beforeAll(async () => {
  target = await anEmptyDatabase();
});
afterAll(() => target.drop());

let copies = 0;
/** A copy of a dump, changed. */
async function spoilt(part: 'data' | 'keys', spoil: (place: string) => Promise<unknown>): Promise<string> {
  const place = join(folder, `${part}-spoilt-${(copies += 1)}`);
  await cp(good[part], place, { recursive: true });
  await spoil(place);
  return place;
}

function rewritten(change: (manifest: Manifest) => Partial<Manifest>) {
  return async (place: string): Promise<void> => {
    const file = join(place, MANIFEST);
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
    await writeFile(file, JSON.stringify({ ...manifest, ...change(manifest) }));
  };
}

async function contentOf(database: TestDatabase): Promise<unknown[]> {
  return database.ask(
    `select (select count(*) from hien.staff) as staff, (select count(*) from hien.case_file) as cases, (select count(*) from hien.area) as areas,
       (select count(*) from hien.code) as codes, (select count(*) from hien.audit_event) as events, (select id from hien.installation) as id,
       (select tgenabled::text from pg_trigger where tgname = 'referral_step') as guard`,
  );
}

async function expectRefused(given: { data?: string; keys?: string }, words: RegExp): Promise<void> {
  const before = await contentOf(target);
  const { data, keys } = { ...good, ...given };
  const order = { ownerUrl: owner.urlOf(target), dataFolder: data, keysFolder: keys, onRows: () => {} };
  await expect(restoreDump(order)).rejects.toThrow(words);
  await expect(restoreDump(order)).rejects.toBeInstanceOf(DumpError);
  expect(await contentOf(target)).toEqual(before);
}

describe('a restore refuses, and writes nothing', () => {
  it.each(['sealed_document', 'case_file', 'audit_event'])('a dump whose %s was cut short', async (name) => {
    const data = await spoilt('data', (place) => truncate(join(place, `${name}.copy`), 100));
    await expectRefused({ data }, /cut short/);
  });

  it('a file with one changed letter, and a missing one', async () => {
    const changed = await spoilt('keys', async (place) => {
      const file = join(place, 'access_grant.copy');
      const bytes = await readFile(file);
      bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
      await writeFile(file, bytes);
    });
    await expectRefused({ keys: changed }, /access_grant\.copy.*altered/s);
    await expectRefused({ keys: await spoilt('keys', (place) => rm(join(place, 'data_key.copy'))) }, /data_key/);
  });

  it('a dump without its manifest, with half of it, or with files left out of it', async () => {
    await expectRefused({ data: await spoilt('data', (place) => rm(join(place, MANIFEST))) }, /not a complete dump/);
    await expectRefused(
      { data: await spoilt('data', (place) => truncate(join(place, MANIFEST), 300)) },
      /not a complete dump/,
    );
    const fewer = rewritten(({ files }) => ({ files: files.filter((file) => file.name !== 'audit_event') }));
    await expectRefused({ data: await spoilt('data', fewer) }, /different releases/);
  });

  it('a file that names more rows than it holds', async () => {
    const more = rewritten(({ files }) => ({
      files: files.map((file) => (file.name === 'consent' ? { ...file, rows: file.rows + 1 } : file)),
    }));
    await expectRefused({ data: await spoilt('data', more) }, /consent\.copy/);
  });

  it('the two in the wrong order, and no dump at all', async () => {
    await expectRefused({ data: good.keys, keys: good.data }, /data first/);
    await expectRefused({ keys: good.data }, /data first/);
    await expectRefused({ data: folder }, /not a complete dump/);
    expect((await command(owner.urlOf(target), 'data-restore', { args: [good.data] })).err).toContain('Usage');
  });

  it('keys of another installation, keys older than the data, and another release', async () => {
    const strange = rewritten(() => ({ installation: '0197c1c8-0280-7a00-8a00-000000000099' }));
    await expectRefused({ keys: await spoilt('keys', strange) }, /different installations/);
    const older = rewritten(() => ({ takenAt: '2026-01-01T00:00:00.000Z', snapshot: '' }));
    await expectRefused({ keys: await spoilt('keys', older) }, /older/);
    const release = rewritten(({ migrations }) => ({ migrations: migrations.slice(0, -1) }));
    await expectRefused({ data: await spoilt('data', release) }, /different releases/);
  });

  it('a database that holds people or cases already', async () => {
    const cases = await app.database.ask('select id from hien.case_file order by id');
    const ran = await command(owner.urlOf(app.database), 'data-restore', { args: [good.data, good.keys] });
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('a new one only') });
    // One clear sentence in each language, no trace of the program.
    expect(ran.err).not.toMatch(/\bat .*\.ts:\d+/);
    expect(await app.database.ask('select id from hien.case_file order by id')).toEqual(cases);
  });
});

it('younger keys fit older data: what the data does not know is left out, everything else is there', async () => {
  const later = await registerCase(app, worker);
  const ran = await command(owner.urlOf(app.database), 'keys-dump', { args: [join(folder, 'keys')] });
  const restored = await command(owner.urlOf(target), 'data-restore', { args: [good.data, placeIn(ran, 'keys')] });
  expect(restored, restored.err).toMatchObject({ code: 0 });
  expect(restored.out).toMatch(/Left out [1-9]\d* rows/);
  const grants = 'select case_id from hien.access_grant order by id';
  const known = (await app.database.ask<{ case_id: string }>(grants)).filter((row) => row.case_id !== later.id);
  expect(await target.ask(grants)).toEqual(known);
  const [facts] = await target.ask('select audit_epoch from hien.installation');
  expect(facts).toEqual({ audit_epoch: 2 });
  const [guard] = await target.ask(`select tgenabled::text as guard from pg_trigger where tgname = 'referral_step'`);
  expect(guard).toEqual({ guard: 'O' });
  const [event] = await target.ask(`select action, epoch from hien.audit_event where action = 'retention.restore'`);
  expect(event).toMatchObject({ action: 'retention.restore' });
});
