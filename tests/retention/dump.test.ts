import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, inject, it, vi } from 'vitest';
import { DUMP_FILES, NOT_DUMPED, undecidedTables } from '../../server/retention/dump.rules.ts';
import type { Manifest } from '../../server/retention/manifest.ts';
import { aCaseWorker, policeDesk, policeOfficer } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aTraffickingCase } from '../support/bodies.ts';
import { anEmptyDatabase } from '../support/database.ts';
import { eventsOf } from '../support/log-book.ts';
import { plantedWords, scannerFor } from '../support/canary.ts';
import { acceptReferral, openCase, openReferral, registerCase, sendReferral } from '../support/seed.ts';
import { aFolder, aPlainOwner, command, placeIn } from './stage.ts';

// Commands are processes of their own, and take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const app = await startApp();
const folder = await aFolder();
const owner = await aPlainOwner(app);
const ownerUrl = owner.urlOf(app.database);
const [worker, desk, officer] = [await aCaseWorker(app), await policeDesk(app), await policeOfficer(app)];
const sent = await sendReferral(app, worker);
await acceptReferral(desk, sent.referralId, officer);
const other = await registerCase(app, worker, aTraffickingCase(app.clock));

const dumped = await command(ownerUrl, 'data-dump', { args: [join(folder, 'data'), '--keys', join(folder, 'keys')] });
const places = { data: placeIn(dumped, 'data'), keys: placeIn(dumped, 'keys') };

async function manifestOf(part: 'data' | 'keys'): Promise<Manifest> {
  return JSON.parse(await readFile(join(places[part], 'manifest.json'), 'utf8')) as Manifest;
}

it('every table of the schema is decided about: data, keys or neither', async () => {
  const rows = await app.database.ask<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'hien' and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  const names = rows.map(({ name }) => name);
  expect(undecidedTables(names)).toEqual([]);
  for (const table of [...DUMP_FILES.map((file) => file.table), ...Object.keys(NOT_DUMPED)])
    expect(names).toContain(table);
});

it('a table that nobody has decided about stops the dump before it begins', async () => {
  await app.database.ask('create table hien.something_new (id int)');
  const ran = await command(ownerUrl, 'data-dump', { args: [join(folder, 'stopped')] });
  await app.database.ask('drop table hien.something_new');
  expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('something_new') });
  await expect(access(join(folder, 'stopped'))).rejects.toThrow();
});

it('both dumps are of one snapshot; each file holds the rows and bytes that its manifest names', async () => {
  const manifests = [await manifestOf('data'), await manifestOf('keys')];
  expect(manifests[0]?.snapshot).toMatch(/^[0-9A-F-]+$/);
  expect(manifests[0]?.snapshot).toBe(manifests[1]?.snapshot);
  for (const { part, files } of manifests)
    for (const { name, table, rows, bytes, sha256 } of files) {
      const content = await readFile(join(places[part], `${name}.copy`));
      expect([content.length, createHash('sha256').update(content).digest('hex')], name).toEqual([bytes, sha256]);
      const [counted] = await app.database.ask<{ n: number }>(`select count(*)::int as n from hien.${table}`);
      // The log has gone on since; everything else stands still.
      if (!table.startsWith('audit_event')) expect(rows, name).toBe(counted?.n);
      else expect(rows, name).toBeGreaterThan(0);
    }
  expect(dumped.out).toMatch(/\[#+\] (\d+)\/\1/);
});

it('files and folders are for their owner alone', async () => {
  for (const part of ['data', 'keys'] as const) {
    expect((await stat(places[part])).mode & 0o777).toBe(0o700);
    for (const name of await readdir(places[part]))
      expect((await stat(join(places[part], name))).mode & 0o777, name).toBe(0o600);
  }
});

it('the data hold no key: no bundle, no commitment, no wrapped key, no notice, no blind index, no password', async () => {
  const sealedUnderLastingKeys: string[] = [];
  for (const sql of [
    `select encode(bundle, 'hex') as hex from hien.access_grant`,
    `select encode(commitment, 'hex') as hex from hien.data_key`,
    `select unnest(array[encode(wrapped_private_key, 'hex'), encode(wrapped_list_key, 'hex'), encode(public_key, 'hex')]) as hex from hien.principal_key`,
    `select unnest(array[encode(sender_notice, 'hex'), encode(recipient_notice, 'hex')]) as hex from hien.referral where sender_notice is not null`,
    `select unnest(array[encode(salt, 'hex'), encode(verifier, 'hex')]) as hex from hien.staff_credential`,
    `select unnest(array[encode(inner_pad, 'hex'), encode(decoy, 'hex')]) as hex from hien.binding_secret`,
  ])
    sealedUnderLastingKeys.push(...(await app.database.ask<{ hex: string }>(sql)).map(({ hex }) => hex));
  expect(sealedUnderLastingKeys.length).toBeGreaterThan(50);
  const names = await readdir(places.data);
  expect(names).not.toContain('blind_index.copy');
  for (const name of names) {
    const text = await readFile(join(places.data, name), 'latin1');
    expect(
      sealedUnderLastingKeys.filter((hex) => text.includes(hex)),
      name,
    ).toEqual([]);
  }
});

it('the keys hold no document, and neither dump holds a word that was typed', async () => {
  const names = await readdir(places.keys);
  for (const name of ['sealed_document.copy', 'case_file.copy', 'audit_event.copy']) expect(names).not.toContain(name);
  const documents = await app.database.ask<{ hex: string }>(
    `select encode(sealed, 'hex') as hex from hien.sealed_document`,
  );
  const scan = scannerFor(plantedWords());
  for (const part of ['data', 'keys'] as const)
    for (const name of await readdir(places[part])) {
      const content = await readFile(join(places[part], name));
      expect(scan(content), name).toEqual([]);
      if (part === 'keys')
        expect(
          documents.some(({ hex }) => content.includes(hex)),
          name,
        ).toBe(false);
    }
});

it('another program reads the files: psql of Debian copies them into tables of its own', async () => {
  const { file, rows } = {
    file: join(places.data, 'sealed_document.copy'),
    rows: await rowsOf('data', 'sealed_document'),
  };
  await app.database.ask('create schema elsewhere');
  await app.database.ask('create table elsewhere.d as select * from hien.sealed_document with no data');
  const psql = promisify(execFile);
  const { stdout } = await psql('/usr/bin/psql', [app.ownerUrl, '-c', `\\copy elsewhere.d from '${file}'`]);
  expect(stdout.trim()).toBe(`COPY ${rows}`);
  const [same] = await app.database.ask<{ n: number }>(
    'select count(*)::int as n from (select * from elsewhere.d except all select * from hien.sealed_document) x',
  );
  expect(same?.n).toBe(0);
  await app.database.ask('drop schema elsewhere cascade');
});

async function rowsOf(part: 'data' | 'keys', name: string): Promise<number | undefined> {
  return (await manifestOf(part)).files.find((file) => file.name === name)?.rows;
}

it('each dump is on record, before it begins', async () => {
  const events = await eventsOf(app, () => command(ownerUrl, 'keys-dump', { args: [join(folder, 'again')] }));
  expect(events.map(({ action, actor, outcome }) => ({ action, actor, outcome }))).toEqual([
    { action: 'retention.dump_keys', actor: null, outcome: 'done' },
  ]);
});

it('data and keys never go into one folder', async () => {
  const both = join(folder, 'both');
  const ran = await command(ownerUrl, 'data-dump', { args: [both, '--keys', `${both}/../both`] });
  expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('two different') });
  await expect(access(both)).rejects.toThrow();
});

