import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { findBinaries } from '../../server/db/embedded-binaries.ts';
import { ownerOfCluster } from '../../server/db/embedded-cluster.ts';
import { chooseRunner } from '../../server/db/embedded-runner.ts';
import type { Runner } from '../../server/db/embedded-runner.ts';
import { prepareSite } from '../../server/db/embedded-site.ts';
import type { Site } from '../../server/db/embedded-site.ts';
import { startEmbedded } from '../../server/db/embedded.ts';
import type { EmbeddedServer } from '../../server/db/embedded.ts';

/** A start with a new cluster takes about a second, a busy machine much longer. */
export const limitMs = 60_000;

/** A folder of this test file's own, and in it a data directory with a cluster that has run once. */
export type Place = { folder: string; directory: string };

/** Makes the place before the tests and removes it after them; its paths are known once the tests run. */
export function aPlace(): Place {
  const place = { folder: '', directory: '' };
  beforeAll(async () => {
    place.folder = await mkdtemp(join(tmpdir(), 'hien-embedded-'));
    await chmod(place.folder, 0o711);
    place.directory = join(place.folder, 'data');
    await (await startEmbedded({ directory: place.directory })).stop();
  }, limitMs);
  afterAll(() => rm(place.folder, { recursive: true, force: true }));
  return place;
}

/** What is needed to start a server program by hand in this directory. */
export async function byHand(directory: string): Promise<{ site: Site; runner: Runner; program: string }> {
  const site = await prepareSite(directory);
  const program = findBinaries().postgres;
  return {
    site,
    program,
    runner: await chooseRunner({ directory, postgres: program, owner: await ownerOfCluster(site) }),
  };
}

/** The number of the server process that the directory names. */
export async function serverPid(where: string): Promise<number> {
  return Number((await readFile(join(where, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Rows of one statement, asked as the superuser. */
export async function ask(server: EmbeddedServer, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const { user, password } = server.superuser;
  const client = new pg.Client({ connectionString: server.urlFor(user, password, 'postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** One whole life: starts, answers, stops. */
export async function answers(where: string): Promise<void> {
  const server = await startEmbedded({ directory: where });
  try {
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    await server.stop();
  }
}
