export type KeyringErrorCode =
  | 'KEYRING_MISSING'
  | 'KEYRING_EXISTS'
  | 'KEYRING_EXPOSED'
  | 'KEYRING_OWNER'
  | 'KEYRING_LINK'
  | 'KEYRING_FORMAT'
  | 'KEYRING_NOT_OPENED'
  | 'KEYRING_PASSPHRASE_SHORT'
  | 'KEYRING_PASSPHRASE_MISSING'
  | 'KEYRING_PASSPHRASE_EXPOSED'
  | 'KEYRING_CLOSED'
  | 'KEYRING_OTHER'
  | 'GUARDIAN_LOCKED'
  | 'GUARDIAN_NOT_OPENED';

const TEXTS: Readonly<Record<KeyringErrorCode, { vi: string; en: string }>> = {
  KEYRING_MISSING: {
    vi: 'Không tìm thấy tệp chùm khóa.',
    en: 'The keyring file does not exist.',
  },
  KEYRING_EXISTS: {
    vi: 'Tệp chùm khóa đã có; ghi đè sẽ làm mất mọi hồ sơ.',
    en: 'The keyring file exists already; overwriting it would lose every case.',
  },
  KEYRING_EXPOSED: {
    vi: 'Người dùng khác trên máy cũng đọc hoặc ghi được tệp chùm khóa. Hãy đặt quyền 0600 (chmod 600).',
    en: 'Other users of this machine can reach the keyring file. Set its mode to 0600 (chmod 600).',
  },
  KEYRING_OWNER: {
    vi: 'Tệp chùm khóa không thuộc về tài khoản đang chạy chương trình. Hãy chuyển quyền sở hữu (chown) cho tài khoản đó.',
    en: 'The keyring file does not belong to the account that runs this program. Give it to that account (chown).',
  },
  KEYRING_LINK: {
    vi: 'Đường dẫn chùm khóa là một liên kết tượng trưng. Hãy ghi đường dẫn của chính tệp vào HIEN_KEYRING.',
    en: 'The path of the keyring is a symbolic link. Name the file itself in HIEN_KEYRING.',
  },
  KEYRING_FORMAT: {
    vi: 'Tệp chùm khóa bị hỏng hoặc có định dạng không nhận biết được.',
    en: 'The keyring file is damaged or its format is unknown.',
  },
  KEYRING_NOT_OPENED: {
    vi: 'Không mở được chùm khóa: cụm mật khẩu sai hoặc tệp đã bị thay đổi.',
    en: 'The keyring does not open: the passphrase is wrong or the file was altered.',
  },
  KEYRING_PASSPHRASE_SHORT: {
    vi: 'Cụm mật khẩu của chùm khóa phải có ít nhất 12 ký tự.',
    en: 'The passphrase of the keyring needs at least 12 characters.',
  },
  KEYRING_PASSPHRASE_MISSING: {
    vi: 'Không đọc được tệp chứa cụm mật khẩu của chùm khóa (HIEN_KEYRING_PASSPHRASE_FILE).',
    en: 'The file with the passphrase of the keyring (HIEN_KEYRING_PASSPHRASE_FILE) cannot be read.',
  },
  KEYRING_PASSPHRASE_EXPOSED: {
    vi: 'Mọi người dùng trên máy đều đọc hoặc ghi được tệp chứa cụm mật khẩu. Hãy đặt quyền 0600 (chmod 600).',
    en: 'Everybody on this machine can reach the file with the passphrase. Set its mode to 0600 (chmod 600).',
  },
  KEYRING_CLOSED: {
    vi: 'Chùm khóa đã đóng.',
    en: 'The keyring is closed.',
  },
  KEYRING_OTHER: {
    vi: 'Tệp này là một chùm khóa khác, không mở được các hồ sơ ở đây.',
    en: 'This file is another keyring, which does not open the cases here.',
  },
  GUARDIAN_LOCKED: {
    vi: 'Khóa dự phòng phải được mở riêng, không mở bằng chùm khóa đang chạy.',
    en: "The guardian's key needs an unlock of its own; the running keyring does not open it.",
  },
  GUARDIAN_NOT_OPENED: {
    vi: 'Không mở được khóa dự phòng: các phần này không phải của khóa dự phòng hiện dùng.',
    en: "The guardian's key does not open: these shares are not those of the guardian in use.",
  },
};

/** Why a keyring cannot be made, opened or used. The message speaks Vietnamese, then English, to whoever starts the server. */
export class KeyringError extends Error {
  readonly code: KeyringErrorCode;

  constructor(code: KeyringErrorCode, detail: { file?: string; cause?: unknown } = {}) {
    const place = detail.file === undefined ? '' : ` [${detail.file}]`;
    const text = `${TEXTS[code].vi} / ${TEXTS[code].en}${place}`;
    super(text, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'KeyringError';
    this.code = code;
  }
}
