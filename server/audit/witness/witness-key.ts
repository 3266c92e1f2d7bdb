import { createPrivateKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { cosignatureKeyOf } from '../tlog/cosignature.ts';
import { requireKeyName, type VerifierKey } from '../tlog/vkey.ts';
import { hasCode, replaceDurably, withHandle } from './durable-file.ts';
import { WitnessError } from './witness-error.ts';

/** A witness's own key: `key` is what it announces. */
export type WitnessKey = { key: VerifierKey; privateKey: KeyObject };

const FILE = 'key.json';
const MAX_FILE_BYTES = 4096;
const OTHERS = 0o077;

/** The key in this folder, null when there is none. Throws WitnessError KEY_EXPOSED, KEY_BROKEN, and NAME_FIXED for another name. */
export async function readWitnessKey(folder: string, name: string | undefined): Promise<WitnessKey | null> {
  const file = path.join(folder, FILE);
  const text = await readGuarded(file);
  if (text === null) return null;
  const found = parseKey(text, file);
  if (name !== undefined && name !== found.key.name) throw new WitnessError('NAME_FIXED', found.key.name);
  return found;
}

/** Makes the key at the first start. Without a name it is called after itself. Throws TlogError KEY_NAME. */
export async function makeWitnessKey(folder: string, name: string | undefined): Promise<WitnessKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const own = hash('sha256', publicKey.export({ format: 'der', type: 'spki' })).slice(0, 12);
  const chosen = requireKeyName(name ?? `hien-witness/${own}`);
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  await replaceDurably(
    path.join(folder, FILE),
    `${JSON.stringify({ version: 1, name: chosen, privateKey: pem }, null, 2)}\n`,
  );
  return { key: cosignatureKeyOf(chosen, privateKey), privateKey };
}

async function readGuarded(file: string): Promise<string | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return null;
      throw hasCode(error, 'ELOOP') || hasCode(error, 'EACCES') ? new WitnessError('KEY_EXPOSED', file) : error;
    },
  );
  if (handle === null) return null;
  return withHandle(handle, async () => {
    // Asked of the open handle, so that nobody swaps the file between the question and the reading.
    const stat = await handle.stat();
    const isOwn = process.geteuid === undefined || stat.uid === process.geteuid();
    if (!stat.isFile() || !isOwn || (stat.mode & OTHERS) !== 0) throw new WitnessError('KEY_EXPOSED', file);
    if (stat.size > MAX_FILE_BYTES) throw new WitnessError('KEY_BROKEN', file);
    return handle.readFile('utf8');
  });
}

/** The reasons of the parsers are not passed on: they could quote the key. */
function parseKey(text: string, file: string): WitnessKey {
  try {
    const stored: unknown = JSON.parse(text);
    if (!isStored(stored)) throw new WitnessError('KEY_BROKEN', file);
    const privateKey = createPrivateKey(stored.privateKey);
    return { key: cosignatureKeyOf(requireKeyName(stored.name), privateKey), privateKey };
  } catch {
    throw new WitnessError('KEY_BROKEN', file);
  }
}

function isStored(value: unknown): value is { version: 1; name: string; privateKey: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { version, name, privateKey } = value as Record<string, unknown>;
  return version === 1 && typeof name === 'string' && typeof privateKey === 'string';
}
