import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded, type EmbeddedServer } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { readDistrict } from '../../server/demonstration/district.ts';
import { loadDistrict } from '../../server/demonstration/load-district.store.ts';
import { loadDirectory } from '../../server/directory/load-directory.store.ts';
import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import { shareText } from '../../server/keys/share-file.ts';
import { encodeRingSecrets, generateRingSecrets } from '../../server/keys/ring-secrets.ts';

export const TEMPLATE = 'hien_template';
/** Hashing that costs next to nothing: what is tested is who may enter, not how long guessing takes. */
export const CHEAP_PASSWORDS = 'argon2id m=1024 t=1 p=1';
/** Nothing here outlives the run, so nothing has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '120' };

/** What one run shares: the server, its logins, the keyring's secrets and the accounts of the district. */
export type House = {
  port: number;
  folder: string;
  superuser: { user: string; password: string };
  servicePassword: string;
  ringSecrets: string;
  /** Texts of the three shares of the guardian's unlock. */
  guardianShares: string[];
  accounts: { staffId: string; username: string; password: string; agencyId: string; roles: string[] }[];
};

declare module 'vitest' {
  interface ProvidedContext {
    house: House;
  }
}

let stop: () => Promise<void> = async () => {};

/** One PostgreSQL for the run, and in it one migrated database with the district, from which each test file takes a copy. */
export async function setup(project: TestProject): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hien-tests-'));
  await chmod(folder, 0o711);
  const server = await startEmbedded({ directory: join(folder, 'data'), settings: FAST });
  stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const secrets = generateRingSecrets();
  const ringSecrets = encodeRingSecrets(secrets).toString('base64');
  await inDatabase(server, 'postgres', async (client) => void (await client.query(`create database ${TEMPLATE}`)));
  const { user, password } = server.superuser;
  const templateUrl = server.urlFor(user, password, TEMPLATE);
  await migrate(templateUrl);
  await loadDirectory(templateUrl);
  const district = await readDistrict();
  const custodian = keyringCustodian(secrets, () => performance.now());
  const guardianShares: string[] = [];
  const accounts = await loadDistrict(templateUrl, {
    district,
    custodian,
    passwordParameters: CHEAP_PASSWORDS,
    onStaff: () => {},
    keepGuardian: async (shares) => void guardianShares.push(...shares.map(shareText)),
  });
  const servicePassword = randomBytes(16).toString('hex');
  await inDatabase(server, TEMPLATE, (client) => makeLogins(client, servicePassword));
  await inDatabase(server, TEMPLATE, emptyLog);
  const known = accounts.map((account) => {
    const person = district.staff.find((each) => each.id === account.staffId);
    return { ...account, agencyId: person?.agencyId ?? '', roles: person?.roles ?? [] };
  });
  project.provide('house', {
    port: server.port,
    folder: join(folder, 'data'),
    superuser: server.superuser,
    servicePassword,
    ringSecrets,
    guardianShares,
    accounts: known,
  });
}

export async function teardown(): Promise<void> {
  await stop();
}

/** Each file counts its own events, and none that is older than itself. Past the triggers, as only a superuser can. */
async function emptyLog(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica');
  await client.query('delete from hien.audit_event_case; delete from hien.audit_event');
}

export async function makeLogins(client: { query(sql: string): Promise<unknown> }, password: string): Promise<void> {
  for (const [login, role] of [
    ['hien_service', 'hien_app'],
    ['hien_service_auditor', 'hien_auditor'],
    ['hien_service_keeper', 'hien_keeper'],
    ['hien_service_sequencer', 'hien_sequencer'],
  ]) {
    await client.query(`create role ${login} login nosuperuser nobypassrls password '${password}'`);
    await client.query(`grant ${role} to ${login}`);
  }
}

async function inDatabase(
  server: EmbeddedServer,
  database: string,
  run: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const { user, password } = server.superuser;
  const client = new pg.Client({ connectionString: server.urlFor(user, password, database) });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
