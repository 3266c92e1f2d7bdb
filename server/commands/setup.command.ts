import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../config/config.ts';
import { newPassword, provePassword } from '../identity/new-staff.store.ts';
import { PASSWORD_PARAMETERS } from '../identity/password.ts';
import { systemClock, vietnamDay } from '../kernel/clock.ts';
import { shareText } from '../keys/share-file.ts';
import { CommandError } from './command-error.ts';
import { requireCurrent } from './owner-database.ts';
import { runCommand } from './run-command.ts';
import { answersFrom, completeAnswers } from './setup-answers.ts';
import { setUpKeyring, type SetUpKeyring } from './setup-keyring.ts';
import type { Answers } from './setup-checks.ts';
import { QUESTIONS } from './setup-questions.ts';
import { beginningFrom } from './setup.rules.ts';
import { readKnown, writeBeginning } from './setup.store.ts';
import { closingLines } from './setup-words.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const FLAGS = QUESTIONS.map(({ flag, vi, en }) => `  --${flag.padEnd(18)} ${vi} / ${en}`).join('\n');
const USAGE = new CommandError(
  'Cách dùng: npm run setup  (hỏi từng mục)  |  npm run setup -- --json < tệp.json  |  npm run setup -- [các mục]',
  `Usage: npm run setup  (asks)  |  npm run setup -- --json < file.json  (keys as the flags, in camelCase: agencyKind; answers with JSON)  |  npm run setup -- [flags]\n${FLAGS}`,
);

/** Makes an empty production system usable: keyring, operator, first agency with its keys and its administrator. */
async function main(): Promise<number> {
  const { given, isJson } = await readGiven();
  const config = readConfig();
  const ownerUrl = ownerUrlOf(config);
  await requireCurrent(ownerUrl);
  const terminal = isJson ? null : openTerminal();
  try {
    await setUp({ config, ownerUrl, given, isJson, terminal });
    return 0;
  } finally {
    terminal?.close();
  }
}

function ownerUrlOf({ database }: Config): string {
  if (database?.ownerUrl === undefined)
    throw new CommandError(
      'Hãy đặt DATABASE_URL và DATABASE_OWNER_URL: lệnh này dùng cho máy chủ thật; bản minh hoạ tự chuẩn bị khi npm start.',
      'Set DATABASE_URL and DATABASE_OWNER_URL: this command is for a production server; a demonstration prepares itself on npm start.',
    );
  return database.ownerUrl;
}

async function readGiven(): Promise<{ given: Answers; isJson: boolean }> {
  const { json: isJson = false, ...flags } = parse();
  if (!isJson) return { given: answersFrom(flags), isJson: false };
  const object: unknown = await text(process.stdin)
    .then(JSON.parse)
    .catch(() => null);
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw USAGE;
  return { given: { ...answersFrom({ ...object }), ...answersFrom(flags) }, isJson: true };
}

function parse(): { json?: boolean } & Record<string, string | boolean> {
  const flags = Object.fromEntries(QUESTIONS.map(({ flag }) => [flag, { type: 'string' as const }]));
  try {
    return { ...parseArgs({ options: { json: { type: 'boolean' }, ...flags } }).values } as ReturnType<typeof parse>;
  } catch {
    throw USAGE;
  }
}

type Setting = { config: Config; ownerUrl: string; given: Answers; isJson: boolean; terminal: Terminal | null };

async function setUp({ config, ownerUrl, given, isJson, terminal }: Setting): Promise<void> {
  const today = vietnamDay(systemClock.now());
  const known = await readKnown(ownerUrl, today);
  const complain = (line: string): void => console.error(line);
  const answers = await completeAnswers({ given, known, ask: terminal?.ask, complain });
  const keyring = await setUpKeyring(config, terminal);
  const beginning = beginningFrom(answers, { known, today, newPassword });
  const staff = await Promise.all(beginning.staff.map((person) => provePassword(person, PASSWORD_PARAMETERS)));
  const guardian = (await writeBeginning(ownerUrl, keyring.custodian, { ...beginning, staff })).map(shareText);
  keyring.custodian.close();
  if (isJson) console.log(JSON.stringify(machineAnswer(beginning, keyring, guardian)));
  else for (const line of closingLines(beginning.staff, keyring, guardian)) console.log(line);
}

function machineAnswer(
  { agencies, staff }: ReturnType<typeof beginningFrom>,
  keyring: SetUpKeyring,
  guardian: readonly string[],
) {
  return {
    agencies: agencies.map(({ id, nameVi }) => ({ id, nameVi })),
    accounts: staff.map(({ username, password, person }) => ({ username, password, roles: person.roles })),
    keyring: { file: keyring.file, isNew: keyring.isNew },
    guardian: { shares: guardian },
  };
}

runCommand(main);
