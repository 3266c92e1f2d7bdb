import { access } from 'node:fs/promises';
import { readConfig } from '../config/config.ts';
import { systemClock, vietnamDay } from '../kernel/clock.ts';
import { readKeyring } from '../keys/keyring.ts';
import { sharesOf } from '../keys/keyring-shares.ts';
import { keyringPlace } from '../keys/open-custodian.ts';
import { wipeRingSecrets } from '../keys/ring-secrets.ts';
import type { ShareFile } from '../keys/share-file.ts';
import { CommandError } from './command-error.ts';
import { passphraseOf } from './passphrase.ts';
import { recordBefore } from './record-deed.ts';
import { runCommand } from './run-command.ts';
import { openTerminal } from './terminal.ts';
import { writeShares } from './write-shares.ts';

const USAGE = new CommandError('Cách dùng: npm run keys:backup -- <thư mục>', 'Usage: npm run keys:backup -- <folder>');

/** Writes three shares of the keyring's master secrets, of which any two restore it. */
async function main(): Promise<number> {
  const [folder, ...more] = process.argv.slice(2);
  if (folder === undefined || folder.startsWith('-') || more.length > 0) throw USAGE;
  const config = readConfig();
  const { file, passphraseFile } = keyringPlace(config.dataFolder, config.keyring);
  const terminal = openTerminal();
  try {
    const passphrase = await passphraseOf({
      terminal,
      file: (await isThere(passphraseFile)) ? passphraseFile : undefined,
      vi: 'Cụm mật khẩu của chùm khóa',
      en: 'Passphrase of the keyring',
    });
    const secrets = await readKeyring({ file, passphrase });
    const shares = sharesOf(secrets, vietnamDay(systemClock.now()));
    wipeRingSecrets(secrets);
    // The shares are the most valuable words of the system: none leaves before the log knows.
    await recordBefore(config, 'keys:backup', { job: 'keys-backup', action: 'keys.backup', count: shares.length });
    await writeAll(folder, shares);
    return 0;
  } finally {
    terminal?.close();
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function writeAll(folder: string, shares: readonly ShareFile[]): Promise<void> {
  for (const file of await writeShares(folder, shares)) console.log(file);
  console.log(
    'Ba phần; hai phần bất kỳ khôi phục được chùm khóa. Hãy giao cho ba người ở ba nơi rồi xóa thư mục này. Đổi khóa cơ quan không làm các phần này cũ đi.\nThree shares; any two restore the keyring. Give them to three people in three places, then remove this folder. Rotating the keys of agencies does not outdate them.',
  );
}

runCommand(main);
