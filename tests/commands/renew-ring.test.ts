import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

const RENEW = fileURLToPath(new URL('../../server/commands/renew-ring.command.ts', import.meta.url));
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
  env = { HIEN_DATA: installation.data, DATABASE_OWNER_URL: await ownerUrlOf(installation) };
});
afterAll(async () => {
  await stopServer(server);
  await installation.remove();
});

async function register(): Promise<void> {
  ids.push(done<{ id: string }>(await worker.post('/api/cases', aViolenceCase(clock), aKey()), 201).id);
}

async function expectAllToOpen(): Promise<void> {
  for (const id of ids) expect((await worker.get(`/api/cases/${id}`)).status).toBe(200);
}

/** Starts the command and kills it as soon as it has said this. */
async function renewUntil(said: string): Promise<void> {
  const child = spawn(process.execPath, [RENEW], { env: { PATH: process.env['PATH'], ...env } });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
    if (out.includes(said)) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ code, signal }, out).toEqual({ code: null, signal: 'SIGKILL' });
}

const keyringText = (): Promise<string> => readFile(join(installation.data, 'keyring.json'), 'utf8');

it('keys:renew-ring, killed on its way, is finished by the next call while the server goes on without a restart', async () => {
  await register();
  const before = await keyringText();
  await renewUntil('wrapping and vouching');
  expect(await keyringText()).not.toBe(before);
  await register();
  await expectAllToOpen();
  let isOn = true;
  const statuses: number[] = [];
  const reading = (async () => {
    while (isOn) statuses.push((await worker.get(`/api/cases/${ids[0] ?? ''}`)).status);
  })();
  const ended = await run('commands/renew-ring.command', { env }).finally(() => (isOn = false));
  await reading;
  expect(ended, ended.err).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toContain('had been cut off was finished');
  expect(ended.out).toContain('npm run keys:backup');
  expect(new Set(statuses)).toEqual(new Set([200]));
  await register();
  await expectAllToOpen();
});

it('a server that starts anew opens everything with the newer keyring alone', async () => {
  await stopServer(server);
  server = await startServer(installation);
  worker = await signedIn(server, installation, 'lan.vhxh.sontra');
  await expectAllToOpen();
  expect(await run('commands/renew-ring.command', { args: ['--now'], env })).toMatchObject({
    code: 2,
    err: expect.stringContaining('Usage'),
  });
});
