import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock, vietnamDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { PROBLEMS } from '../http/problems.ts';
import { withTerminalSession } from '../identity/terminal-session.ts';
import { loadPolicies } from '../policy/index.ts';
import { progress } from '../progress.ts';
import {
  askErasure,
  certificateHash,
  certificateOf,
  confirmErasure,
  erasureReasons,
  openArchivist,
  printedCertificate,
  sweepDeleted,
  type Certificate,
  type Archivist,
} from '../retention/index.ts';
import { CommandError } from './command-error.ts';

export type ErasureAsked =
  | { kind: 'ask'; code: string; username: string; reason: string; to: string | undefined }
  | { kind: 'confirm'; code: string; username: string; to: string | undefined }
  | { kind: 'certificate'; code: string; to: string | undefined };

type Place = { ownerUrl: string; folder: string };

/** Asks, confirms or prints the certificate again; answers what there is to print. */
export async function runErasure(place: Place, asked: ErasureAsked, password: string): Promise<string[]> {
  const archivist = openArchivist(place.ownerUrl);
  try {
    if (asked.kind === 'ask') return await ask(archivist, asked, password);
    if (asked.kind === 'confirm') return await confirm(archivist, { ...place, asked }, password);
    return await certificateAgain(archivist, place, asked.code);
  } catch (error) {
    throw error instanceof AppError ? sentenceFor(error) : error;
  } finally {
    await archivist.close();
  }
}

const CONFLICT = {
  vi: 'Không có đề nghị xoá nào đang chờ cho mã này, hoặc đề nghị đã quá 7 ngày. Hãy đề nghị lại.',
  en: 'No request to erase this case is waiting, or it is older than 7 days. Ask again.',
};

function sentenceFor({ code }: AppError): CommandError {
  const { vi, en } = code === 'STATE_CONFLICT' ? CONFLICT : PROBLEMS[code];
  return new CommandError(`${vi} Chưa xoá gì.`, `${en} Nothing was erased.`);
}

async function ask(
  archivist: Archivist,
  { code, reason, username }: Extract<ErasureAsked, { kind: 'ask' }>,
  password: string,
): Promise<string[]> {
  const reasons = await erasureReasons(archivist.pool, vietnamDay(systemClock.now()));
  if (!reasons.has(reason)) throw unknownReason(reasons);
  const by = { archivist, policy: loadPolicies(), clock: systemClock };
  const { expiresAt } = await withTerminalSession(archivist.ports, { username, password }, (bearer) =>
    askErasure(by, { bearer, code, reason }),
  );
  const until = expiresAt.toISOString();
  return [
    `Đã ghi đề nghị xoá ${code}; chưa xoá gì. Người vận hành xác nhận trước ${until}:`,
    `The request to erase ${code} is on record; nothing is erased yet. An operator confirms it before ${until}:`,
    `  npm run cases:erase -- --case ${code} --confirm --as <tên đăng nhập / user name>`,
  ];
}

function unknownReason(reasons: ReadonlyMap<string, { vi: string; en: string }>): CommandError {
  const known = [...reasons].map(([code, { vi, en }]) => `  ${code}  ${vi} / ${en}`);
  return new CommandError(
    `Lý do không có trong danh mục:\n${known.join('\n')}`,
    'The reason is none of the list above.',
  );
}

type Confirming = Place & { asked: Extract<ErasureAsked, { kind: 'confirm' }> };

async function confirm(
  archivist: Archivist,
  { ownerUrl, folder, asked }: Confirming,
  password: string,
): Promise<string[]> {
  const { code, username } = asked;
  const by = { archivist, policy: loadPolicies(), clock: systemClock };
  const certificate = await withTerminalSession(archivist.ports, { username, password }, (bearer) =>
    confirmErasure(by, { bearer, code }),
  );
  const lines = await writeCertificate(archivist, folder, certificate);
  progress.step('dọn dấu vết trong tệp cơ sở dữ liệu / sweeping the database files');
  const isSwept = await sweepDeleted(ownerUrl);
  return [
    `Đã xoá ${code}. Bản sao khoá cuối cùng hết hạn ngày ${certificate.lastKeyCopyDiesOn}. / Erased ${code}; the last copy of its keys dies on ${certificate.lastKeyCopyDiesOn}.`,
    ...lines,
    ...(isSwept
      ? []
      : [
          'Chưa dọn được tệp cơ sở dữ liệu vì hệ thống đang bận; PostgreSQL sẽ tự ghi đè sau. / The database files could not be swept while others were busy; PostgreSQL overwrites them in time.',
        ]),
  ];
}

async function certificateAgain(archivist: Archivist, { folder }: Place, code: string): Promise<string[]> {
  const certificate = await certificateOf(archivist.pool, code);
  if (certificate === undefined)
    throw new CommandError(`Chưa có hồ sơ mã ${code} nào bị xoá.`, `No case ${code} was erased.`);
  return writeCertificate(archivist, folder, certificate);
}

async function writeCertificate(archivist: Archivist, folder: string, certificate: Certificate): Promise<string[]> {
  const reasons = await erasureReasons(archivist.pool, vietnamDay(Date.parse(certificate.erasedAt)));
  const printed = printedCertificate(certificate, reasons.get(certificate.reason) ?? { vi: '–', en: '–' });
  const base = path.resolve(folder, `erasure-${certificate.code}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const json = { certificate, sha256: certificateHash(certificate) };
  await writeFile(`${base}.json`, `${JSON.stringify(json, null, 2)}\n`, { mode: 0o600 });
  await writeFile(`${base}.txt`, printed, { mode: 0o600 });
  return [printed, `${base}.json`, `${base}.txt`];
}
