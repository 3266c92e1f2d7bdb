import path from 'node:path';
import type { Config } from '../config/config.ts';
import { progress } from '../progress.ts';
import { dumpPart, withSnapshot, type DumpReport } from '../retention/index.ts';
import { CommandError } from './command-error.ts';
import { openOwnerDatabase } from './owner-database.ts';

/** What to dump where; `snapshot` is one that somebody else holds open. */
export type Dumping = { data?: string | undefined; keys?: string | undefined; snapshot?: string | undefined };

/** Dumps data, keys or both; both come out of one snapshot. Answers what there is to print. */
export async function runDump(config: Config, command: string, dumping: Dumping): Promise<string[]> {
  requireApart(dumping);
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `${command} -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    const { ownerUrl } = database;
    if (dumping.data === undefined || dumping.keys === undefined) return await dumpAll(ownerUrl, dumping);
    if (dumping.snapshot !== undefined) return await dumpAll(ownerUrl, dumping);
    return await withSnapshot(ownerUrl, (snapshot) => dumpAll(ownerUrl, { ...dumping, snapshot }));
  } finally {
    await database.close();
  }
}

/** A folder that holds both is one theft away from everything. */
function requireApart({ data, keys }: Dumping): void {
  if (data !== undefined && keys !== undefined && path.resolve(data) === path.resolve(keys))
    throw new CommandError(
      'Dữ liệu và khoá phải xuất vào hai thư mục khác nhau, và cất ở hai nơi khác nhau.',
      'Data and keys must go into two different folders, and be kept in two different places.',
    );
}

async function dumpAll(ownerUrl: string, { data, keys, snapshot }: Dumping): Promise<string[]> {
  const lines: string[] = [];
  if (data !== undefined) lines.push(...dataLines(await dumpOne({ ownerUrl, part: 'data', folder: data, snapshot })));
  if (keys !== undefined) lines.push(...keyLines(await dumpOne({ ownerUrl, part: 'keys', folder: keys, snapshot })));
  return lines;
}

type One = { ownerUrl: string; part: 'data' | 'keys'; folder: string; snapshot: string | undefined };

function dumpOne(one: One): Promise<DumpReport> {
  const text = one.part === 'data' ? 'dữ liệu / data' : 'khoá / keys';
  return dumpPart({ ...one, onRows: (done, total) => progress.count(text, done, total) });
}

function dataLines({ place, rows }: DumpReport): string[] {
  return [`Dữ liệu / Data: ${place} (${rows} dòng / rows). Không có khoá nào trong đó. / It holds no key.`];
}

function keyLines({ place, rows, keptDays, pruned }: DumpReport): string[] {
  return [
    `Khoá / Keys: ${place} (${rows} dòng / rows). Giữ tối đa ${keptDays} ngày, ở nơi khác với dữ liệu. / Keep it for ${keptDays} days at most, apart from the data.`,
    ...pruned.map((name) => `Đã xoá bản khoá quá hạn / Removed an outlived copy of keys: ${name}`),
  ];
}