it('a dump can be taken of a snapshot that somebody else holds, and of no invented one', async () => {
  await app.database.ask('begin isolation level repeatable read');
  const [held] = await app.database.ask<{ id: string }>('select pg_export_snapshot() as id');
  await registerCase(app, worker);
  const ran = await command(ownerUrl, 'data-dump', { args: [join(folder, 'held'), '--snapshot', held?.id ?? ''] });
  const [before] = await app.database.ask<{ n: number }>('select count(*)::int as n from hien.case_file');
  await app.database.ask('commit');
  const manifest = JSON.parse(await readFile(join(placeIn(ran, 'data'), 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.files.find((file) => file.name === 'case_file')?.rows).toBe(before?.n);
  for (const invented of ['00000003-0000001B-1', `x'; drop table hien.staff; --`])
    expect(
      await command(ownerUrl, 'data-dump', { args: [join(folder, 'held'), '--snapshot', invented] }),
    ).toMatchObject({ code: 2, err: expect.stringContaining('not a snapshot') });
});

it('keys older than they may get go with the next dump of keys, unfinished ones too, and nothing else', async () => {
  const kept = join(folder, 'kept');
  const day = 24 * 3_600_000;
  const named = (days: number, end = ''): string =>
    `keys-${new Date(Date.now() - days * day).toISOString().replaceAll(/[-:.]/g, '')}${end}`;
  const old = [named(35.01), named(400), named(36, '.partial')];
  const young = [named(34.9), named(1, '.partial'), 'keys', 'data-20200101T000000000Z', 'letters'];
  for (const name of [...old, ...young]) await mkdir(join(kept, name), { recursive: true });
  const ran = await command(ownerUrl, 'keys-dump', { args: [kept] });
  expect(ran.code, ran.err).toBe(0);
  for (const name of old) expect(ran.out).toContain(name);
  const left = await readdir(kept);
  expect(left.filter((name) => old.includes(name))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining(young));
  expect(left).toHaveLength(young.length + 1);
});

it('a restored system signs people in and opens the cases and envelopes again', async () => {
  const restoredOn = await anEmptyDatabase();
  afterAll(() => restoredOn.drop());
  await restoredOn.ask('grant hien_app to hien_service');
  const ran = await command(owner.urlOf(restoredOn), 'data-restore', { args: [places.data, places.keys] });
  expect(ran, ran.err).toMatchObject({ code: 0 });
  const second = await startApp({ database: restoredOn });
  const before = await openCase(worker, other.id);
  const again = await aCaseWorker(second);
  expect(await openCase(again, other.id)).toEqual(before);
  expect((await openCase(again, sent.caseId)).survivor).toEqual((await openCase(worker, sent.caseId)).survivor);
  const envelope = await openReferral(await policeOfficer(second), sent.referralId);
  expect(envelope.body).toEqual((await openReferral(officer, sent.referralId)).body);
  expect(second.ownerUrl).not.toBe(app.ownerUrl);
  const fresh = await registerCase(second, again);
  expect((await openCase(again, fresh.id)).id).toBe(fresh.id);
  expect(inject('house').accounts.length).toBeGreaterThan(10);
});
