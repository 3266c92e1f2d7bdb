import type { Server } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, expect, inject } from 'vitest';
import { createApp } from '../../server/app.ts';
import { readConfig, type Config } from '../../server/config/config.ts';
import { createContext, type AppContext, type Urls } from '../../server/context.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { createLog } from '../../server/http/log.ts';
import type { Custodian } from '../../server/keys/custodian.ts';
import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import { decodeRingSecrets } from '../../server/keys/ring-secrets.ts';
import type { PolicyEngine } from '../../server/policy/index.ts';
import { foundIn, plantedWords } from './canary.ts';
import { testClock, type TestClock } from './clock.ts';
import { aDatabase, type TestDatabase } from './database.ts';

export type TestApp = {
  url: string;
  context: AppContext;
  clock: TestClock;
  database: TestDatabase;
  ownerUrl: string;
  /** Everything the application logged so far, at the most talkative level. */
  logs(): string;
  close(): Promise<void>;
};

export type AppOverrides = {
  config?: Partial<Config>;
  policy?: PolicyEngine;
  /** Endpoints beside the real ones, to test what surrounds them. */
  endpoints?: (context: AppContext) => readonly Endpoint[];
  /** Stands before the real custodian, to make it fail. */
  custodian?: (real: Custodian) => Custodian;
  /** Another file's application on the same database, as a second process would be. */
  database?: TestDatabase;
  /** Renews data keys by itself, as in production; otherwise tests do it when it suits them. */
  renews?: boolean;
  /** Seals the log by itself, as in production, but without its pauses. */
  sequences?: boolean;
  /** Settings of the signed log. */
  audit?: Record<string, string>;
};

/**
 * The application over real HTTP on loopback, on a database of its own. Call it at the top of a test file: it is
 * closed after the file, and then no transaction may be open and no planted word may stand in the log.
 */
export async function startApp(overrides: AppOverrides = {}): Promise<TestApp> {
  const database = overrides.database ?? (await aDatabase());
  const clock = testClock();
  const { log, logs } = capturedLog();
  const config = {
    ...readConfig({
      PORT: '0',
      HIEN_DATA: inject('house').folder,
      DATABASE_POOL: '4',
      ...auditSettings(database),
      ...overrides.audit,
    }),
    ...overrides.config,
  };
  const custodian = custodianOf(overrides);
  const parts = { log, clock, ...(overrides.policy === undefined ? {} : { policy: overrides.policy }) };
  const urls = urlsFor(overrides, database);
  const context = await createContext(config, { urls, custodian }, parts);
  const extra = overrides.endpoints?.(context) ?? [];
  const server = await listen({ ...context, endpoints: [...context.endpoints, ...extra] });
  const app = { url: urlOf(server), context, clock, database, ownerUrl: database.ownerUrl, logs, close };
  afterAll(async () => {
    await requireTidiness(app);
    await close();
    if (overrides.database === undefined) await database.drop();
  });
  return app;

  async function close(): Promise<void> {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await context.dispose();
  }
}

function urlsFor({ renews, sequences }: AppOverrides, { urls }: TestDatabase): Urls {
  const { app, auditor, keeper, sequencer } = urls;
  return { app, auditor, ...(renews === true ? { keeper } : {}), ...(sequences === true ? { sequencer } : {}) };
}

/** Each database has a folder of its own for what it signed; a second application on it shares that folder. */
function auditSettings({ name }: TestDatabase) {
  return { HIEN_AUDIT_FOLDER: join(inject('house').folder, '..', 'audit', name), HIEN_AUDIT_INTERVAL_MS: '25' };
}

function custodianOf(overrides: AppOverrides): Custodian {
  const secrets = decodeRingSecrets(Buffer.from(inject('house').ringSecrets, 'base64')) ?? [];
  const real = keyringCustodian(secrets, () => performance.now());
  return overrides.custodian?.(real) ?? real;
}

function capturedLog() {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  return { log: createLog({ level: 'trace', destination }), logs: () => lines.join('') };
}

async function listen(context: AppContext): Promise<Server> {
  const app = await createApp(context);
  return new Promise((resolve, reject) => {
    const server = app.listen(0, '127.0.0.1', (error?: Error) => (error ? reject(error) : resolve(server)));
    // A test may be silent for longer than a browser: no connection is closed while its next request is on the way.
    server.keepAliveTimeout = 0;
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

async function requireTidiness(app: TestApp): Promise<void> {
  const open = await app.database.ask(
    `select state, query from pg_stat_activity where datname = $1 and state like 'idle in transaction%' and pid <> pg_backend_pid()
        -- The sequencer is at work by itself, and its transaction is its own.
        and usename <> 'hien_service_sequencer'`,
    [app.database.name],
  );
  expect(open, 'no transaction is left open').toEqual([]);
  expect(foundIn(Buffer.from(app.logs()), plantedWords()), 'no word that was typed is in the log').toEqual([]);
}
