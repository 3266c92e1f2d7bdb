import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Secret } from '../kernel/secret.ts';
import { secret } from '../kernel/secret.ts';
import { readGuarded } from './guarded-file.ts';
import type { FileFault } from './guarded-file.ts';
import { KeyringError } from './keyring-error.ts';
import type { KeyringErrorCode } from './keyring-error.ts';

const OWNER_ONLY = 0o600;

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

/** Puts a file for the owner alone in the place of one that is there, by `rename`: never half of it. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeDurably(temporary, text);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(file));
}

const REFUSALS: Readonly<Record<FileFault, KeyringErrorCode>> = {
  missing: 'KEYRING_MISSING',
  exposed: 'KEYRING_EXPOSED',
  foreign: 'KEYRING_OWNER',
  link: 'KEYRING_LINK',
  format: 'KEYRING_FORMAT',
};

/** The keyring's text. Throws KeyringError: missing, a link, another user's, within reach of others, or no keyring at all. */
export function readKeyringFile(file: string): Promise<string> {
  return readGuarded(file, { reach: 'owner', refuse: (fault) => new KeyringError(REFUSALS[fault], { file }) });
}

/** The passphrase a file holds. Throws KeyringError: missing, not to be read, or readable by everybody. */
export async function readPassphraseFile(file: string): Promise<Secret<string>> {
  const refuse = (fault: FileFault): KeyringError =>
    new KeyringError(fault === 'exposed' ? 'KEYRING_PASSPHRASE_EXPOSED' : 'KEYRING_PASSPHRASE_MISSING', { file });
  return secret((await readGuarded(file, { reach: 'service', refuse })).trim());
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
