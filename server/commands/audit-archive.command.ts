import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { progress } from '../progress.ts';
import { typedMonth } from '../retention/index.ts';
import { runArchive, type ArchiveAsked } from './archive-run.ts';
import { CommandError } from './command-error.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { passwordOf } from './password-of.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng, hai người, mỗi người một lần:\n  1. cán bộ kiểm tra: npm run audit:archive -- --month <YYYY-MM> --as <tên đăng nhập>\n  2. người vận hành:  npm run audit:archive -- --month <YYYY-MM> --confirm --as <tên đăng nhập> [--to <thư mục>]\n  In lại biên bản:    npm run audit:archive -- --month <YYYY-MM> --certificate [--to <thư mục>]',
  'Usage, two people, one after the other:\n  1. an auditor:   npm run audit:archive -- --month <YYYY-MM> --as <user name>\n  2. an operator:  npm run audit:archive -- --month <YYYY-MM> --confirm --as <user name> [--to <folder>]\n  The certificate again: npm run audit:archive -- --month <YYYY-MM> --certificate [--to <folder>]\nThe password is asked for, or read as one line from standard input.',
);

/** Moves a month of the log that is past its term out of the database: one person asks, another confirms, a certificate remains. */
async function main(): Promise<number> {
  const config = readConfig();
  const asked = readArguments(`${config.dataFolder}/archive`);
  const password = asked.kind === 'certificate' ? '' : await passwordOf(asked.username);
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `audit:archive -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    for (const line of await runArchive(database.ownerUrl, asked, password)) console.log(line);
    return 0;
  } finally {
    await database.close();
  }
}

function readArguments(usualFolder: string): ArchiveAsked {
  const { month: typed, as: username, to, ...wanted } = parse();
  const kind = kindOf(wanted);
  const month = typedMonth(typed ?? '');
  if (month === null || kind === null) throw USAGE;
  if (kind !== 'certificate' && username === undefined) throw USAGE;
  return { kind, month, username: username ?? '', folder: to ?? usualFolder };
}

function kindOf({ confirm = false, certificate = false }): ArchiveAsked['kind'] | null {
  if (confirm && certificate) return null;
  if (certificate) return 'certificate';
  return confirm ? 'confirm' : 'ask';
}

function parse() {
  const word = { type: 'string' as const };
  const flag = { type: 'boolean' as const };
  try {
    return parseArgs({ options: { month: word, as: word, to: word, confirm: flag, certificate: flag } }).values;
  } catch {
    throw USAGE;
  }
}

runCommand(main);
