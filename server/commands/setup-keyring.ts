import { access, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/config.ts';
import { secret, type Secret } from '../kernel/secret.ts';
import { createKeyring, openKeyring } from '../keys/keyring.ts';
import type { Custodian } from '../keys/index.ts';
import { keyringPlace, openConfigured } from '../keys/open-custodian.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** `file` is null where a key store keeps the keys. */
export type SetUpKeyring = { custodian: Custodian; file: string | null; isNew: boolean; isTyped: boolean };

/**
 * Opens the keyring, or makes one when there is none. The passphrase comes from HIEN_KEYRING_PASSPHRASE_FILE, else it is
 * typed: twice for a new keyring. It is never printed and never written by this command.
 */
export async function setUpKeyring(config: Config, terminal: Terminal | null): Promise<SetUpKeyring> {
  if (config.transit !== null)
    return { custodian: await openConfigured(config, false), file: null, isNew: false, isTyped: false };
  const { file } = keyringPlace(config.dataFolder, config.keyring);
  const isNew = !(await access(file).then(
    () => true,
    () => false,
  ));
  const { passphraseFile } = config.keyring;
  const passphrase =
    passphraseFile === undefined ? await typed(terminal, { isNew, file }) : await fromFile(passphraseFile);
  if (isNew) {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
    await createKeyring({ file, passphrase });
  }
  const custodian = await openKeyring({ file, passphrase });
  return { custodian, file: path.resolve(file), isNew, isTyped: passphraseFile === undefined };
}

async function fromFile(file: string): Promise<Secret<string>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(
      `Không đọc được tệp cụm mật khẩu (HIEN_KEYRING_PASSPHRASE_FILE): ${file}`,
      `The passphrase file (HIEN_KEYRING_PASSPHRASE_FILE) cannot be read: ${file}`,
    );
  });
  return secret(text.trim());
}

async function typed(
  terminal: Terminal | null,
  { isNew, file }: { isNew: boolean; file: string },
): Promise<Secret<string>> {
  if (terminal === null)
    throw new CommandError(
      'Hãy đặt HIEN_KEYRING_PASSPHRASE_FILE: tệp chứa cụm mật khẩu của chùm khóa.',
      'Set HIEN_KEYRING_PASSPHRASE_FILE: the file that holds the passphrase of the keyring.',
    );
  if (!isNew)
    return secret(
      (await terminal.askHidden(`Cụm mật khẩu của chùm khóa / Passphrase of the keyring (${file})`)).trim(),
    );
  const first = await terminal.askHidden(
    'Cụm mật khẩu cho chùm khóa mới, ít nhất 12 ký tự / Passphrase for the new keyring, at least 12 characters',
  );
  if (first.trim() !== (await terminal.askHidden('Nhập lại / Once more')).trim())
    throw new CommandError('Hai lần nhập không giống nhau.', 'The two entries differ.');
  return secret(first.trim());
}
