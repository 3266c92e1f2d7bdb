import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { EmbeddedError } from './embedded-error.ts';
import { viewProcess } from './embedded-process.ts';
import { hasCode } from './embedded-site.ts';

/** Proof that this process alone may touch the directory. `wasLeft`: an earlier holder ended without releasing it. */
export type DirectoryLock = { wasLeft: boolean; release(): Promise<void> };

/** Takes the lock file; throws `DIRECTORY_IN_USE` while another living process, or this one, holds it. */
export async function takeLock(path: string): Promise<DirectoryLock> {
  const claim = `${process.pid} ${viewProcess(process.pid)?.identity ?? ''}\n`;
  const draft = `${path}.${process.pid}`;
  await rm(draft, { force: true });
  await writeFile(draft, claim, { flag: 'wx', mode: 0o600 });
  try {
    // A link appears whole or not at all: nobody can read a half-written claim.
    const wasFree = await linked(draft, path);
    if (!wasFree) await takeOver(path, draft);
    return { wasLeft: !wasFree, release: () => release(path, claim) };
  } finally {
    await rm(draft, { force: true });
  }
}

async function takeOver(path: string, draft: string): Promise<void> {
  const found = await readOrEmpty(path);
  if (isHeld(found)) throw inUse(path, found);
  const aside = `${draft}.aside`;
  await rename(path, aside).catch(ignoreMissing);
  const moved = await readOrEmpty(aside);
  // Somebody else may have been faster: what was moved is then a fresh claim and goes back.
  if (isHeld(moved)) await linked(aside, path);
  await rm(aside, { force: true });
  if (isHeld(moved) || !(await linked(draft, path))) throw inUse(path, moved);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function isHeld(claim: string): boolean {
  const [pid, identity] = claim.trim().split(/ (.*)/);
  return identity !== undefined && viewProcess(Number(pid))?.identity === identity;
}

function inUse(path: string, claim: string): EmbeddedError {
  return new EmbeddedError('DIRECTORY_IN_USE', `${path}, process ${claim.split(' ')[0] ?? ''}`);
}

async function release(path: string, claim: string): Promise<void> {
  if ((await readOrEmpty(path)) === claim) await rm(path, { force: true });
}

async function readOrEmpty(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    ignoreMissing(error);
    return '';
  });
}

function ignoreMissing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}
