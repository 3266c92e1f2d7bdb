import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { readDistrict } from '../../server/demonstration/district.ts';
import { loadDistrict, type Account } from '../../server/demonstration/load-district.store.ts';
import { loadDirectory } from '../../server/directory/load-directory.store.ts';
import { keyringPlace, openCustodian } from '../../server/keys/open-custodian.ts';
import { aClient, type Client } from '../support/http.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const PEOPLE = ['lan.vhxh.sontra', 'nguyet.snv'];
const READY_MS = 120_000;

/** A data folder with a database that survives power cuts, a keyring, and the few people that a story needs. */
export type Installation = { data: string; accounts: readonly Account[]; remove(): Promise<void> };

export async function anInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'hien-durability-'));
  await chmod(folder, 0o711);
  const data = join(folder, 'data');
  const server = await startEmbedded({ directory: data });
  try {
    const { user, password } = server.superuser;
    const client = new pg.Client({ connectionString: server.urlFor(user, password, 'postgres') });
    await client.connect();
    await client.query('create database hien');
    await client.end();
    const url = server.urlFor(user, password, 'hien');
    await migrate(url);
    await loadDirectory(url);
    const custodian = await openCustodian(keyringPlace(data, { file: undefined, passphraseFile: undefined }), true);
    const whole = await readDistrict();
    const staff = whole.staff.filter((person) => PEOPLE.includes(person.username));
    const agencies = whole.agencies.filter((agency) => staff.some((person) => person.agencyId === agency.id));
    const passwordParameters = 'argon2id m=1024 t=1 p=1';
    const accounts = await loadDistrict(url, {
      district: { ...whole, staff, agencies },
      custodian,
      passwordParameters,
      onStaff: () => {},
    });
    custodian.close();
    return { data, accounts, remove: () => rm(folder, { recursive: true, force: true }) };
  } finally {
    await server.stop();
  }
}

/** The real program in a process of its own. */
export type RealServer = { url: string; process: ChildProcess; ended: Promise<unknown>; output(): string };

export async function startServer(installation: Installation, more: Record<string, string> = {}): Promise<RealServer> {
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'],
    HIEN_DATA: installation.data,
    PORT: String(port),
    HIEN_DEMONSTRATION: '0',
    LOG_LEVEL: 'warn',
    ...more,
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  const server = {
    url: `http://127.0.0.1:${port}`,
    process: child,
    ended: once(child, 'exit'),
    output: () => said.join(''),
  };
  await untilReady(server);
  return server;
}

export async function stopServer(server: RealServer): Promise<void> {
  server.process.kill('SIGTERM');
  await server.ended;
}

export async function signedIn(server: RealServer, { accounts }: Installation, username: string): Promise<Client> {
  const account = accounts.find((each) => each.username === username);
  const client = aClient(server.url);
  const reply = await client.post('/api/session', { username, password: account?.password });
  if (reply.status !== 200) throw new Error(`${username}: ${reply.text}`);
  return client;
}

/** Process number of the database server that holds the installation's data. */
export async function databasePid({ data }: Installation): Promise<number> {
  return Number((await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** The superuser's connection to the running installation, as the hint of a command spells it. */
export async function ownerUrlOf({ data }: Installation): Promise<string> {
  const port = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3] ?? '';
  const password = (await readFile(join(data, 'postgres.secret'), 'utf8')).trim();
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/hien`;
}

async function untilReady(server: RealServer): Promise<void> {
  const client = aClient(server.url);
  const giveUpAt = performance.now() + READY_MS;
  while (performance.now() < giveUpAt && server.process.exitCode === null) {
    const reply = await client.get('/readyz').catch(() => null);
    if (reply?.status === 200) return;
    await sleep(50);
  }
  server.process.kill('SIGKILL');
  throw new Error(`the server did not become ready:\n${server.output()}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
