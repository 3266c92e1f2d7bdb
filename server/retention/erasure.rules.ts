import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { DAY_MS, vietnamDay } from '../kernel/clock.ts';
import type { ForeignKey } from './catalogue.store.ts';

/** How long a request waits for somebody else to confirm it. */
export const REQUEST_MS = 7 * DAY_MS;
/** Copies are removed by a daily run: the last one may be a day older than the rule. */
const PRUNING_MS = DAY_MS;

/** Ids, codes, counts and days: nothing that tells about a person in need. */
export type Certificate = {
  format: 'hien-erasure-certificate-v1';
  installation: string;
  caseId: string;
  code: string;
  ownerAgencyId: string;
  reason: string;
  askedBy: string;
  askedAt: string;
  confirmedBy: string;
  erasedAt: string;
  /** Rows destroyed, by table. */
  destroyed: Record<string, number>;
  /** SHA-256 over the sorted lines `table SHA-256(row)`: what was destroyed can be recognised, not read. */
  destroyedSha256: string;
  /** Copies of keys are kept for this many days; on `lastKeyCopyDiesOn` (Viet Nam) the last one of this case is gone. */
  keyCopyDays: number;
  lastKeyCopyDiesOn: string;
};

export type DestroyedRow = { table: string; sha256: string };
type Beginning = Omit<Certificate, 'format' | 'destroyed' | 'destroyedSha256' | 'lastKeyCopyDiesOn'>;

export function certificateFor(beginning: Beginning, rows: readonly DestroyedRow[]): Certificate {
  const destroyed: Record<string, number> = {};
  for (const { table } of rows) destroyed[table] = (destroyed[table] ?? 0) + 1;
  const lines = rows.map(({ table, sha256 }) => `${table} ${sha256}\n`).toSorted();
  const lastMs = Date.parse(beginning.erasedAt) + beginning.keyCopyDays * DAY_MS + PRUNING_MS;
  return {
    format: 'hien-erasure-certificate-v1',
    ...beginning,
    destroyed,
    destroyedSha256: createHash('sha256').update(lines.join('')).digest('hex'),
    lastKeyCopyDiesOn: vietnamDay(lastMs),
  };
}

/** SHA-256 of the certificate's canonical JSON (RFC 8785), as the log keeps it. */
export function certificateHash(certificate: Certificate): string {
  return createHash('sha256').update(canonicalJson(certificate)).digest('hex');
}

/** Tables in an order in which their rows can be deleted: whoever points at a row goes before it. @throws Error for a circle */
export function childrenFirst(tables: readonly string[], foreignKeys: readonly ForeignKey[]): string[] {
  const left = new Set(tables.toSorted());
  const order: string[] = [];
  while (left.size > 0) {
    const next = [...left].find((table) => !foreignKeys.some((key) => pointsAt(key, table) && left.has(key.table)));
    if (next === undefined) throw new Error(`foreign keys in a circle: ${[...left].join(', ')}`);
    left.delete(next);
    order.push(next);
  }
  return order;
}

function pointsAt({ table, parent }: ForeignKey, wanted: string): boolean {
  return parent === wanted && table !== wanted;
}

/** The certificate as it is printed and signed on paper. */
export function printedCertificate(certificate: Certificate, reason: { vi: string; en: string }): string {
  const { code, installation, caseId, ownerAgencyId } = certificate;
  const rows = Object.entries(certificate.destroyed).map(([table, count]) => `    ${table.padEnd(24)} ${count}`);
  return [
    'BIÊN BẢN XOÁ HỒ SƠ / CERTIFICATE OF ERASURE',
    '',
    `Mã vụ việc / Case code                 ${code}`,
    `Mã nội bộ / Case id                    ${caseId}`,
    `Cơ quan quản lý / Owning agency        ${ownerAgencyId}`,
    `Hệ thống / Installation                ${installation}`,
    `Lý do / Reason                         ${certificate.reason}: ${reason.vi} / ${reason.en}`,
    `Người đề nghị / Asked by               ${certificate.askedBy}, ${certificate.askedAt}`,
    `Người xác nhận / Confirmed by          ${certificate.confirmedBy}, ${certificate.erasedAt}`,
    '',
    'Đã huỷ (số dòng) / Destroyed (rows):',
    ...rows,
    `Mã kiểm tra của phần đã huỷ / Checksum of what was destroyed (SHA-256):`,
    `    ${certificate.destroyedSha256}`,
    '',
    `Bản sao khoá được giữ tối đa ${certificate.keyCopyDays} ngày; bản cuối cùng hết hạn ngày ${certificate.lastKeyCopyDiesOn}.`,
    'Sau ngày đó không ai mở lại được hồ sơ này, kể cả từ bản xuất dữ liệu cũ.',
    `Copies of keys are kept for at most ${certificate.keyCopyDays} days; the last one dies on ${certificate.lastKeyCopyDiesOn}.`,
    'After that day nobody can open this case again, not even from an older dump of data.',
    'Nhật ký truy cập vẫn được giữ nguyên; mã vụ việc này không bao giờ được cấp lại.',
    'The access log remains whole; this case code is never given out again.',
    '',
    `Mã kiểm tra của biên bản / Checksum of this certificate (SHA-256, canonical JSON):`,
    `    ${certificateHash(certificate)}`,
    '',
  ].join('\n');
}
