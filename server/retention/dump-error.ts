export type DumpErrorCode = keyof typeof WORDS;

type Words = (detail: string) => readonly [vi: string, en: string];

const WORDS = {
  FOLDER: (folder) => [`${folder}: không ghi được vào thư mục này.`, `${folder}: this folder cannot be written to.`],
  UNDECIDED: (tables) => [
    `Chưa quyết định các bảng sau thuộc bản xuất nào: ${tables}. Chưa xuất gì.`,
    `Nobody has decided which dump these tables belong to: ${tables}. Nothing was dumped.`,
  ],
  SNAPSHOT: (id) => [`"${id}" không phải là ảnh chụp của PostgreSQL.`, `"${id}" is not a snapshot of PostgreSQL.`],
  NOT_A_DUMP: (folder) => [
    `${folder}: không phải một bản xuất hoàn chỉnh (manifest.json thiếu hoặc hỏng).`,
    `${folder}: not a complete dump (manifest.json is missing or damaged).`,
  ],
  WRONG_PART: (folder) => [
    `${folder}: hãy đưa bản xuất dữ liệu trước, bản xuất khoá sau.`,
    `${folder}: give the dump of data first, then the dump of keys.`,
  ],
  FILE_DAMAGED: (file) => [
    `${file}: thiếu, bị cắt ngắn hoặc đã bị sửa (mã kiểm tra không khớp). Chưa phục hồi gì.`,
    `${file}: missing, cut short or altered (the checksum differs). Nothing was restored.`,
  ],
  MIXED: () => [
    'Hai bản xuất này không cùng một hệ thống. Chưa phục hồi gì.',
    'These two dumps are of different installations. Nothing was restored.',
  ],
  KEYS_OLDER: () => [
    'Bản xuất khoá cũ hơn bản xuất dữ liệu: hồ sơ lập sau đó sẽ không mở được. Hãy dùng bản xuất khoá cùng lúc hoặc mới hơn. Chưa phục hồi gì.',
    'The dump of keys is older than the dump of data: cases registered in between could not be opened. Use keys of the same time or later. Nothing was restored.',
  ],
  OTHER_RELEASE: () => [
    'Bản xuất và cơ sở dữ liệu không cùng phiên bản phần mềm (các bước di trú khác nhau). Hãy dùng đúng phiên bản đã xuất. Chưa phục hồi gì.',
    'Dump and database are of different releases (their migrations differ). Use the release that made the dump. Nothing was restored.',
  ],
  NOT_EMPTY: () => [
    'Cơ sở dữ liệu đích đã có dữ liệu; chỉ phục hồi vào một cơ sở dữ liệu mới. Chưa phục hồi gì.',
    'The database to restore into holds data already; restore into a new one only. Nothing was restored.',
  ],
} satisfies Record<string, Words>;

/** Why a dump or a restore cannot be done; the message is for the operator and names files and tables, never content. */
export class DumpError extends Error {
  readonly code: DumpErrorCode;

  constructor(code: DumpErrorCode, detail = '') {
    const words: Words = WORDS[code];
    super(words(detail).join('\n'));
    this.name = 'DumpError';
    this.code = code;
  }
}
