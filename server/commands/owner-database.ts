import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Config } from '../config/config.ts';
import { EmbeddedError } from '../db/embedded-error.ts';
import { migrate, pendingMigrations } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { loadDirectory } from '../directory/load-directory.store.ts';
import { CommandError } from './command-error.ts';

export type OwnerDatabase = { ownerUrl: string; close(): Promise<void> };
export type Reopening = {
  onStep: (step: string) => void;
  /** As typed after `npm run`, for the hint. */ command: string;
};

/**
 * The database as its owner: the one that DATABASE_OWNER_URL names, or the embedded one, which is started for the while.
 * @throws CommandError when the embedded one is running already, or the database is behind this release
 */
export async function openOwnerDatabase(config: Config, reopening: Reopening): Promise<OwnerDatabase> {
  if (config.ownerUrl !== undefined) {
    await requireCurrent(config.ownerUrl);
    return { ownerUrl: config.ownerUrl, close: async () => {} };
  }
  if (config.database !== null) throw new CommandError('Thiếu DATABASE_OWNER_URL.', 'DATABASE_OWNER_URL is not set.');
  try {
    const database = await openDatabase(config, reopening.onStep, prepare);
    return { ownerUrl: database.ownerUrl ?? '', close: database.stop };
  } catch (error) {
    if (error instanceof EmbeddedError && error.code === 'DIRECTORY_IN_USE')
      throw await runningError(config, reopening);
    throw error;
  }
}

async function prepare(ownerUrl: string): Promise<void> {
  await migrate(ownerUrl);
  await loadDirectory(ownerUrl);
}

/** @throws CommandError when migrations of this release are missing */
export async function requireCurrent(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien command' });
  await client.connect();
  try {
    const missing = await pendingMigrations((text) => client.query(text)).catch(() => ['0001']);
    if (missing.length > 0)
      throw new CommandError(
        'Cơ sở dữ liệu chưa cập nhật: hãy chạy npm run db:migrate.',
        'The database is behind: run npm run db:migrate.',
      );
  } finally {
    await client.end();
  }
}

/** Says how to reach the running server; the password stays in its file and is read by the shell. */
async function runningError(config: Config, { command }: Reopening): Promise<CommandError> {
  const folder = resolve(config.dataFolder);
  const lines = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const port = lines[3] ?? '<port>';
  const url = `postgresql://postgres:$(cat ${join(folder, 'postgres.secret')})@127.0.0.1:${port}/hien`;
  const hint = `  DATABASE_OWNER_URL="${url}" npm run ${command}`;
  return new CommandError(
    `Hệ thống đang chạy trên thư mục ${folder}. Hãy dừng hệ thống rồi chạy lại lệnh này, hoặc chạy bên cạnh nó bằng:\n${hint}`,
    `The system is running on the folder ${folder}. Stop it and run this command again, or run it beside the system with the line above.`,
  );
}
