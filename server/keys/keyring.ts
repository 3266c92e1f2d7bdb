import type { KeyObject } from 'node:crypto';
import { createSecretKey, randomBytes } from 'node:crypto';
import { argon2id, hash } from 'argon2';
import * as z from 'zod';

import { canonicalJson } from '../kernel/canonical-json.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Secret } from '../kernel/secret.ts';
import { revealSecret } from '../kernel/secret.ts';
import { lengthPrefixed } from './additional-data.ts';
import { keyringCustodian, type KeyringCustodian } from './keyring-custodian.ts';
import { KeyringError } from './keyring-error.ts';
import { readKeyringFile, replaceFile, writeNewFile } from './keyring-file.ts';
import { openBytes, sealBytes } from './primitives.ts';
import { decodeRingSecrets, encodeRingSecrets, generateRingSecrets, wipeRingSecrets } from './ring-secrets.ts';
import type { RingSecret } from './ring-secrets.ts';

/*
 * Stored format, final: JSON { format, kdf, sealed }. `sealed` = base64 of `iv 12 | ciphertext | tag 16`, AES-256-GCM under
 * the argon2id hash of the passphrase, the rest of the file as additional data; its content is in `ring-secrets.ts`.
 */
const FORMAT = 'hien-keyring-v1';
const SALT_BYTES = 16;
const WRAPPING_KEY_BYTES = 32;
const MIN_PASSPHRASE_LENGTH = 12;
const ARGON2_VERSION = 0x13;

// One text per content: a flipped bit that decodes to the same bytes is refused too.
const strictBase64 = z.base64().refine((text) => Buffer.from(text, 'base64').toString('base64') === text);

// Upper limits, because the file is read before it is proved authentic and must not be able to exhaust the machine.
const kdfShape = z.strictObject({
  name: z.literal('argon2id'),
  version: z.literal(ARGON2_VERSION),
  memoryKiB: z.int().min(65_536).max(1_048_576),
  iterations: z.int().min(3).max(16),
  parallelism: z.int().min(1).max(4),
  salt: strictBase64,
});
const fileShape = z.strictObject({ format: z.literal(FORMAT), kdf: kdfShape, sealed: strictBase64 });

type Kdf = z.infer<typeof kdfShape>;
type KeyringFile = z.infer<typeof fileShape>;
type KeyringOptions = { file: string; passphrase: Secret<string> };

/**
 * Makes a keyring with fresh master secrets, mode 0600. Whoever loses it loses every case.
 * Throws KeyringError: it exists already, or the passphrase is shorter than 12 characters.
 */
export async function createKeyring(options: KeyringOptions): Promise<void> {
  const secrets = generateRingSecrets();
  try {
    await writeKeyring(options, secrets);
  } finally {
    wipeRingSecrets(secrets);
  }
}

/** Makes a keyring of these secrets, such as restored ones. Throws as `createKeyring`; the secrets stay the caller's to wipe. */
export async function writeKeyring(options: KeyringOptions, secrets: readonly RingSecret[]): Promise<void> {
  await writeNewFile(options.file, await sealedText(options, secrets));
}

/** The same in place of a keyring that is there, whole or not at all: a moment later there is the one or the other. */
export async function replaceKeyring(options: KeyringOptions, secrets: readonly RingSecret[]): Promise<void> {
  await replaceFile(options.file, await sealedText(options, secrets));
}

async function sealedText({ passphrase }: KeyringOptions, secrets: readonly RingSecret[]): Promise<string> {
  if (revealSecret(passphrase).length < MIN_PASSPHRASE_LENGTH) throw new KeyringError('KEYRING_PASSPHRASE_SHORT');
  const kdf = freshKdf();
  const wrappingKey = await passphraseKey(passphrase, kdf);
  const content = encodeRingSecrets(secrets);
  try {
    const sealed = sealBytes(wrappingKey, headerData(kdf), content).toString('base64');
    return `${JSON.stringify({ format: FORMAT, kdf, sealed }, null, 2)}\n`;
  } finally {
    content.fill(0);
  }
}

/**
 * Opens a keyring. Throws KeyringError: missing, reachable by others, unknown format, wrong passphrase or altered file.
 * `now` is the clock by which opened keys age.
 */
export async function openKeyring(options: KeyringOptions & { now?: () => number }): Promise<KeyringCustodian> {
  const secrets = await readKeyring(options);
  try {
    return keyringCustodian(secrets, options.now ?? systemClock.now);
  } finally {
    wipeRingSecrets(secrets);
  }
}

/** The master secrets themselves, for a backup; the caller's to wipe. Throws as `openKeyring`. */
export async function readKeyring(options: KeyringOptions): Promise<readonly RingSecret[]> {
  return openSecrets(options, parseFile(options.file, await readKeyringFile(options.file)));
}

async function openSecrets({ file, passphrase }: KeyringOptions, keyring: KeyringFile): Promise<readonly RingSecret[]> {
  const wrappingKey = await passphraseKey(passphrase, keyring.kdf);
  const content = openContent({ file, wrappingKey, keyring });
  try {
    const secrets = decodeRingSecrets(content);
    if (secrets === undefined) throw new KeyringError('KEYRING_FORMAT', { file });
    return secrets;
  } finally {
    content.fill(0);
  }
}

function openContent(input: { file: string; wrappingKey: KeyObject; keyring: KeyringFile }): Buffer {
  const { file, wrappingKey, keyring } = input;
  try {
    return openBytes(wrappingKey, headerData(keyring.kdf), Buffer.from(keyring.sealed, 'base64'));
  } catch (cause) {
    throw new KeyringError('KEYRING_NOT_OPENED', { file, cause });
  }
}

function parseFile(file: string, text: string): KeyringFile {
  try {
    const keyring = fileShape.parse(JSON.parse(text));
    if (Buffer.from(keyring.kdf.salt, 'base64').length !== SALT_BYTES) throw new RangeError('salt');
    return keyring;
  } catch {
    // The cause would quote the file.
    throw new KeyringError('KEYRING_FORMAT', { file });
  }
}

function freshKdf(): Kdf {
  const salt = randomBytes(SALT_BYTES).toString('base64');
  return { name: 'argon2id', version: ARGON2_VERSION, memoryKiB: 65_536, iterations: 3, parallelism: 1, salt };
}

async function passphraseKey(passphrase: Secret<string>, kdf: Kdf): Promise<KeyObject> {
  // NFC: the same Vietnamese passphrase typed on two systems may differ in how its marks are composed.
  const typed = Buffer.from(revealSecret(passphrase).normalize('NFC'), 'utf8');
  try {
    return secretKeyOf(await stretch(typed, kdf));
  } finally {
    typed.fill(0);
  }
}

async function stretch(passphrase: Buffer, kdf: Kdf): Promise<Buffer> {
  return hash(passphrase, {
    raw: true,
    type: argon2id,
    version: kdf.version,
    memoryCost: kdf.memoryKiB,
    timeCost: kdf.iterations,
    parallelism: kdf.parallelism,
    salt: Buffer.from(kdf.salt, 'base64'),
    hashLength: WRAPPING_KEY_BYTES,
  });
}

function secretKeyOf(raw: Buffer): KeyObject {
  try {
    return createSecretKey(raw);
  } finally {
    raw.fill(0);
  }
}

function headerData(kdf: Kdf): Buffer {
  return lengthPrefixed([FORMAT, canonicalJson(kdf)]);
}
