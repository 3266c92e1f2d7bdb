import { access } from 'node:fs/promises';
import { readConfig, type Config } from '../config/config.ts';
import type { Secret } from '../kernel/secret.ts';
import { readKeyring, replaceKeyring } from '../keys/keyring.ts';
import { keyringPlace } from '../keys/open-custodian.ts';
import { renewRing, type RingReport, type RingRenewing } from '../keys/renew-ring.ts';
import { progress } from '../progress.ts';
import { CommandError } from './command-error.ts';
import { keeperPorts } from './keeper.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { passphraseOf } from './passphrase.ts';
import { runCommand } from './run-command.ts';
import { openTerminal } from './terminal.ts';

const STEPS: Readonly<Record<Parameters<RingRenewing['onStep']>[0], string>> = {
  begin: 'thêm khóa chủ mới / adding new master secrets',
  wait: 'chờ máy chủ đang chạy nhận chùm khóa mới / waiting for the running server to take up the new keyring',
  rewrap: 'bọc lại và xác nhận lại khóa của các đơn vị / wrapping and vouching for everybody again',
  drop: 'bỏ khóa chủ cũ / dropping the old master secrets',
};

/** Exit code 0 when the old secrets are gone, 1 when they stay because of keys that do not open. */
async function main(): Promise<number> {
  if (process.argv.length > 2)
    throw new CommandError('Cách dùng: npm run keys:renew-ring', 'Usage: npm run keys:renew-ring');
  const config = readConfig();
  if (config.transit !== null)
    throw new CommandError(
      'Khóa chủ nằm trong kho khóa: hãy xoay hien-wrap và hien-vouch ngay trong kho.',
      'The master secrets are in the key store: rotate hien-wrap and hien-vouch there.',
    );
  const options = await keyringOptions(config);
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: 'keys:renew-ring',
  });
  const { close, ...ports } = keeperPorts(database.ownerUrl);
  try {
    const report = await renewRing({
      ports,
      ring: { read: () => readKeyring(options), write: (secrets) => replaceKeyring(options, secrets) },
      onStep: (step) => progress.step(STEPS[step]),
      onProgress: (done, total) => progress.count(STEPS.rewrap, done, total),
    });
    return conclude(report);
  } finally {
    await close();
    await database.close();
  }
}

async function keyringOptions(config: Config): Promise<{ file: string; passphrase: Secret<string> }> {
  const { file, passphraseFile } = keyringPlace(config.dataFolder, config.keyring);
  const terminal = openTerminal();
  try {
    const isThere = await access(passphraseFile).then(
      () => true,
      () => false,
    );
    const passphrase = await passphraseOf({
      terminal,
      file: isThere ? passphraseFile : undefined,
      vi: 'Cụm mật khẩu của chùm khóa',
      en: 'Passphrase of the keyring',
    });
    return { file, passphrase };
  } finally {
    terminal?.close();
  }
}

function conclude({ isResumed, rewrapped, broken }: RingReport): number {
  if (isResumed)
    console.log(
      'Đã hoàn tất lần thay khóa chủ bị dừng giữa chừng. / A renewal that had been cut off was finished; run again for another.',
    );
  console.log(`Đã bọc lại ${rewrapped} bộ khóa. / Wrapped ${rewrapped} sets of keys again.`);
  for (const what of broken)
    console.error(`✗ không mở được, giữ lại khóa chủ cũ / does not open, the old secrets stay: ${what}`);
  console.log(
    `Các phần sao lưu cũ của chùm khóa nay đã lỗi thời: chạy ngay npm run keys:backup và npm run keys:dump, giao lại ba phần. Giữ các phần cũ cho tới khi bản xuất khóa cũ hết hạn, rồi huỷ.
Older shares of the keyring are outdated now: run npm run keys:backup and npm run keys:dump at once and hand out the three shares anew. Keep the older shares until the older dumps of keys have expired, then destroy them.`,
  );
  return broken.length > 0 ? 1 : 0;
}

runCommand(main);
