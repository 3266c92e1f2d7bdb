import { parseArgs } from 'node:util';
import * as z from 'zod';
import { readConfig, type Config } from '../config/config.ts';
import { openConfigured } from '../keys/open-custodian.ts';
import { openPrincipals } from '../keys/principals.store.ts';
import { renewDue } from '../keys/renewing.store.ts';
import { rotatePrincipals, type Rotating, type RotationReport } from '../keys/rotate-principals.ts';
import { progress } from '../progress.ts';
import { CommandError } from './command-error.ts';
import { keeperPorts } from './keeper.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  'Cách dùng: npm run keys:rotate -- --all | --agency <mã định danh cơ quan>',
  'Usage: npm run keys:rotate -- --all | --agency <id of the agency>',
);

const STEPS: Readonly<Record<Parameters<Rotating['onStep']>[0], string>> = {
  begin: 'khóa mới / new keys',
  reseal: 'niêm phong lại / sealing again',
  wait: 'chờ máy chủ đang chạy nhận khóa mới / waiting for the running server to take up the new keys',
  destroy: 'hủy khóa cũ / destroying the old keys',
};

/** Exit code 0 when the old keys are gone, 1 when some must stay because something sealed to them does not open. */
async function main(): Promise<number> {
  const principalId = readArguments();
  const config = readConfig();
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `keys:rotate -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    return await rotate(database.ownerUrl, { principalId, config });
  } finally {
    await database.close();
  }
}

/** The principal to rotate, or null for all. */
function readArguments(): string | null {
  const { all, agency } = parse();
  if (agency === undefined && all === true) return null;
  if (all === true || !z.uuid().safeParse(agency).success) throw USAGE;
  return agency ?? null;
}

function parse(): { all?: boolean | undefined; agency?: string | undefined } {
  try {
    return parseArgs({ options: { all: { type: 'boolean' }, agency: { type: 'string' } } }).values;
  } catch {
    throw USAGE;
  }
}

type Asked = { principalId: string | null; config: Config };

async function rotate(ownerUrl: string, { principalId, config }: Asked): Promise<number> {
  const custodian = await openConfigured(config, false);
  const ports = keeperPorts(ownerUrl);
  try {
    // What a server without a keeper of its own has left undone.
    await renewDue({ ports, custodian, principals: openPrincipals(ports.pool, custodian) });
    const report = await rotatePrincipals(
      {
        ports,
        custodian,
        onStep: (step) => progress.step(STEPS[step]),
        onProgress: (done, total) => progress.count(STEPS.reseal, done, total),
      },
      principalId,
    );
    return conclude(report);
  } finally {
    await ports.close();
    custodian.close();
  }
}

function conclude({ principals, isResumed, resealed, broken, unfinished }: RotationReport): number {
  if (principals === 0)
    throw new CommandError('Không có khóa nào của cơ quan này.', 'There are no keys of this agency.');
  if (isResumed)
    console.log(
      'Đã hoàn tất lần đổi khóa bị dừng giữa chừng; chạy lại để đổi khóa mới. / A rotation that had been cut off was finished; run again for another.',
    );
  console.log(
    `Đã đổi khóa ${principals} đơn vị, niêm phong lại ${resealed} mục. / Rotated the keys of ${principals} principals, sealed ${resealed} items again.`,
  );
  for (const what of broken) console.error(`✗ không mở được / does not open: ${what}`);
  for (const id of unfinished) console.error(`✗ giữ lại khóa cũ / the old keys stay: ${id}`);
  return unfinished.length > 0 ? 1 : 0;
}

runCommand(main);
