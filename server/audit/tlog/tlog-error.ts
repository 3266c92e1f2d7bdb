export type TlogErrorCode =
  | 'NUMBER_FORMAT'
  | 'BASE64_FORMAT'
  | 'HASH_LENGTH'
  | 'INDEX_RANGE'
  | 'PROOF_LENGTH'
  | 'PROOF_MISMATCH'
  | 'TILE_PATH'
  | 'TILE_WIDTH'
  | 'BUNDLE_FORMAT'
  | 'KEY_NAME'
  | 'KEY_FORMAT'
  | 'KEY_UNSUPPORTED'
  | 'KEY_AMBIGUOUS'
  | 'NOTE_FORMAT'
  | 'NOTE_TOO_LARGE'
  | 'SIGNATURE_INVALID'
  | 'SIGNATURE_MISSING'
  | 'CHECKPOINT_FORMAT'
  | 'ORIGIN_UNKNOWN'
  | 'TIMESTAMP_RANGE'
  | 'PROOF_FORMAT'
  | 'REQUEST_FORMAT';

const TEXTS: Readonly<Record<TlogErrorCode, { vi: string; en: string }>> = {
  NUMBER_FORMAT: { vi: 'Số thập phân sai định dạng hoặc quá lớn.', en: 'A decimal number is malformed or too large.' },
  BASE64_FORMAT: { vi: 'Chuỗi base64 sai định dạng.', en: 'A base64 text is malformed.' },
  HASH_LENGTH: { vi: 'Giá trị băm phải dài 32 byte.', en: 'A hash must have 32 bytes.' },
  INDEX_RANGE: { vi: 'Chỉ số nằm ngoài cây.', en: 'An index lies outside the tree.' },
  PROOF_LENGTH: { vi: 'Bằng chứng thiếu hoặc thừa giá trị băm.', en: 'The proof has too few or too many hashes.' },
  PROOF_MISMATCH: { vi: 'Bằng chứng không khớp gốc của cây.', en: 'The proof does not lead to the root of the tree.' },
  TILE_PATH: { vi: 'Đường dẫn mảnh cây sai định dạng.', en: 'The path of a tile is malformed.' },
  TILE_WIDTH: { vi: 'Mảnh cây có độ dài sai.', en: 'A tile has the wrong length.' },
  BUNDLE_FORMAT: { vi: 'Bó mục sai định dạng.', en: 'An entry bundle is malformed.' },
  KEY_NAME: { vi: 'Tên khóa sai định dạng.', en: 'The name of a key is malformed.' },
  KEY_FORMAT: { vi: 'Khóa kiểm tra (vkey) sai hoặc bị hỏng.', en: 'A verifier key (vkey) is malformed or damaged.' },
  KEY_UNSUPPORTED: { vi: 'Loại khóa này không được hỗ trợ ở đây.', en: 'This type of key is not supported here.' },
  KEY_AMBIGUOUS: { vi: 'Hai khóa có cùng tên và mã.', en: 'Two keys share a name and an id.' },
  NOTE_FORMAT: { vi: 'Văn bản có chữ ký sai định dạng.', en: 'A signed note is malformed.' },
  NOTE_TOO_LARGE: { vi: 'Văn bản có chữ ký quá lớn.', en: 'A signed note is too large.' },
  SIGNATURE_INVALID: { vi: 'Chữ ký của một khóa đã biết không đúng.', en: 'A signature of a known key is wrong.' },
  SIGNATURE_MISSING: { vi: 'Không có chữ ký của khóa nào đã biết.', en: 'No known key has signed.' },
  CHECKPOINT_FORMAT: { vi: 'Điểm kiểm tra của sổ sai định dạng.', en: 'A checkpoint is malformed.' },
  ORIGIN_UNKNOWN: { vi: 'Không biết sổ này.', en: 'This log is not known.' },
  TIMESTAMP_RANGE: { vi: 'Thời điểm của chữ ký không hợp lệ.', en: 'The time of a cosignature is out of range.' },
  PROOF_FORMAT: { vi: 'Tệp bằng chứng sai định dạng.', en: 'A proof file is malformed.' },
  REQUEST_FORMAT: { vi: 'Yêu cầu gửi bên chứng kiến sai định dạng.', en: 'A request to a witness is malformed.' },
};

/** Why something of the transparency log is refused; callers switch on the code. It never quotes what was refused. */
export class TlogError extends Error {
  readonly code: TlogErrorCode;

  constructor(code: TlogErrorCode) {
    super(`${TEXTS[code].vi} / ${TEXTS[code].en}`);
    this.name = 'TlogError';
    this.code = code;
  }
}

/** What `read` gives; whatever it refuses is refused as `code`, so that a format has one code for all its faults. */
export function refusingAs<T>(code: TlogErrorCode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TlogError ? new TlogError(code) : error;
  }
}
