import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { CommandError } from './command-error.ts';
import { runDump } from './dump-run.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run keys:dump -- <thư mục> [--snapshot <ảnh chụp>]',
  'Usage: npm run keys:dump -- <folder> [--snapshot <id>]\nRun it at least once a day: each run also removes the copies that are too old.',
);

/** Writes the keys alone (sealed for their holders, never in the clear), and removes outlived copies in the folder. */
async function main(): Promise<number> {
  const { folder, snapshot } = readArguments();
  for (const line of await runDump(readConfig(), 'keys:dump', { keys: folder, snapshot })) console.log(line);
  return 0;
}

function readArguments() {
  const { values, positionals } = parse();
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw USAGE;
  return { folder, snapshot: values.snapshot };
}

function parse() {
  try {
    return parseArgs({ options: { snapshot: { type: 'string' } }, allowPositionals: true });
  } catch {
    throw USAGE;
  }
}

runCommand(main);
