/** What can be doubted, and below it what is only to be known: Vietnamese first, then English. */
export const WORDS = {
  ENTRY: 'mục không khớp với lá của nó / the entry does not match its leaf',
  TILE: 'mảnh không khớp với mảnh cấp trên / the tile does not match its parent',
  ROOT: 'gốc cây không khớp với mốc kiểm / the root does not match the checkpoint',
  SIGNATURE_MISSING: 'thiếu chữ ký của khoá đã cho / the signature of the given key is missing',
  SIGNATURE_BAD: 'chữ ký sai / the signature is bad',
  QUORUM: 'không đủ chữ ký của cơ quan chứng kiến / fewer cosignatures than the quorum',
  INCONSISTENT: 'không nối tiếp mốc kiểm cũ / not consistent with the older checkpoint',
  SMALLER: 'nhỏ hơn mốc kiểm cũ / smaller than the older checkpoint',
  MISSING_FILE: 'thiếu tệp / a file is missing',
  TOO_SHORT: 'tệp thiếu dữ liệu / the file is too short',
  EXTRA_BYTES: 'tệp thừa dữ liệu / the file holds extra bytes',
  LEFTOVER: 'dữ liệu thừa, không thuộc bản xuất / leftover data that does not belong to the export',
  MALFORMED: 'sai định dạng / malformed',
  EVENT_FORM: 'mục không phải sự kiện v1 ở dạng chuẩn / the entry is not an event v1 in canonical form',
  EVENT_TWICE: 'mã sự kiện xuất hiện hai lần / the id of the event stands twice',
  SEQ_TWICE: 'số thứ tự trong phiên lặp lại / the number within the session stands twice',
  SEQ_GAP: 'thiếu số thứ tự trong phiên trước mục này / a number within the session is missing before this entry',
  ARCHIVED: 'mục đã lưu trữ, không kiểm ở đây / archived entries, not verified here:',
  NO_WITNESS: 'không hỏi cơ quan chứng kiến: rẽ nhánh sẽ không lộ / no witness was asked for: a fork would not show',
  PART: 'chỉ kiểm một phần nhật ký / only a part of the log was verified',
  GAP_AT_EDGE: 'số thứ tự thiếu ở rìa, có thể nằm ngoài / a number missing at the edge of the export may lie outside',
  CLOCK_BACK: 'giờ ghi lùi hơn một phút / the time of recording goes back by more than a minute',
} as const;
export type Code = keyof typeof WORDS;
export const USAGE = `Cách dùng / Usage:
  npm run audit:verify -- <thư mục / folder> --vkey <vkey> [--witness <vkey>]… [--quorum 2] [--known <mốc cũ / older checkpoint>]… [--archived <đầu-cuối / first-last>]… [--quiet]
Mã thoát / Exit code: 0 đúng / everything holds, 1 có nghi vấn / something is in doubt, 2 dùng sai / wrong use.`;
