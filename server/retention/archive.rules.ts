import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { DAY_MS } from '../kernel/clock.ts';
import type { CopiedFile } from './copy-file.store.ts';

/** How long a request waits for somebody else to confirm it. */
export const ARCHIVE_REQUEST_MS = 7 * DAY_MS;

/** Ids, counts, days and checksums of a month of the log that left the database. */
export type ArchiveCertificate = {
  format: 'hien-archive-certificate-v1';
  installation: string;
  /** `YYYY-MM`, and the bounds of its partition as PostgreSQL has them. */
  month: string;
  from: string;
  to: string;
  /** Place of its events in the tree: all their leaves, tiles and checkpoints stay. */
  firstLeaf: number;
  lastLeaf: number;
  checkpointSize: number;
  checkpointSha256: string;
  files: ({ name: string } & CopiedFile)[];
  keptMonths: number;
  askedBy: string;
  askedAt: string;
  confirmedBy: string;
  archivedAt: string;
};

/** SHA-256 of the certificate's canonical JSON (RFC 8785), as the log keeps it. */
export function archiveHash(certificate: ArchiveCertificate): string {
  return createHash('sha256').update(canonicalJson(certificate)).digest('hex');
}

/** Whether a month (`YYYY-MM`) has ended at least `keptMonths` whole months before the one of `now`. */
export function isPastTerm(month: string, { keptMonths, now }: { keptMonths: number; now: Date }): boolean {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return now.getUTCFullYear() * 12 + now.getUTCMonth() - (year * 12 + number - 1) > keptMonths;
}

/** `YYYY-MM` of a real month, or null. */
export function typedMonth(text: string): string | null {
  return /^20\d\d-(?:0[1-9]|1[0-2])$/.test(text) ? text : null;
}

/** The certificate as it is printed and signed on paper. */
export function printedArchive(certificate: ArchiveCertificate): string {
  const { month, installation, firstLeaf, lastLeaf, checkpointSize, checkpointSha256 } = certificate;
  const files = certificate.files.map(({ name, rows, sha256 }) => `    ${name.padEnd(18)} ${rows}\n      ${sha256}`);
  return [
    'BIÊN BẢN LƯU TRỮ NHẬT KÝ / CERTIFICATE OF ARCHIVING THE LOG',
    '',
    `Tháng / Month                          ${month} (${certificate.from} – ${certificate.to})`,
    `Hệ thống / Installation                ${installation}`,
    `Thời hạn lưu / Kept for                ${certificate.keptMonths} tháng / months`,
    `Vị trí trong cây / Place in the tree   ${firstLeaf} – ${lastLeaf}`,
    `Điểm niêm phong / Checkpoint           ${checkpointSize}, SHA-256 ${checkpointSha256}`,
    `Người đề nghị / Asked by               ${certificate.askedBy}, ${certificate.askedAt}`,
    `Người xác nhận / Confirmed by          ${certificate.confirmedBy}, ${certificate.archivedAt}`,
    '',
    'Tệp, số dòng, SHA-256 / Files, rows, SHA-256:',
    ...files,
    '',
    'Các sự kiện của tháng này không còn trong cơ sở dữ liệu; mã băm của từng sự kiện vẫn ở trong cây nhật ký.',
    'The events of this month are no longer in the database; the hash of each one stays in the tree of the log.',
    '',
    'Mã kiểm tra của biên bản / Checksum of this certificate (SHA-256, canonical JSON):',
    `    ${archiveHash(certificate)}`,
    '',
  ].join('\n');
}
