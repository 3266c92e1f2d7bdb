import { readlinkSync } from 'node:fs';
import { chown, lstat, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedError } from './embedded-error.ts';
import { hasEndedWithin, viewProcess } from './embedded-process.ts';
import { clusterName } from './embedded-settings.ts';
import { unfinishedPrefix } from './embedded-site.ts';
import type { Site } from './embedded-site.ts';

/** A number no process can have: larger than any system counts, and still an `int`. */
const nobodysPid = 2_147_483_646;

/** What an earlier run left behind: half-made clusters by name, and the text of a `postmaster.pid`. */
export type Remains = { unfinished: readonly string[]; pidFile: string | undefined };

/** Looks for remains; only the holder of the directory's lock may ask, else a run in progress looks like one. */
export async function findRemains(site: Site): Promise<Remains> {
  const names = await readdir(site.directory);
  const pidFile = await readFile(pidFilePath(site), 'utf8').catch(() => undefined);
  return { unfinished: names.filter((name) => name.startsWith(unfinishedPrefix)), pidFile };
}

/**
 * Brings the directory into a state from which PostgreSQL starts by itself. Throws `DIRECTORY_IN_USE` when a server
 * that is not ours runs in it, `ORPHAN_STAYS` when one of ours cannot be stopped.
 */
export async function clearRemains(site: Site, remains: Remains): Promise<void> {
  for (const name of remains.unfinished) {
    await rm(join(site.directory, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  if (remains.pidFile !== undefined) await clearPidFile(site, remains.pidFile);
}

async function clearPidFile(site: Site, text: string): Promise<void> {
  const pid = Number(text.split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return rm(pidFilePath(site), { force: true });
  switch (whoRuns(pid, site)) {
    case 'ours':
      return stopOrphan(pid, site);
    case 'foreign':
      throw new EmbeddedError('DIRECTORY_IN_USE', `${site.cluster}, process ${pid}`);
    case 'none':
      return disownPidFile(site, text);
  }
}

/** Whether this number is a server in our folder, and then whether this launcher started it. */
function whoRuns(pid: number, site: Site): 'ours' | 'foreign' | 'none' {
  const command = viewProcess(pid)?.command ?? '';
  const isNamed = command.includes(` -D ${site.cluster} `);
  if (isNamed && command.includes(` cluster_name=${clusterName} `)) return 'ours';
  return isNamed || worksIn(pid, site.cluster) ? 'foreign' : 'none';
}

/** A server started by hand need not name its folder, but always works in it. */
function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

async function stopOrphan(pid: number, site: Site): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
    if (await hasEndedWithin(pid, 10_000)) return;
    process.kill(pid, 'SIGQUIT');
    if (await hasEndedWithin(pid, 10_000)) return;
  } catch (cause) {
    // It may have ended between the look and the signal; only one that still lives is a fault.
    if (viewProcess(pid) === undefined) return;
    throw new EmbeddedError('ORPHAN_STAYS', `${site.cluster}, process ${pid}`, cause);
  }
  throw new EmbeddedError('ORPHAN_STAYS', `${site.cluster}, process ${pid}`);
}

/**
 * The number in a left-over file may by now belong to a stranger, and PostgreSQL would refuse to start. The file itself
 * must stay: by its other lines PostgreSQL makes sure that no worker of the dead server still writes.
 */
async function disownPidFile(site: Site, text: string): Promise<void> {
  const path = pidFilePath(site);
  const { uid, gid } = await lstat(site.cluster);
  const draft = `${path}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, [nobodysPid, ...text.split('\n').slice(1)].join('\n'), { flag: 'wx', mode: 0o600 });
  await chown(draft, uid, gid);
  await rename(draft, path);
}

function pidFilePath(site: Site): string {
  return join(site.cluster, 'postmaster.pid');
}
