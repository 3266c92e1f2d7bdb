import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../config/config.ts';
import { systemClock, vietnamDay } from '../kernel/clock.ts';
import { day } from '../kernel/fields.contract.ts';
import { progress } from '../progress.ts';
import { refusalLine, summaryLines } from './area-words.ts';
import { planAreas } from './areas.rules.ts';
import { changeAreas } from './areas.store.ts';
import { CommandError } from './command-error.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run import:areas -- <tệp.json> [--from YYYY-MM-DD] [--dry-run]',
  'Usage: npm run import:areas -- <file.json> [--from YYYY-MM-DD] [--dry-run]\nThe file is a JSON array of {"code", "name", "parent"}; parent is null for a province.',
);

type Asked = { file: string; from: string; isDryRun: boolean };

/** Exit code 0 when every row was taken, 1 when some were refused. */
async function main(): Promise<number> {
  const asked = readArguments();
  const rows = await readRows(asked.file);
  return importAreas(readConfig(), asked, rows);
}

function readArguments(): Asked {
  const { values, positionals } = parse();
  const [file, ...more] = positionals;
  const from = values.from ?? vietnamDay(systemClock.now());
  if (file === undefined || more.length > 0 || !day.safeParse(from).success) throw USAGE;
  return { file, from, isDryRun: values['dry-run'] ?? false };
}

function parse() {
  try {
    return parseArgs({ options: { from: { type: 'string' }, 'dry-run': { type: 'boolean' } }, allowPositionals: true });
  } catch {
    throw USAGE;
  }
}

async function readRows(file: string): Promise<unknown[]> {
  const rows = await readFile(file, 'utf8').then(
    (text): unknown => {
      try {
        return JSON.parse(text.replace(/^\uFEFF/, ''));
      } catch {
        throw new CommandError(`${file}: không phải JSON.`, `${file}: not JSON.`);
      }
    },
    () => {
      throw new CommandError(`${file}: không đọc được.`, `${file}: cannot be read.`);
    },
  );
  if (!Array.isArray(rows)) throw new CommandError(`${file}: phải là một mảng JSON.`, `${file}: must be a JSON array.`);
  return rows;
}

async function importAreas(config: Config, asked: Asked, rows: readonly unknown[]): Promise<number> {
  const { from, isDryRun } = asked;
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `import:areas -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    const writing = {
      isDryRun,
      onRows: (done: number, total: number) => progress.count('địa bàn / areas', done, total),
    };
    const plan = await changeAreas(database.ownerUrl, writing, (existing) => planAreas(rows, { existing, from }));
    for (const refusal of plan.refused) console.error(refusalLine(refusal));
    for (const line of summaryLines(plan, asked)) console.log(line);
    return plan.refused.length > 0 ? 1 : 0;
  } finally {
    await database.close();
  }
}

runCommand(main);
