import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  anInstallation,
  ownerUrlOf,
  signedIn,
  startServer,
  stopServer,
  type Installation,
  type RealServer,
} from '../durability/real-server.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { testClock } from '../support/clock.ts';
import type { Client } from '../support/http.ts';
import { aKey, done } from '../support/seed.ts';
import { run } from './run.ts';

const CASES = 30;
const ROTATE = fileURLToPath(new URL('../../server/commands/rotate-keys.command.ts', import.meta.url));
const clock = testClock();
let installation: Installation;
let server: RealServer;
let worker: Client;
let env: Record<string, string>;
const ids: string[] = [];

beforeAll(async () => {
  installation = await anInstallation();
  server = await startServer(installation);
  worker = await signedIn(server, installation, 'lan.vhxh.sontra');
  const body = aViolenceCase(clock);
  for (let n = 0; n < CASES; n += 1)
    ids.push(done<{ id: string }>(await worker.post('/api/cases', body, aKey()), 201).id);
  env = { HIEN_DATA: installation.data, DATABASE_OWNER_URL: await ownerUrlOf(installation) };
});
afterAll(async () => {
  await stopServer(server);
  await installation.remove();
});

/** Starts the command and kills it as soon as it has said this. */
async function rotateUntil(said: string): Promise<void> {
  const child = spawn(process.execPath, [ROTATE, '--all'], { env: { PATH: process.env['PATH'], ...env } });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
    if (out.includes(said)) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ code, signal }, out).toEqual({ code: null, signal: 'SIGKILL' });
}

async function ask<T>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: env['DATABASE_OWNER_URL'] });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as T[];
}

const versions = () =>
  ask<{ version: number; living: number }>(
    `select version, count(*) filter (where destroyed_at is null)::int as living from hien.principal_key group by 1 order by 1`,
  );

async function expectAllToOpen(): Promise<void> {
  for (const id of ids.slice(-8)) expect((await worker.get(`/api/cases/${id}`)).status).toBe(200);
}

it('keys:rotate, killed twice on its way, is finished by the next call while the server goes on', async () => {
  const principals = (await versions())[0]?.living ?? 0;
  await rotateUntil('0/');
  expect((await versions()).map(({ living }) => living)).toEqual([principals, principals]);
  await expectAllToOpen();
  ids.push(done<{ id: string }>(await worker.post('/api/cases', aViolenceCase(clock), aKey()), 201).id);
  await rotateUntil('waiting for the running server');
  await expectAllToOpen();
  const ended = await run('commands/rotate-keys.command', { args: ['--all'], env });
  expect(ended, ended.err).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toContain('had been cut off was finished');
  expect(ended.out).toMatch(/\[#{24}\]/);
  expect(await versions()).toEqual([
    { version: 1, living: 0 },
    { version: 2, living: principals },
  ]);
  const grants = await ask('select distinct holder_key_version as version from hien.access_grant');
  expect(grants).toEqual([{ version: 2 }]);
  await expectAllToOpen();
});

it('keys:rotate says how it is used, and that it knows no such agency', async () => {
  for (const args of [[], ['--all', '--agency', ids[0] ?? ''], ['--agency', 'x'], ['--what']])
    expect(await run('commands/rotate-keys.command', { args, env })).toMatchObject({
      code: 2,
      err: expect.stringContaining('npm run keys:rotate -- --all'),
    });
  expect(await run('commands/rotate-keys.command', { args: ['--agency', ids[0] ?? ''], env })).toMatchObject({
    code: 2,
  });
});

it('keys:backup writes three shares for their owner alone; any two make a keyring that opens the cases', async () => {
  const folder = join(installation.data, 'shares');
  const made = await run('commands/backup-keys.command', { args: [folder], env });
  expect(made, made.err).toMatchObject({ code: 0 });
  const files = (await readdir(folder)).map((name) => join(folder, name)).toSorted();
  expect(files).toHaveLength(3);
  for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
  const to = join(installation.data, 'restored', 'keyring.json');
  const passphraseFile = join(installation.data, 'new.passphrase');
  await writeFile(passphraseFile, 'một cụm mật khẩu khác hẳn\n', { mode: 0o600 });
  const restoring = { ...env, HIEN_KEYRING_PASSPHRASE_FILE: passphraseFile };
  const restored = await run('commands/restore-keys.command', {
    args: [files[2] ?? '', files[0] ?? '', '--to', to],
    env: restoring,
  });
  expect(restored, restored.err).toMatchObject({ code: 0, err: '' });
  expect((await stat(to)).mode & 0o777).toBe(0o600);
  await stopServer(server);
  // The old keyring is lost.
  for (const name of ['keyring.json', 'keyring.passphrase']) await rm(join(installation.data, name));
  server = await startServer(installation, { HIEN_KEYRING: to, HIEN_KEYRING_PASSPHRASE_FILE: passphraseFile });
  worker = await signedIn(server, installation, 'lan.vhxh.sontra');
  await expectAllToOpen();
  expect(
    await run('commands/restore-keys.command', { args: [files[0] ?? '', files[1] ?? '', '--to', to], env: restoring }),
  ).toMatchObject({
    code: 2,
    err: expect.stringContaining('exists already'),
  });
});

it('keys:restore refuses one share, damaged shares and other files with a sentence, and writes nothing', async () => {
  const folder = join(installation.data, 'shares');
  const [first = '', second = ''] = (await readdir(folder)).map((name) => join(folder, name));
  const damaged = join(installation.data, 'damaged.txt');
  await writeFile(
    damaged,
    (await readFile(second, 'utf8')).replace(
      /([0-9a-f])\nchecksum/,
      (_, last) => `${last === '0' ? '1' : '0'}\nchecksum`,
    ),
  );
  const to = join(installation.data, 'never.json');
  const tries: [string[], string][] = [
    [[first, '--to', to], 'Usage'],
    [[first, second], 'Usage'],
    [[first, first, '--to', to], 'too few'],
    [[first, damaged, '--to', to], 'damaged'],
    [[first, join(installation.data, 'missing.txt'), '--to', to], 'cannot be read'],
    [[first, ROTATE, '--to', to], 'no share'],
  ];
  for (const [args, words] of tries)
    expect(await run('commands/restore-keys.command', { args, env })).toMatchObject({
      code: 2,
      err: expect.stringContaining(words),
    });
  await expect(stat(to)).rejects.toThrow();
});
