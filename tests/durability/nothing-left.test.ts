import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesIn, scanned } from '../security/places.ts';
import { aSurvivor, aTraffickingCase, aViolenceCase } from '../support/bodies.ts';
import { canary, plantedWords, scannerFor } from '../support/canary.ts';
import { testClock } from '../support/clock.ts';
import { aClient } from '../support/http.ts';
import { done } from '../support/seed.ts';
import {
  anInstallation,
  signedIn,
  startServer,
  stopServer,
  type Installation,
  type RealServer,
} from './real-server.ts';

const clock = testClock();
let installation: Installation;
let server: RealServer;
let temporary: string;

beforeAll(async () => {
  installation = await anInstallation();
  temporary = join(installation.data, '..', 'tmp');
  await mkdir(temporary);
  await chmod(temporary, 0o777);
  server = await startServer(installation, { LOG_LEVEL: 'debug', TMPDIR: temporary });
});
afterAll(async () => {
  await stopServer(server);
  await installation.remove();
});

/** Half a body, and then the caller is gone. */
function hangUp(cookie: string): Promise<void> {
  const body = JSON.stringify(aViolenceCase(clock));
  const headers = { cookie, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve) => {
    const outgoing = request(`${server.url}/api/cases`, { method: 'POST', headers, agent: false });
    outgoing.on('error', () => resolve()).on('close', () => resolve());
    outgoing.write(body.slice(0, body.length / 2), () => outgoing.destroy());
  });
}

/** What a case worker types in a day, things that are refused and things that break among it. */
async function typeAway(): Promise<void> {
  const worker = await signedIn(server, installation, 'lan.vhxh.sontra');
  for (const body of [aViolenceCase(clock), aTraffickingCase(clock)]) {
    const { id } = done<{ id: string }>(await worker.post('/api/cases', body), 201);
    done(await worker.patch(`/api/cases/${id}`, { survivor: aSurvivor() }, { 'if-match': '"1"' }));
    done(await worker.get(`/api/cases/${id}`));
  }
  done(await worker.put(`/api/drafts/${randomUUID()}`, { page: 1, content: { name: canary('Nháp ') } }));
  done(await worker.post('/api/cases/search', { fullName: canary('Nguyễn '), birthYear: 1994 }));
  await worker.post('/api/cases', { ...aViolenceCase(clock), [canary()]: canary() });
  await worker.call('POST', '/api/cases', { raw: `{"narrative": "${canary()}` });
  await worker.get(`/${encodeURIComponent(canary())}?q=${encodeURIComponent(canary())}`);
  await aClient(server.url).post('/api/session', { username: canary('x'), password: canary() });
  await hangUp(worker.cookie());
}

it('the real program leaves no word on its outputs, in its folders, in files for a while, or in those of its database', async () => {
  await typeAway();
  const scan = scannerFor(plantedWords());
  const whole = join(installation.data, '..');
  expect(plantedWords().length).toBeGreaterThan(50);
  expect(scan(Buffer.from(server.output()))).toEqual([]);
  expect((await scanned(filesIn(whole), scan)).found).toEqual([]);
  await stopServer(server);
  const afterwards = await scanned(filesIn(whole), scan);
  expect(afterwards.found).toEqual([]);
  expect(afterwards.bytes).toBeGreaterThan(20_000_000);
  expect(server.output().length).toBeGreaterThan(500);
  expect(scan(Buffer.from(server.output()))).toEqual([]);
});

it('a word that had been left in the folder for temporary files, or beside the data, would have been found', async () => {
  const scan = scannerFor(plantedWords());
  for (const folder of [temporary, installation.data, join(installation.data, 'postgres', 'pg_wal')])
    await writeFile(join(folder, `left-${randomUUID()}`), plantedWords()[3] ?? '');
  const { found } = await scanned(filesIn(join(installation.data, '..')), scan);
  expect(new Set(found.map((each) => each.split(':')[0])).size).toBe(3);
});
