import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import type { CaseLine } from '../../server/cases/cases.contract.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { testClock } from '../support/clock.ts';
import type { Client } from '../support/http.ts';
import { aKey } from '../support/seed.ts';
import {
  anInstallation,
  databasePid,
  signedIn,
  startServer,
  stopServer,
  type Installation,
  type RealServer,
} from './real-server.ts';

const WRITERS = 8;
const ENOUGH = 60;
const clock = testClock();
const acknowledged = new Set<string>();
let installation: Installation;
let server: RealServer | undefined;

beforeAll(async () => {
  installation = await anInstallation();
});
afterAll(async () => {
  if (server !== undefined) await stopServer(server);
  await installation.remove();
});

/** Registers one case after the other until the connection breaks; remembers each that was acknowledged. */
async function writeUntilBroken(worker: Client): Promise<void> {
  for (;;) {
    const reply = await worker.post<{ id: string }>('/api/cases', aViolenceCase(clock), aKey()).catch(() => null);
    if (reply === null || reply.status >= 500) return;
    expect(reply.status).toBe(201);
    acknowledged.add(reply.body.id);
  }
}

async function killUnderLoad(kill: () => Promise<void> | void): Promise<number> {
  server = await startServer(installation);
  const worker = await signedIn(server, installation, 'lan.vhxh.sontra');
  const before = acknowledged.size;
  const writers = Array.from({ length: WRITERS }, () => writeUntilBroken(worker));
  while (acknowledged.size < before + ENOUGH) await new Promise((resolve) => setTimeout(resolve, 5));
  await kill();
  await Promise.all(writers);
  await server.ended;
  return acknowledged.size - before;
}

async function everything<T>(who: Client, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: T[]; nextCursor: string | null } = (
      await who.get<{ items: T[]; nextCursor: string | null }>(`${path}${cursor === null ? '' : `&cursor=${cursor}`}`)
    ).body;
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

async function expectNothingLost(): Promise<void> {
  server = await startServer(installation);
  const worker = await signedIn(server, installation, 'lan.vhxh.sontra');
  const auditor = await signedIn(server, installation, 'nguyet.snv');
  const cases = new Set((await everything<CaseLine>(worker, '/api/cases?limit=100')).map((line) => line.id));
  const events = await everything<AuditLine>(auditor, '/api/audit/events?action=case.register&outcome=done&limit=200');
  expect(
    [...acknowledged].filter((id) => !cases.has(id)),
    'acknowledged cases that are gone',
  ).toEqual([]);
  // The deed and its record commit together: neither is ever there without the other.
  expect(new Set(events.map((event) => event.objectId))).toEqual(cases);
  for (const id of [...acknowledged].slice(-3)) expect((await worker.get(`/api/cases/${id}`)).status).toBe(200);
  await stopServer(server);
  expect(server.process.exitCode, server.output()).toBe(0);
}

it('killing the server under a load of writes loses no acknowledged case and no event', async () => {
  const written = await killUnderLoad(() => void server?.process.kill('SIGKILL'));
  expect(written).toBeGreaterThanOrEqual(ENOUGH);
  await expectNothingLost();
});

it('killing the database under a load of writes loses none either, and the server ends with a word', async () => {
  const written = await killUnderLoad(async () => void process.kill(await databasePid(installation), 'SIGKILL'));
  expect(written).toBeGreaterThanOrEqual(ENOUGH);
  expect(server?.process.exitCode).not.toBe(0);
  expect(server?.output()).toContain('PostgreSQL');
  await expectNothingLost();
});
