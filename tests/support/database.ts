import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../server/db/migrate.ts';
import { loadDirectory } from '../../server/directory/load-directory.store.ts';
import { TEMPLATE } from './global-setup.ts';

/** A database of this file's own: a copy of the template. */
export type TestDatabase = {
  name: string;
  urls: { app: string; auditor: string; keeper: string; sequencer: string };
  /** Superuser: sees past every wall. */
  ownerUrl: string;
  /** Rows of one statement over the owner connection. */
  ask<T = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  drop(): Promise<void>;
};

export async function aDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const name = `hien_${randomBytes(6).toString('hex')}`;
  await asSuperuser('postgres', (client) => client.query(`create database ${name} template ${template}`));
  const { servicePassword } = inject('house');
  const owner = new pg.Client({ connectionString: superuserUrl(name), application_name: 'test owner' });
  await owner.connect();
  return {
    name,
    urls: {
      app: urlOf('hien_service', servicePassword, name),
      auditor: urlOf('hien_service_auditor', servicePassword, name),
      keeper: urlOf('hien_service_keeper', servicePassword, name),
      sequencer: urlOf('hien_service_sequencer', servicePassword, name),
    },
    ownerUrl: superuserUrl(name),
    ask: async <T>(sql: string, values: readonly unknown[] = []) =>
      (await owner.query(sql, [...values])).rows as unknown as T[],
    drop: async () => {
      await owner.end();
      await asSuperuser('postgres', (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** Migrated, with the release's directory, and nobody in it yet. */
export async function anEmptyDatabase(): Promise<TestDatabase> {
  const database = await aDatabase('template0');
  await migrate(database.ownerUrl);
  await loadDirectory(database.ownerUrl);
  return database;
}

function superuserUrl(database: string): string {
  const { user, password } = inject('house').superuser;
  return urlOf(user, password, database);
}

function urlOf(user: string, password: string, database: string): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${inject('house').port}/${database}`;
}

async function asSuperuser<T>(database: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: superuserUrl(database) });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
