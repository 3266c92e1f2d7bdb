export type WitnessErrorCode =
  | 'FOLDER_IN_USE'
  | 'FOLDER_PATH'
  | 'KEY_EXPOSED'
  | 'KEY_BROKEN'
  | 'KEY_MISSING'
  | 'NAME_FIXED'
  | 'STATE_BROKEN'
  | 'STATE_MISSING';

const TEXTS: Readonly<Record<WitnessErrorCode, { vi: string; en: string }>> = {
  FOLDER_IN_USE: {
    vi: 'Một bên chứng kiến khác đang chạy với thư mục này.',
    en: 'Another witness is running on this folder.',
  },
  FOLDER_PATH: {
    vi: 'Đường dẫn của thư mục quá dài; hãy dùng thư mục có đường dẫn ngắn hơn.',
    en: 'The path of the folder is too long; use a folder with a shorter one.',
  },
  KEY_EXPOSED: {
    vi: 'Tệp khóa phải là tệp thường, của chính người dùng này, quyền 0600.',
    en: 'The key file must be a plain file of this very user with mode 0600.',
  },
  KEY_BROKEN: { vi: 'Tệp khóa bị hỏng.', en: 'The key file is damaged.' },
  KEY_MISSING: {
    vi: 'Thư mục có sổ ghi nhận nhưng không có khóa đã ký. Hãy khôi phục khóa, hoặc bắt đầu với một thư mục trống và báo vkey mới.',
    en: 'The folder has a record but not the key that signed it. Restore the key, or begin with an empty folder and announce the new vkey.',
  },
  NAME_FIXED: {
    vi: 'Tên nằm trong khóa và không đổi được nữa.',
    en: 'The name is part of the key and can no longer be changed.',
  },
  STATE_BROKEN: {
    vi: 'Sổ ghi nhận bị hỏng hoặc không do khóa này ký. Không tiếp tục: một bên chứng kiến quên điều đã ký có thể ký hai sổ trái nhau.',
    en: 'The record is damaged or was not signed by this key. Not going on: a witness that forgets what it signed could sign two logs that disagree.',
  },
  STATE_MISSING: {
    vi: 'Có khóa nhưng thiếu sổ ghi nhận. Không tiếp tục: hãy khôi phục sổ, hoặc bắt đầu với một thư mục trống và báo vkey mới.',
    en: 'There is a key but its record is missing. Not going on: restore the record, or begin with an empty folder and announce the new vkey.',
  },
};

/** Why a witness does not start, for whoever runs it: first in Vietnamese, then in English. */
export class WitnessError extends Error {
  readonly code: WitnessErrorCode;

  constructor(code: WitnessErrorCode, file?: string) {
    super(`${TEXTS[code].vi}\n${TEXTS[code].en}${file === undefined ? '' : ` [${file}]`}`);
    this.name = 'WitnessError';
    this.code = code;
  }
}
