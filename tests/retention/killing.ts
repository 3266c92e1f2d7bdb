import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect } from 'vitest';
import type { TestDatabase } from '../support/database.ts';

/** Starts a command and does not wait for it. */
export function start(
  url: string,
  name: string,
  { args, input = '' }: { args: string[]; input?: string },
): ChildProcess {
  const file = fileURLToPath(new URL(`../../server/commands/${name}.command.ts`, import.meta.url));
  const env = { PATH: process.env['PATH'], DATABASE_OWNER_URL: url };
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin?.end(input);
  return child;
}

/** Lets a command run until it waits for `table`, which somebody holds; kills it there, then lets the table go. */
export async function killAt(database: TestDatabase, table: string, begin: () => ChildProcess): Promise<void> {
  const holder = new pg.Client({ connectionString: database.ownerUrl });
  await holder.connect();
  await holder.query('begin');
  // Reading goes on, writing waits.
  await holder.query(`lock table hien.${table} in share mode`);
  const child = begin();
  const ended = once(child, 'exit');
  const waiting = `select pid from pg_stat_activity where datname = $1 and wait_event_type = 'Lock' and application_name in ('hien archivist', 'hien restore')`;
  while ((await database.ask(waiting, [database.name])).length === 0 && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(child.exitCode, `${table}: it should have waited`).toBeNull();
  child.kill('SIGKILL');
  await ended;
  await holder.end();
  const alive = `select pid from pg_stat_activity where datname = $1 and application_name in ('hien archivist', 'hien restore')`;
  while ((await database.ask(alive, [database.name])).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}
