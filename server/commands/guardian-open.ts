import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { PROBLEMS } from '../http/problems.ts';
import { withTerminalSession } from '../identity/terminal-session.ts';
import { systemClock, vietnamDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { openPrincipals } from '../keys/principals.store.ts';
import { secretOfShares } from '../keys/secret-shares.ts';
import { parseShare, type ShareFile } from '../keys/share-file.ts';
import { loadPolicies } from '../policy/index.ts';
import { openArchivist, type Archivist } from '../retention/index.ts';
import { guardianReasons } from '../safeguards/guardian.store.ts';
import { agreeGuarded, openGuarded, type GuardedOpened } from '../safeguards/open-guarded.ts';
import { CommandError } from './command-error.ts';
import type { GuardianPlace, Said } from './guardian-keys.ts';
import { keeperPorts } from './keeper.ts';
import { openTerminal, type Terminal } from './terminal.ts';

export type OpeningAsked = {
  code: string;
  to: readonly string[] | 'agency';
  reason: string;
  operator: string;
  agreedBy: string;
  shareFiles: readonly string[];
};
/** `unlock` is the command's to wipe. */
export type OpeningSecrets = { agreedPassword: string; operatorPassword: string; unlock: Buffer };

/** Asks both people for their passwords and, where no files are named, for two shares. */
export async function askSecrets(asked: OpeningAsked): Promise<OpeningSecrets> {
  const terminal = openTerminal();
  try {
    const [agreedPassword = '', operatorPassword = ''] = await passwords(terminal, [asked.agreedBy, asked.operator]);
    const shares =
      asked.shareFiles.length > 0 ? await Promise.all(asked.shareFiles.map(readShare)) : await typedShares(terminal);
    return { agreedPassword, operatorPassword, unlock: secretOfShares(shares, 'guardian') };
  } finally {
    terminal?.close();
  }
}

/** Re-grants the case once both have said so; everything is on record, refusals too. */
export async function runGuardedOpening(
  place: GuardianPlace,
  asked: OpeningAsked,
  secrets: OpeningSecrets,
): Promise<Said> {
  const archivist = openArchivist(place.ownerUrl);
  const keeper = keeperPorts(place.ownerUrl);
  try {
    await requireReason(archivist, asked.reason);
    const principals = openPrincipals(keeper.pool, place.custodian);
    const opened = await open(archivist, { ...asked, ...secrets, custodian: place.custodian, principals });
    const said = `Đã giao hồ sơ ${asked.code} cho ${opened.holders} bên giữ mới (${opened.subjects} mục). / Gave case ${asked.code} to ${opened.holders} new holders (${opened.subjects} items).`;
    return { code: 0, out: [said], faults: [] };
  } catch (error) {
    throw error instanceof AppError ? sentenceFor(error) : error;
  } finally {
    secrets.unlock.fill(0);
    await Promise.all([archivist.close(), keeper.close()]);
  }
}

type Whole = OpeningAsked & OpeningSecrets & Pick<Parameters<typeof openGuarded>[2], 'custodian' | 'principals'>;

async function open({ ports, pool }: Archivist, asked: Whole): Promise<GuardedOpened> {
  const { code, reason, to, unlock, custodian, principals } = asked;
  const by = { ports, pool, policy: loadPolicies(), clock: systemClock };
  const agreeing = { username: asked.agreedBy, password: asked.agreedPassword };
  const agreement = await withTerminalSession(ports, agreeing, (bearer) => agreeGuarded(by, { bearer, code, reason }));
  const operating = { username: asked.operator, password: asked.operatorPassword };
  return withTerminalSession(ports, operating, (bearer) =>
    openGuarded(by, { bearer, code, reason }, { to, unlock, custodian, principals, agreement }),
  );
}

const OWN_SENTENCES: Readonly<Record<string, { vi: string; en: string }>> = {
  SEAL_BROKEN: {
    vi: 'Không mở được: các phần này không phải của khóa dự phòng hiện dùng, hoặc dữ liệu đã bị sửa.',
    en: 'It does not open: these shares are not those of the guardian in use, or the data were altered.',
  },
  STATE_CONFLICT: {
    vi: 'Khóa dự phòng chưa giữ hồ sơ này: hãy chạy npm run keys:guardian -- --cover.',
    en: 'The guardian does not hold this case: run npm run keys:guardian -- --cover.',
  },
  VALIDATION_FAILED: {
    vi: 'Người được giao phải đang làm vụ việc tại cơ quan quản lý hồ sơ.',
    en: 'Whoever gets the case must serve on cases of the agency that owns it.',
  },
};

function sentenceFor({ code }: AppError): CommandError {
  const { vi, en } = OWN_SENTENCES[code] ?? PROBLEMS[code];
  return new CommandError(`${vi} Chưa giao gì.`, `${en} Nothing was given.`);
}

async function requireReason({ pool }: Archivist, reason: string): Promise<void> {
  const reasons = await guardianReasons(pool, vietnamDay(systemClock.now()));
  if (reasons.has(reason)) return;
  const known = [...reasons].map(([code, { vi, en }]) => `  ${code}  ${vi} / ${en}`);
  throw new CommandError(
    `Lý do không có trong danh mục:\n${known.join('\n')}`,
    'The reason is none of the list above.',
  );
}

async function passwords(terminal: Terminal | null, usernames: readonly string[]): Promise<string[]> {
  if (terminal === null) return (await text(process.stdin)).split('\n');
  const typed: string[] = [];
  for (const username of usernames)
    typed.push(await terminal.askHidden(`Mật khẩu của ${username} / Password of ${username}`));
  return typed;
}

async function readShare(file: string): Promise<ShareFile> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`${file}: không đọc được.`, `${file}: cannot be read.`);
  });
  return parseShare(content, file);
}

const SHARES = ['một / one', 'hai / two'];

/** Line by line as it is printed; the checksum's line is the last one. */
async function typedShares(terminal: Terminal | null): Promise<ShareFile[]> {
  if (terminal === null)
    throw new CommandError('Hãy cho biết hai tệp phần: --share.', 'Name the files of two shares: --share.');
  const shares: ShareFile[] = [];
  for (const which of SHARES) {
    const lines: string[] = [];
    while (lines.at(-1)?.startsWith('checksum:') !== true)
      lines.push((await terminal.askHidden(`Phần ${which}: dòng ${lines.length + 1} / line`)).trim());
    shares.push(parseShare(lines.join('\n'), which));
  }
  return shares;
}
