import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { KeyringError } from './keyring-error.ts';

const OWNER_ONLY = 0o600;
const GROUP_AND_OTHERS = 0o077;
const MAX_FILE_BYTES = 64 * 1024;

/**
 * Writes a new file for the owner alone, whole or not at all. Throws KeyringError('KEYRING_EXISTS').
 * Finished by `link`, not `rename`: rename would overwrite a keyring that appeared meanwhile.
 */
export async function writeNewFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeDurably(temporary, text);
    await link(temporary, file);
  } catch (cause) {
    throw isCode(cause, 'EEXIST') ? new KeyringError('KEYRING_EXISTS', { file }) : cause;
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(file));
}

/** The file's text. Throws KeyringError: missing, within reach of other users, or nothing a keyring could be. */
export async function readGuardedFile(file: string): Promise<string> {
  const handle = await openExisting(file);
  try {
    // Asked of the open handle, so that nobody swaps the file between the question and the reading.
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size > MAX_FILE_BYTES) throw new KeyringError('KEYRING_FORMAT', { file });
    if ((stat.mode & GROUP_AND_OTHERS) !== 0) throw new KeyringError('KEYRING_EXPOSED', { file });
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function openExisting(file: string): Promise<FileHandle> {
  try {
    // NONBLOCK: a pipe in the file's place must not make the start wait for ever.
    return await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw isCode(cause, 'ENOENT') ? new KeyringError('KEYRING_MISSING', { file }) : cause;
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
