import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { run, type Ran } from '../commands/run.ts';
import type { TestDatabase } from '../support/database.ts';

/** A folder of the test's own, gone after the file. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hien-retention-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * The owner as a hosted database gives one: no superuser, so that row-level security holds for it as well, and it reads
 * whole tables only as `hien_archivist`.
 */
export async function aPlainOwner({
  database,
}: Pick<TestApp, 'database'>): Promise<{ urlOf(of: TestDatabase): string }> {
  const login = `owner_${randomBytes(5).toString('hex')}`;
  await database.ask(`create role ${login} login nosuperuser nobypassrls password 'p'`);
  await database.ask(`grant hien_owner, hien_archivist to ${login}`);
  afterAll(() => database.ask(`drop role ${login}`));
  return {
    urlOf: ({ ownerUrl }) => {
      const url = new URL(ownerUrl);
      url.username = login;
      url.password = 'p';
      return url.href;
    },
  };
}

/** Runs a command on a database by its owner's connection. */
export function command(ownerUrl: string, name: string, { args = [] as string[], input = '' } = {}): Promise<Ran> {
  return run(`commands/${name}.command`, { args, input, env: { DATABASE_OWNER_URL: ownerUrl } });
}

/** The folder of a dump, as the command printed it. */
export function placeIn({ out }: Ran, part: 'data' | 'keys'): string {
  const place = new RegExp(`(\\S+/${part}-\\d{8}T\\d{9}Z)`).exec(out)?.[1];
  if (place === undefined) throw new Error(`no dump of ${part} in: ${out}`);
  return place;
}
