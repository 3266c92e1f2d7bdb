export type ShareErrorCode = 'SHARE_FORMAT' | 'SHARE_DAMAGED' | 'SHARES_MIXED' | 'SHARES_TOO_FEW' | 'SHARES_WRONG';

const TEXTS: Readonly<Record<ShareErrorCode, { vi: string; en: string }>> = {
  SHARE_FORMAT: {
    vi: 'Tệp này không phải một phần của khóa cần khôi phục.',
    en: 'This file is no share of what is to be restored.',
  },
  SHARE_DAMAGED: {
    vi: 'Phần này đã bị hỏng hoặc chép sai: mã kiểm tra không khớp.',
    en: 'This share is damaged or was copied wrongly: its checksum does not fit.',
  },
  SHARES_MIXED: {
    vi: 'Các phần này không được tạo cùng một lần.',
    en: 'These shares were not made together.',
  },
  SHARES_TOO_FEW: {
    vi: 'Chưa đủ số phần khác nhau để khôi phục.',
    en: 'There are too few different shares to restore anything.',
  },
  SHARES_WRONG: {
    vi: 'Các phần này không khớp nhau; có phần đã bị sửa.',
    en: 'These shares do not fit; one of them was altered.',
  },
};

/** Why shares do not restore a keyring, for whoever holds them: first in Vietnamese, then in English. */
export class ShareError extends Error {
  readonly code: ShareErrorCode;

  constructor(code: ShareErrorCode, file?: string) {
    super(`${TEXTS[code].vi} / ${TEXTS[code].en}${file === undefined ? '' : ` [${file}]`}`);
    this.name = 'ShareError';
    this.code = code;
  }
}
