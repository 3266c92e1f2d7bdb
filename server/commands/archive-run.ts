import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PROBLEMS } from '../http/problems.ts';
import { withTerminalSession, type Credentials } from '../identity/terminal-session.ts';
import { systemClock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { loadPolicies } from '../policy/index.ts';
import {
  archiveHash,
  archiveOf,
  askArchive,
  confirmArchive,
  openArchivist,
  printedArchive,
  type ArchiveCertificate,
  type Archivist,
} from '../retention/index.ts';
import { CommandError } from './command-error.ts';

export type ArchiveAsked = { kind: 'ask' | 'confirm' | 'certificate'; month: string; username: string; folder: string };

/** Asks, confirms or prints the certificate again; answers what there is to print. */
export async function runArchive(ownerUrl: string, asked: ArchiveAsked, password: string): Promise<string[]> {
  const archivist = openArchivist(ownerUrl);
  const { kind, month, username, folder } = asked;
  const by = { archivist, policy: loadPolicies(), clock: systemClock };
  const who: Credentials = { username, password };
  try {
    if (kind === 'certificate') return await certificateAgain(archivist, asked);
    if (kind === 'confirm') {
      const order = { month, ownerUrl, folder };
      const confirm = (bearer: Buffer): Promise<ArchiveCertificate> => confirmArchive(by, { ...order, bearer });
      return await written(folder, await withTerminalSession(archivist.ports, who, confirm));
    }
    const ask = (bearer: Buffer): Promise<{ expiresAt: Date }> => askArchive(by, { bearer, month });
    const { expiresAt } = await withTerminalSession(archivist.ports, who, ask);
    return askedLines(month, expiresAt.toISOString());
  } catch (error) {
    throw error instanceof AppError ? sentenceFor(error) : error;
  } finally {
    await archivist.close();
  }
}

const CONFLICT = {
  vi: 'Không lưu trữ được tháng này: chưa quá thời hạn lưu, không có trong nhật ký, chưa niêm phong hết vào cây nhật ký, hoặc không có đề nghị nào còn hiệu lực (7 ngày).',
  en: 'This month cannot be archived: it is not past its term, not in the log, not wholly sealed in the tree, or no request for it is waiting (7 days).',
};

function sentenceFor({ code }: AppError): CommandError {
  const { vi, en } = code === 'STATE_CONFLICT' ? CONFLICT : PROBLEMS[code];
  return new CommandError(`${vi} Chưa chuyển gì.`, `${en} Nothing was moved.`);
}

function askedLines(month: string, until: string): string[] {
  return [
    `Đã ghi đề nghị lưu trữ nhật ký tháng ${month}; chưa chuyển gì. Người vận hành xác nhận trước ${until}:`,
    `The request to archive the log of ${month} is on record; nothing is moved yet. An operator confirms it before ${until}:`,
    `  npm run audit:archive -- --month ${month} --confirm --as <tên đăng nhập / user name> --to <thư mục / folder>`,
  ];
}

async function certificateAgain(archivist: Archivist, { month, folder }: ArchiveAsked): Promise<string[]> {
  const certificate = await archiveOf(archivist.pool, month);
  if (certificate === undefined)
    throw new CommandError(`Nhật ký tháng ${month} chưa được lưu trữ.`, `The log of ${month} has not been archived.`);
  return written(folder, certificate);
}

async function written(folder: string, certificate: ArchiveCertificate): Promise<string[]> {
  const base = path.resolve(folder, `archive-${certificate.month}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const json = { certificate, sha256: archiveHash(certificate) };
  await writeFile(`${base}.json`, `${JSON.stringify(json, null, 2)}\n`, { mode: 0o600 });
  const printed = printedArchive(certificate);
  await writeFile(`${base}.txt`, printed, { mode: 0o600 });
  return [printed, path.resolve(folder, `audit-${certificate.month}`), `${base}.json`, `${base}.txt`];
}
