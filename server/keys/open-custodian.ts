import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { secret } from '../kernel/secret.ts';
import type { Custodian } from './custodian.ts';
import { createKeyring, openKeyring } from './keyring.ts';

export type KeyringPlace = { file: string; passphraseFile: string };

/** Where the keyring lies: as configured, or beside the data (then the passphrase lies there too: good for a demonstration only). */
export function keyringPlace(
  folder: string,
  configured: { file: string | undefined; passphraseFile: string | undefined },
): KeyringPlace {
  return {
    file: configured.file ?? path.join(folder, 'keyring.json'),
    passphraseFile: configured.passphraseFile ?? path.join(folder, 'keyring.passphrase'),
  };
}

/** Opens the keyring; with `mayCreate` and none there, makes one with a random passphrase. */
export async function openCustodian(place: KeyringPlace, mayCreate: boolean): Promise<Custodian> {
  if (mayCreate && !(await exists(place.file))) await makeKeyring(place);
  const passphrase = secret((await readFile(place.passphraseFile, 'utf8')).trim());
  return openKeyring({ file: place.file, passphrase });
}

async function makeKeyring(place: KeyringPlace): Promise<void> {
  await mkdir(path.dirname(place.file), { recursive: true });
  if (!(await exists(place.passphraseFile)))
    await writeFile(place.passphraseFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  const passphrase = secret((await readFile(place.passphraseFile, 'utf8')).trim());
  await createKeyring({ file: place.file, passphrase });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
