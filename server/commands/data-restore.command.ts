import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { progress } from '../progress.ts';
import { restoreDump } from '../retention/index.ts';
import { CommandError } from './command-error.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run data:restore -- <bản xuất dữ liệu> <bản xuất khoá>',
  'Usage: npm run data:restore -- <dump of data> <dump of keys>\nInto a new, migrated database. The keys may be younger than the data, never older. The keyring is restored apart.',
);

/** Restores a dump of data beside a dump of keys, whole or not at all. */
async function main(): Promise<number> {
  const { dataFolder, keysFolder } = readArguments();
  const database = await openOwnerDatabase(readConfig(), {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `data:restore -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    const { ownerUrl } = database;
    const onRows = (done: number, total: number): void => progress.count('phục hồi / restore', done, total);
    const { restored, leftOut } = await restoreDump({ ownerUrl, dataFolder, keysFolder, onRows });
    console.log(`Đã phục hồi ${restored} dòng. / Restored ${restored} rows.`);
    if (leftOut > 0)
      console.log(
        `Bỏ qua ${leftOut} dòng: của hồ sơ đã xoá, hoặc khoá mới hơn dữ liệu. / Left out ${leftOut} rows: of erased cases, or of keys younger than the data.`,
      );
    console.log(
      'Nhật ký: chép tệp audit/checkpoint của máy cũ sang HIEN_AUDIT_FOLDER; nếu cơ sở dữ liệu cũ hơn tệp đó, hãy chạy npm run audit:restart. / The log: copy audit/checkpoint of the old machine to HIEN_AUDIT_FOLDER; where the database is older than that file, npm run audit:restart.',
    );
    return 0;
  } finally {
    await database.close();
  }
}

function readArguments() {
  try {
    const [dataFolder, keysFolder, ...more] = parseArgs({ allowPositionals: true }).positionals;
    if (dataFolder === undefined || keysFolder === undefined || more.length > 0) throw USAGE;
    return { dataFolder, keysFolder };
  } catch {
    throw USAGE;
  }
}

runCommand(main);
