import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { EmbeddedError } from './embedded-error.ts';
import { viewProcess } from './embedded-process.ts';
import { hasCode } from './embedded-site.ts';

/** Proof that this process alone may touch the directory. `wasLeft`: an earlier holder ended without releasing it. */
export type DirectoryLock = { wasLeft: boolean; release(): void };

/**
 * Takes the lock file; throws `DIRECTORY_IN_USE` while another living process, or this one, holds it. Synchronous, so
 * that next to nothing can happen between the look at a dead claim and its removal.
 */
export function takeLock(path: string): DirectoryLock {
  const claim = `${process.pid} ${viewProcess(process.pid)?.identity ?? ''}\n`;
  const draft = `${path}.${process.pid}-${threadId}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, claim, { flag: 'wx', mode: 0o600 });
  try {
    // A link appears whole or not at all: nobody can read a half-written claim.
    const wasFree = linked(draft, path);
    if (!wasFree) takeOver(path, draft);
    return { wasLeft: !wasFree, release: () => release(path, claim) };
  } finally {
    rmSync(draft, { force: true });
  }
}

function takeOver(path: string, draft: string): void {
  const found = readOrEmpty(path);
  if (isHeld(found)) throw inUse(path, found);
  const aside = `${draft}.aside`;
  moveAside(path, aside);
  const moved = readOrEmpty(aside);
  // Somebody else may have been faster: what was moved is then a fresh claim and goes back.
  if (isHeld(moved)) linked(aside, path);
  rmSync(aside, { force: true });
  if (isHeld(moved) || !linked(draft, path)) throw inUse(path, moved);
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
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

function release(path: string, claim: string): void {
  try {
    if (readOrEmpty(path) === claim) rmSync(path, { force: true });
  } catch {
    // A lock that cannot be removed hurts nobody: it counts for nothing once this process has ended.
  }
}

function moveAside(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}
