import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../server/db/embedded.ts';

/** Nothing here outlives the test, so nothing has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** An empty database on a server of the test's own. */
export type OwnDatabase = {
  /** Superuser. */
  ownerUrl: string;
  urlFor(login: string, password: string): string;
  ask<T = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
};
export type OwnServer = { folder: string; aDatabase(): Promise<OwnDatabase>; stop(): Promise<void> };

/** For tests that start commands or need a database that nobody prepared; the folder is theirs as well. */
export async function startOwnServer(): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hien-own-'));
  await chmod(folder, 0o711);
  const server = await startEmbedded({ directory: join(folder, 'data'), settings: FAST });
  const { user, password } = server.superuser;
  return {
    folder,
    async aDatabase() {
      const name = `own_${randomBytes(5).toString('hex')}`;
      await once(server.urlFor(user, password, 'postgres'), `create database ${name}`);
      const ownerUrl = server.urlFor(user, password, name);
      const client = new pg.Client({ connectionString: ownerUrl });
      // A server that is stopped under it must not hide why it was stopped.
      client.on('error', () => {});
      await client.connect();
      return {
        ownerUrl,
        urlFor: (login, secret) => server.urlFor(login, secret, name),
        ask: async <T>(sql: string, values: readonly unknown[] = []) =>
          (await client.query(sql, [...values])).rows as unknown as T[],
        close: () => client.end(),
      };
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
