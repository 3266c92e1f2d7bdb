import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Config } from '../config/config.ts';
import { startEmbedded } from './embedded.ts';

/** Where the data lies for this run: the embedded server, or the one that `DATABASE_URL` names. */
export type OpenDatabase = {
  isEmbedded: boolean;
  urls: { app: string; auditor: string; keeper?: string | undefined; sequencer?: string | undefined };
  ownerUrl: string | undefined;
  /** Resolves with the reason when an embedded server ends unasked; never otherwise. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

const DATABASE = 'hien';
const LOGINS = {
  app: { login: 'hien_service', role: 'hien_app' },
  auditor: { login: 'hien_service_auditor', role: 'hien_auditor' },
  keeper: { login: 'hien_service_keeper', role: 'hien_keeper' },
  sequencer: { login: 'hien_service_sequencer', role: 'hien_sequencer' },
} as const;

/** @param prepare migrates as the owner before the application's logins are handed out */
export async function openDatabase(
  config: Config,
  onStep: (step: string) => void,
  prepare: (ownerUrl: string) => Promise<void>,
): Promise<OpenDatabase> {
  if (config.database !== null) {
    const { url, ownerUrl, auditorUrl, keeperUrl, sequencerUrl } = config.database;
    return {
      isEmbedded: false,
      urls: { app: url, auditor: auditorUrl ?? url, keeper: keeperUrl, sequencer: sequencerUrl },
      ownerUrl,
      ended: new Promise(() => {}),
      stop: async () => {},
    };
  }
  const server = await startEmbedded({ directory: config.dataFolder, onProgress: onStep });
  const ownerUrl = server.urlFor(server.superuser.user, server.superuser.password, DATABASE);
  try {
    await ensureDatabase(server.urlFor(server.superuser.user, server.superuser.password, 'postgres'));
    await prepare(ownerUrl);
    const passwords = await handOutLogins(ownerUrl);
    const urlOf = (who: keyof typeof LOGINS): string => server.urlFor(LOGINS[who].login, passwords[who], DATABASE);
    return {
      isEmbedded: true,
      urls: {
        app: urlOf('app'),
        auditor: urlOf('auditor'),
        keeper: urlOf('keeper'),
        sequencer: urlOf('sequencer'),
      },
      ownerUrl,
      ended: server.ended,
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function ensureDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

/** Fresh random passwords at each start: nothing about the logins needs to be kept. */
async function handOutLogins(ownerUrl: string): Promise<Record<keyof typeof LOGINS, string>> {
  const fresh = (): string => randomBytes(24).toString('hex');
  const passwords = { app: fresh(), auditor: fresh(), keeper: fresh(), sequencer: fresh() };
  await withClient(ownerUrl, async (client) => {
    for (const who of ['app', 'auditor', 'keeper', 'sequencer'] as const)
      await ensureLogin(client, { ...LOGINS[who], password: passwords[who] });
  });
  return passwords;
}

async function ensureLogin(client: pg.Client, given: { login: string; role: string; password: string }): Promise<void> {
  const { login, role, password } = given;
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [login]);
  await client.query(
    `${rowCount === 0 ? 'create' : 'alter'} role ${login} login nosuperuser nobypassrls password '${password}'`,
  );
  await client.query(`grant ${role} to ${login}`);
}

async function withClient(url: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'hien start' });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
