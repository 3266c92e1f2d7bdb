import { parseArgs } from 'node:util';
import { typedCaseCode } from '../kernel/case-code.ts';
import { readConfig, type Config } from '../config/config.ts';
import { progress } from '../progress.ts';
import { CommandError } from './command-error.ts';
import { runErasure, type ErasureAsked } from './erasure-run.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { passwordOf } from './password-of.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng, hai người, mỗi người một lần:\n  1. người giám sát:  npm run cases:erase -- --case <mã> --reason <lý do> --as <tên đăng nhập>\n  2. người vận hành:  npm run cases:erase -- --case <mã> --confirm --as <tên đăng nhập> [--to <thư mục>]\n  In lại biên bản:    npm run cases:erase -- --case <mã> --certificate [--to <thư mục>]',
  'Usage, two people, one after the other:\n  1. a supervisor:  npm run cases:erase -- --case <code> --reason <reason> --as <user name>\n  2. an operator:   npm run cases:erase -- --case <code> --confirm --as <user name> [--to <folder>]\n  The certificate again: npm run cases:erase -- --case <code> --certificate [--to <folder>]\nThe password is asked for, or read as one line from standard input.',
);

/** Erases a case for good: one person asks, another confirms, a certificate remains. */
async function main(): Promise<number> {
  const asked = readArguments();
  const config = readConfig();
  const password = asked.kind === 'certificate' ? '' : await passwordOf(asked.username);
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `cases:erase -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    const { ownerUrl } = database;
    for (const line of await runErasure({ ownerUrl, folder: folderFor(config, asked) }, asked, password))
      console.log(line);
    return 0;
  } finally {
    await database.close();
  }
}

function folderFor(config: Config, { to }: ErasureAsked): string {
  return to ?? `${config.dataFolder}/certificates`;
}

function readArguments(): ErasureAsked {
  const given = parse();
  const code = typedCaseCode(given.case ?? '');
  const wanted = [given.reason !== undefined, given.confirm === true, given.certificate === true];
  if (code === null || wanted.filter(Boolean).length !== 1) throw USAGE;
  if (given.certificate === true) return { kind: 'certificate', code, to: given.to };
  const { as: username, reason, to } = given;
  if (username === undefined) throw USAGE;
  return reason === undefined ? { kind: 'confirm', code, username, to } : { kind: 'ask', code, username, reason, to };
}

function parse() {
  const word = { type: 'string' as const };
  const flag = { type: 'boolean' as const };
  try {
    return parseArgs({ options: { case: word, reason: word, as: word, to: word, confirm: flag, certificate: flag } })
      .values;
  } catch {
    throw USAGE;
  }
}

runCommand(main);
