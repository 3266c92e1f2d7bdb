import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { CommandError } from './command-error.ts';
import { runDump } from './dump-run.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run data:dump -- <thư mục> [--keys <thư mục khác>] [--snapshot <ảnh chụp>]',
  'Usage: npm run data:dump -- <folder> [--keys <another folder>] [--snapshot <id>]\nWith --keys both are dumped out of one snapshot; --snapshot takes one that another session exported.',
);

/** Writes everything but keys as files of COPY text. */
async function main(): Promise<number> {
  const { folder, keys, snapshot } = readArguments();
  for (const line of await runDump(readConfig(), 'data:dump', { data: folder, keys, snapshot })) console.log(line);
  return 0;
}

function readArguments() {
  const { values, positionals } = parse();
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw USAGE;
  return { folder, keys: values.keys, snapshot: values.snapshot };
}

function parse() {
  try {
    return parseArgs({
      options: { keys: { type: 'string' }, snapshot: { type: 'string' } },
      allowPositionals: true,
    });
  } catch {
    throw USAGE;
  }
}

runCommand(main);
