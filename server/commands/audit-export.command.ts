import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { exportLog, openSink, sizeOfNote, type ExportReport, type Wanted } from '../audit/commands.ts';
import { readConfig } from '../config/config.ts';
import { progress } from '../progress.ts';
import { openArchivist, recordDeed } from '../retention/index.ts';
import { CommandError } from './command-error.ts';
import { endOf, momentOf } from './moments.rules.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run audit:export -- [--from <ngày|thời điểm>] [--to <ngày|thời điểm>] [--after <mốc kiểm cũ>] <thư mục trống>',
  'Usage: npm run audit:export -- [--from <day|instant>] [--to <day|instant>] [--after <older checkpoint>] <empty folder>\nDays are Vietnamese days, --to includes its day; --after exports what came after an older checkpoint.',
);

/** Writes the sealed log into a folder, to be verified without this system; it is a deed of weight, and on record. */
async function main(): Promise<number> {
  const { folder, wanted } = await readArguments();
  const config = readConfig();
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `audit:export -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    const report = await exportInto(folder, wanted, database.ownerUrl);
    for (const line of linesOf(folder, report)) console.log(line);
    return report.differences.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

async function exportInto(folder: string, wanted: Wanted, ownerUrl: string): Promise<ExportReport> {
  const sink = await openSink(folder);
  if (sink === null)
    throw new CommandError(
      `${folder}: thư mục phải trống và ghi được.`,
      `${folder}: the folder must be empty and writable.`,
    );
  const archivist = openArchivist(ownerUrl);
  try {
    const report = await exportLog({
      ownerUrl,
      sink,
      wanted,
      record: ({ size, span: { first, end } }) =>
        recordDeed(archivist, {
          job: 'audit-export',
          action: 'audit.export',
          objectKind: 'checkpoint',
          count: end - first,
          fields: [`from:${first}`, `to:${end}`, `size:${size}`],
        }),
      onEntries: (done, total) => progress.count('sự kiện / events', done, total),
    });
    if (report !== null) return report;
  } finally {
    await archivist.close();
  }
  throw new CommandError('Nhật ký chưa được niêm phong lần nào.', 'The log was never sealed yet.');
}

const SHOWN = 50;

function linesOf(folder: string, { span, size, differences, absent }: ExportReport): string[] {
  const lines = differences.slice(0, SHOWN).map(({ index, what }) => `✗ ${index}: ${what.join(', ')}`);
  const found =
    differences.length === 0
      ? []
      : [
          `Cột tra cứu khác với sự kiện đã niêm phong ở ${differences.length} mục. / What auditors search by differs from the sealed event in ${differences.length} entries.`,
          ...lines,
        ];
  return [
    `${folder}: ${span.end - span.first} sự kiện / events, cây / tree ${size}.`,
    ...absent.map(archivedLine),
    ...found,
  ];
}

function archivedLine([first, last]: readonly [number, number]): string {
  return `Đã lưu trữ, không có ở đây / archived, not in here: ${first}-${last}`;
}

async function readArguments(): Promise<{ folder: string; wanted: Wanted }> {
  const { values, positionals } = parse();
  const [folder, ...more] = positionals;
  const { from, to, after } = values;
  const isTwice = after !== undefined && (from !== undefined || to !== undefined);
  if (folder === undefined || more.length > 0 || isTwice) throw USAGE;
  return { folder, wanted: { ...timesOf(values), afterSize: after === undefined ? null : await sizeIn(after) } };
}

function timesOf(given: { from?: string; to?: string }): Pick<Wanted, 'from' | 'to'> {
  const [from, to] = [momentOf(given.from ?? null), endOf(given.to ?? null)];
  if (from === undefined || to === undefined) throw USAGE;
  return { from, to };
}

async function sizeIn(file: string): Promise<number> {
  try {
    return sizeOfNote(await readFile(file, 'utf8'));
  } catch {
    throw new CommandError(`${file}: không phải mốc kiểm.`, `${file}: not a checkpoint.`);
  }
}

function parse() {
  const text = { type: 'string' as const };
  try {
    return parseArgs({ options: { from: text, to: text, after: text }, allowPositionals: true });
  } catch {
    throw USAGE;
  }
}

runCommand(main);
