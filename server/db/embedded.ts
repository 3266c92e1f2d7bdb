import pg from 'pg';
import { findBinaries } from './embedded-binaries.ts';
import { makeCluster, openCluster, ownerOfCluster, superuserName } from './embedded-cluster.ts';
import { EmbeddedError } from './embedded-error.ts';
import { takeLock } from './embedded-lock.ts';
import type { DirectoryLock } from './embedded-lock.ts';
import { startPostmaster } from './embedded-postmaster.ts';
import type { Postmaster } from './embedded-postmaster.ts';
import { clearRemains, findRemains } from './embedded-recovery.ts';
import { chooseRunner } from './embedded-runner.ts';
import { hasCode, prepareSite } from './embedded-site.ts';
import type { Site } from './embedded-site.ts';

/** A running PostgreSQL 18 of our own, reachable from this machine alone. */
export type EmbeddedServer = {
  host: '127.0.0.1';
  port: number;
  superuser: { user: string; password: string };
  /** A connection URL with all parts escaped. */
  urlFor(user: string, password: string, database: string): string;
  /** Resolves with the reason when the server process ends unasked; stays open after `stop()`. */
  ended: Promise<string>;
  /** Cuts clients off, writes everything and resolves when the process is gone; may be called again. */
  stop(): Promise<void>;
};

/**
 * `directory` holds the cluster, its password, log and lock, and is made when missing. `onProgress` tells of the steps
 * that take time. `settings` are server settings that go before our own (all but address and port).
 */
export type EmbeddedOptions = {
  directory: string;
  onProgress?: (step: 'initdb' | 'recover' | 'start') => void;
  settings?: Readonly<Record<string, string>>;
};

/**
 * Starts the embedded server; when this process is killed, the server shuts itself down. Throws `EmbeddedError`, whose
 * message is for the operator: directory in use, no account to run under, programs missing, start failed.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { site, lock } = await enter(options.directory);
  try {
    return await startLocked(options, site, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function enter(directory: string): Promise<{ site: Site; lock: DirectoryLock }> {
  try {
    const site = await prepareSite(directory);
    return { site, lock: takeLock(site.lock) };
  } catch (cause) {
    const isRefused = hasCode(cause, 'EACCES') || hasCode(cause, 'EPERM') || hasCode(cause, 'EROFS');
    throw isRefused ? new EmbeddedError('NOT_WRITABLE', directory, cause) : cause;
  }
}

async function startLocked(options: EmbeddedOptions, site: Site, lock: DirectoryLock): Promise<EmbeddedServer> {
  const progress = options.onProgress ?? (() => undefined);
  const binaries = findBinaries();
  const remains = await findRemains(site);
  if (lock.wasLeft || remains.unfinished.length > 0 || remains.pidFile !== undefined) {
    progress('recover');
    await clearRemains(site, remains);
  }
  const owner = await ownerOfCluster(site);
  const runner = await chooseRunner({ directory: site.directory, postgres: binaries.postgres, owner });
  if (owner === undefined) progress('initdb');
  const password = await (owner === undefined ? makeCluster(site, runner, binaries.initdb) : openCluster(site, runner));
  progress('start');
  const { settings = {} } = options;
  const postmaster = await startPostmaster({ site, runner, program: binaries.postgres, settings });
  await confirm(postmaster, password);
  return serverOf(postmaster, password, lock);
}

function serverOf(postmaster: Postmaster, password: string, lock: DirectoryLock): EmbeddedServer {
  const { port } = postmaster;
  let isAsked = false;
  const over = postmaster.exit.then((reason) => {
    lock.release();
    return reason;
  });
  return {
    host: '127.0.0.1',
    port,
    superuser: { user: superuserName, password },
    urlFor: (user, secret, database) => {
      const [who, word, what] = [user, secret, database].map(encodeURIComponent);
      return `postgresql://${who}:${word}@127.0.0.1:${port}/${what}`;
    },
    ended: new Promise((resolve) => {
      void over.then((reason) => (isAsked ? undefined : resolve(reason)));
    }),
    stop: async () => {
      isAsked = true;
      await postmaster.stop();
      await over;
    },
  };
}

/** The server says that it is ready; whether the password still opens it, only a connection tells. */
async function confirm(postmaster: Postmaster, password: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: postmaster.port,
    user: superuserName,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (cause) {
    await postmaster.stop();
    throw new EmbeddedError('SECRET_REFUSED', cause instanceof Error ? cause.message : String(cause), cause);
  } finally {
    await client.end().catch(() => undefined);
  }
}
