import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../config/config.ts';
import { hasCode } from '../db/embedded-site.ts';
import { writeKeyring } from '../keys/keyring.ts';
import { secretsFrom } from '../keys/keyring-shares.ts';
import { wipeRingSecrets } from '../keys/ring-secrets.ts';
import { parseShare, type ShareFile } from '../keys/share-file.ts';
import { CommandError } from './command-error.ts';
import { newPassphraseOf } from './passphrase.ts';
import { recordBefore } from './record-deed.ts';
import { runCommand } from './run-command.ts';
import { openTerminal } from './terminal.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run keys:restore -- <tệp phần> <tệp phần> --to <tệp chùm khóa mới>',
  'Usage: npm run keys:restore -- <share> <share> --to <new keyring file>\nThe new passphrase is typed, or read from HIEN_KEYRING_PASSPHRASE_FILE.',
);

/** Makes a keyring file from shares, sealed under a new passphrase. Never overwrites one. */
async function main(): Promise<number> {
  const { shares, to } = readArguments();
  const secrets = secretsFrom(await Promise.all(shares.map(readShare)));
  const config = readConfig();
  const terminal = openTerminal();
  try {
    const passphrase = await newPassphraseOf({
      terminal,
      file: config.keyring.passphraseFile,
      vi: 'Cụm mật khẩu mới cho chùm khóa, ít nhất 12 ký tự',
      en: 'New passphrase for the keyring, at least 12 characters',
    });
    await record(config, shares.length);
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    await writeKeyring({ file: to, passphrase }, secrets);
  } finally {
    wipeRingSecrets(secrets);
    terminal?.close();
  }
  console.log(`Đã khôi phục chùm khóa / The keyring is restored: ${to}`);
  return 0;
}

/** After a disaster the keyring may come back before the database does; then paper has to remember it. */
async function record(config: Config, count: number): Promise<void> {
  const isRecorded = config.ownerUrl !== undefined && (await isOnRecord(config, count));
  if (isRecorded) return;
  console.log(
    'Không ghi được vào cơ sở dữ liệu (chưa đặt DATABASE_OWNER_URL, hoặc máy chủ không trả lời): lần khôi phục này không có trong nhật ký; hãy lập biên bản.\nNo database was reached (DATABASE_OWNER_URL is not set, or nobody answers there): this restore is not in the log; put it on paper.',
  );
}

/** False where nobody answers; a database that answers and refuses stops the restore. */
async function isOnRecord(config: Config, count: number): Promise<boolean> {
  try {
    await recordBefore(config, 'keys:restore', { job: 'keys-restore', action: 'keys.restore', count });
    return true;
  } catch (error) {
    if (hasCode(error, 'ECONNREFUSED') || hasCode(error, 'ENOTFOUND') || hasCode(error, 'ETIMEDOUT')) return false;
    throw error;
  }
}

function readArguments(): { shares: string[]; to: string } {
  const { values, positionals } = parse();
  if (values.to === undefined || positionals.length < 2) throw USAGE;
  return { shares: positionals, to: path.resolve(values.to) };
}

function parse() {
  try {
    return parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });
  } catch {
    throw USAGE;
  }
}

async function readShare(file: string): Promise<ShareFile> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`${file}: không đọc được.`, `${file}: cannot be read.`);
  });
  return parseShare(text, file);
}

runCommand(main);
