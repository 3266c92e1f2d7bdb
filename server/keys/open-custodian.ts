import { randomBytes } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Custodian } from './custodian.ts';
import { openAndFollow } from './follow-keyring.ts';
import { createKeyring } from './keyring.ts';
import { readPassphraseFile } from './keyring-file.ts';
import { openTransit } from './transit-custodian.ts';

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

/** Opens what keeps the keys, as configured. Throws KeyringError or TransitError, whose messages tell what to do. */
export function openConfigured(
  config: Pick<Config, 'dataFolder' | 'keyring' | 'transit'>,
  mayCreate: boolean,
): Promise<Custodian> {
  if (config.transit !== null) return openTransit(config.transit, systemClock.now);
  return openCustodian(keyringPlace(config.dataFolder, config.keyring), mayCreate);
}

/** Opens the keyring; with `mayCreate` and none there, makes one with a random passphrase. */
export async function openCustodian(place: KeyringPlace, mayCreate: boolean): Promise<Custodian> {
  if (mayCreate && !(await exists(place.file))) await makeKeyring(place);
  return openAndFollow({ file: place.file, passphrase: await readPassphraseFile(place.passphraseFile) });
}

async function makeKeyring(place: KeyringPlace): Promise<void> {
  // 0711: the restricted account under which root's embedded database runs has to pass through this folder.
  await mkdir(path.dirname(place.file), { recursive: true, mode: 0o711 });
  if (!(await exists(place.passphraseFile)))
    await writeFile(place.passphraseFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  await createKeyring({ file: place.file, passphrase: await readPassphraseFile(place.passphraseFile) });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
