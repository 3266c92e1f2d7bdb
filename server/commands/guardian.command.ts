import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../config/config.ts';
import { typedCaseCode } from '../kernel/case-code.ts';
import type { Custodian } from '../keys/index.ts';
import { openConfigured } from '../keys/open-custodian.ts';
import { progress } from '../progress.ts';
import { CommandError } from './command-error.ts';
import { askSecrets, runGuardedOpening, type OpeningAsked } from './guardian-open.ts';
import { coverWithGuardian, makeGuardian, type Said } from './guardian-keys.ts';
import { openOwnerDatabase } from './owner-database.ts';
import { runCommand } from './run-command.ts';

const USAGE = new CommandError(
  `Cách dùng:
  Tạo khóa dự phòng, ghi ba phần vào thư mục:  npm run keys:guardian -- --make <thư mục> [--again: thay khóa đang có]
  Phủ mọi hồ sơ đang có:                        npm run keys:guardian -- --cover
  Mở một hồ sơ, hai người cùng có mặt:          npm run keys:guardian -- --open <mã> (--for <tên đăng nhập>[,…] | --for-agency) --reason <lý do> --agreed-by <giám sát hoặc quản trị> --as <người vận hành> [--share <tệp> --share <tệp>]`,
  `Usage:
  Make the guardian, three shares into a folder:  npm run keys:guardian -- --make <folder> [--again: in place of the one there is]
  Cover the cases that exist:                     npm run keys:guardian -- --cover
  Open one case, both people at the terminal:     npm run keys:guardian -- --open <code> (--for <user name>[,…] | --for-agency) --reason <code> --agreed-by <supervisor or administrator> --as <operator> [--share <file> --share <file>]
Passwords and shares that are not named are asked for; without a terminal the passwords are two lines of standard input, in this order.`,
);

type Asked = { kind: 'make'; folder: string; isAgain: boolean } | { kind: 'cover' } | ({ kind: 'open' } & OpeningAsked);

/** Exit code 0; 1 when something could not be granted to the guardian. */
async function main(): Promise<number> {
  const asked = readArguments();
  const config = readConfig();
  const secrets = asked.kind === 'open' ? await askSecrets(asked) : null;
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `keys:guardian -- ${process.argv.slice(2).join(' ')}`,
  });
  try {
    const said = await withCustodian(config, async (custodian) => {
      const place = { ownerUrl: database.ownerUrl, custodian };
      if (asked.kind === 'make') return makeGuardian(place, asked);
      if (asked.kind === 'cover' || secrets === null) return coverWithGuardian(place);
      return runGuardedOpening(place, asked, secrets);
    });
    for (const line of said.out) console.log(line);
    for (const line of said.faults) console.error(line);
    return said.code;
  } finally {
    await database.close();
  }
}

async function withCustodian(config: Config, run: (custodian: Custodian) => Promise<Said>): Promise<Said> {
  const custodian = await openConfigured(config, false);
  try {
    return await run(custodian);
  } finally {
    custodian.close();
  }
}

type Given = ReturnType<typeof parse>;

function readArguments(): Asked {
  const given = parse();
  const wanted = [given.make !== undefined, given.cover === true, given.open !== undefined];
  if (wanted.filter(Boolean).length !== 1) throw USAGE;
  if (given.make !== undefined) return { kind: 'make', folder: given.make, isAgain: given.again === true };
  return given.cover === true ? { kind: 'cover' } : { kind: 'open', ...openingFrom(given) };
}

function openingFrom(given: Given): OpeningAsked {
  const { reason, as: operator, 'agreed-by': agreedBy, share: shareFiles = [] } = given;
  const code = typedCaseCode(given.open ?? '');
  if (code === null || reason === undefined || operator === undefined || agreedBy === undefined) throw USAGE;
  return { code, to: holdersFrom(given), reason, operator, agreedBy, shareFiles };
}

function holdersFrom(given: Given): OpeningAsked['to'] {
  const isForAgency = given['for-agency'] === true;
  if (isForAgency === (given.for !== undefined)) throw USAGE;
  return isForAgency ? 'agency' : (given.for ?? '').split(',').map((name) => name.trim().toLowerCase());
}

function parse() {
  const word = { type: 'string' as const };
  const flag = { type: 'boolean' as const };
  try {
    return parseArgs({
      options: {
        ...{ make: word, again: flag, cover: flag, open: word, for: word, 'for-agency': flag },
        ...{ reason: word, as: word, 'agreed-by': word, share: { type: 'string', multiple: true } },
      },
    }).values;
  } catch {
    throw USAGE;
  }
}

runCommand(main);
