import { createHash } from 'node:crypto';
import type { Share } from './shamir.ts';
import { ShareError } from './share-error.ts';

/*
 * A share as a text file, so that it can be printed and typed again:
 *   lines that begin with # explain; then `name: value` lines, in this order:
 *   format, set, share, of, needed, made, then the values in hex in lines of 64, then `checksum:`, the first 16 hex digits of
 *   SHA-256 over everything after the explanation and before the checksum, line ends as LF.
 */
const FORMATS = { keyring: 'hien-keyring-share-v1', guardian: 'hien-guardian-share-v1' } as const;
const HEX_PER_LINE = 64;
const CHECKSUM_DIGITS = 16;

/** What the shares restore: the keyring, or the unlock of the guardian. */
export type ShareOf = keyof typeof FORMATS;
const KINDS = ['keyring', 'guardian'] as const satisfies readonly ShareOf[];

/** `set` is the same in all shares that were made together. */
export type ShareFile = {
  of: ShareOf;
  set: string;
  share: Share;
  total: number;
  threshold: number;
  made: string;
};

/** The whole text of the file, with what it is in Vietnamese and English. */
export function shareText(file: ShareFile): string {
  const body = bodyOf(file);
  return `${explanation(file)}${body}checksum: ${checksumOf(body)}\n`;
}

/** @throws ShareError SHARE_FORMAT when it is no share, SHARE_DAMAGED when a character of it was changed or lost */
export function parseShare(text: string, name: string): ShareFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const of = KINDS.find((kind) => lines[0] === `format: ${FORMATS[kind]}`);
  if (of === undefined) throw new ShareError('SHARE_FORMAT', name);
  const body = `${lines.slice(0, -1).join('\n')}\n`;
  if (lines.at(-1) !== `checksum: ${checksumOf(body)}`) throw new ShareError('SHARE_DAMAGED', name);
  const file = readBody(lines.slice(1, -1));
  if (file === null) throw new ShareError('SHARE_FORMAT', name);
  return { of, ...file };
}

function bodyOf({ of, set, share, total, threshold, made }: ShareFile): string {
  const hex = share.values.toString('hex').match(new RegExp(`.{1,${HEX_PER_LINE}}`, 'g')) ?? [];
  const lines = [
    `format: ${FORMATS[of]}`,
    `set: ${set}`,
    `share: ${share.x}`,
    `of: ${total}`,
    `needed: ${threshold}`,
    `made: ${made}`,
    ...hex,
  ];
  return `${lines.join('\n')}\n`;
}

const FIELDS = /^set: ([0-9a-f]{16}) share: (\d{1,3}) of: (\d{1,3}) needed: (\d{1,3}) made: (\d{4}-\d{2}-\d{2})$/;

function readBody(lines: readonly string[]): Omit<ShareFile, 'of'> | null {
  const found = FIELDS.exec(lines.slice(0, 5).join(' '));
  const hex = lines.slice(5).join('');
  if (found === null || !/^(?:[0-9a-f]{2})+$/.test(hex)) return null;
  const [set = '', x, total, threshold, made = ''] = found.slice(1);
  const share = { x: Number(x), values: Buffer.from(hex, 'hex') };
  return { set, share, total: Number(total), threshold: Number(threshold), made };
}

function checksumOf(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex').slice(0, CHECKSUM_DIGITS);
}

function explanation({ of, share, total, threshold }: ShareFile): string {
  if (of === 'guardian')
    return `# HIÊN: PHẦN ${share.x} TRONG ${total} PHẦN CỦA KHÓA DỰ PHÒNG
# Có ${threshold} phần bất kỳ trong ${total} phần, cùng với hệ thống đang chạy, là mở được mọi hồ sơ; một mình phần này không mở được gì.
# Hãy in ra, cho vào phong bì niêm phong, mỗi phần một người giữ, mỗi người một nơi. Không để trên máy chủ, không để cạnh chùm khóa.
# Dùng: npm run keys:guardian -- --open <mã vụ việc> … --share <tệp phần> --share <tệp phần>
#
# HIÊN: SHARE ${share.x} OF ${total} OF THE GUARDIAN'S UNLOCK
# Any ${threshold} of the ${total} shares, together with the running system, open every case; this one alone opens nothing.
# Print it, seal it in an envelope, each share with another person in another place. Never on the server, never beside the keyring.
# To use: npm run keys:guardian -- --open <case code> … --share <share> --share <share>
#
`;
  return `# HIÊN: PHẦN ${share.x} TRONG ${total} PHẦN CỦA CHÙM KHÓA
# Có ${threshold} phần bất kỳ trong ${total} phần là khôi phục được chùm khóa và mở được mọi hồ sơ; một mình phần này không mở được gì.
# Hãy giữ ở nơi khóa kín, mỗi phần một người, mỗi phần một nơi. Không để cùng chỗ với phần khác hay với bản sao cơ sở dữ liệu.
# Khôi phục: npm run keys:restore -- <tệp phần 1> <tệp phần 2> --to <tệp chùm khóa mới>
#
# HIÊN: SHARE ${share.x} OF ${total} OF THE KEYRING
# Any ${threshold} of the ${total} shares restore the keyring and with it every case; this one alone opens nothing.
# Keep it under lock, each share with another person in another place, never beside another share or a copy of the database.
# To restore: npm run keys:restore -- <share> <share> --to <new keyring file>
#
`;
}
