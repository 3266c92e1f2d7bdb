import { AppError } from '../kernel/errors.ts';

export type TransitFault =
  | 'TRANSIT_UNREACHABLE'
  | 'TRANSIT_SEALED'
  | 'TRANSIT_BUSY'
  | 'TRANSIT_DENIED'
  | 'TRANSIT_ANSWER'
  | 'TRANSIT_KEY_MISSING'
  | 'TRANSIT_KEY_KIND'
  | 'TRANSIT_NO_BINDING'
  | 'TRANSIT_SECRET_MISSING'
  | 'TRANSIT_SECRET_EXPOSED';

const TEXTS: Readonly<Record<TransitFault, { vi: string; en: string }>> = {
  TRANSIT_UNREACHABLE: {
    vi: 'Kho khoá (Vault/OpenBao) không trả lời.',
    en: 'The key store (Vault/OpenBao) does not answer.',
  },
  TRANSIT_SEALED: {
    vi: 'Kho khoá (Vault/OpenBao) đang bị niêm phong hoặc tạm ngừng. Hãy mở niêm phong (unseal).',
    en: 'The key store (Vault/OpenBao) is sealed or down for maintenance. Unseal it.',
  },
  TRANSIT_BUSY: {
    vi: 'Kho khoá (Vault/OpenBao) chưa phục vụ: nút dự phòng, quá tải hoặc lỗi bên trong.',
    en: 'The key store (Vault/OpenBao) does not serve just now: a standby node, too many requests or a fault inside.',
  },
  TRANSIT_DENIED: {
    vi: 'Kho khoá (Vault/OpenBao) từ chối: mã truy cập hết hạn, sai, hoặc chính sách chưa cho phép.',
    en: 'The key store (Vault/OpenBao) refuses: the token is over, wrong, or its policy does not allow this.',
  },
  TRANSIT_ANSWER: {
    vi: 'Kho khoá (Vault/OpenBao) trả lời không đúng như tài liệu của nó.',
    en: 'The key store (Vault/OpenBao) answered in another way than it documents.',
  },
  TRANSIT_KEY_MISSING: {
    vi: 'Kho khoá (Vault/OpenBao) không có khoá hoặc mount này. Hãy tạo như trong deploy/transit-policy.hcl.',
    en: 'The key store (Vault/OpenBao) has no such key or mount. Make it as deploy/transit-policy.hcl says.',
  },
  TRANSIT_KEY_KIND: {
    vi: 'Khoá trong kho khoá (Vault/OpenBao) không đúng loại. Xem deploy/transit-policy.hcl.',
    en: 'A key in the key store (Vault/OpenBao) is of the wrong kind. See deploy/transit-policy.hcl.',
  },
  TRANSIT_NO_BINDING: {
    vi: 'Kho khoá (Vault/OpenBao) quá cũ: bỏ qua associated_data, nên khoá có thể bị tráo.',
    en: 'The key store (Vault/OpenBao) is too old: it ignores associated_data, so that keys could be swapped.',
  },
  TRANSIT_SECRET_MISSING: {
    vi: 'Không đọc được tệp mã truy cập kho khoá (HIEN_TRANSIT_TOKEN_FILE hoặc HIEN_TRANSIT_SECRET_ID_FILE).',
    en: 'The credential file of the key store (HIEN_TRANSIT_TOKEN_FILE or HIEN_TRANSIT_SECRET_ID_FILE) cannot be read.',
  },
  TRANSIT_SECRET_EXPOSED: {
    vi: 'Mọi người dùng trên máy đều đọc hoặc ghi được tệp mã truy cập kho khoá. Hãy đặt quyền 0600 (chmod 600).',
    en: 'Everybody on this machine can reach the credential file of the key store. Set its mode to 0600 (chmod 600).',
  },
};

/**
 * The key store cannot be used. A request answers KEYS_UNAVAILABLE; whoever starts the server reads the message, in
 * Vietnamese, then English. It names keys and files, never what the store said: that text is not ours.
 */
export class TransitError extends AppError {
  readonly fault: TransitFault;

  constructor(fault: TransitFault, detail: { place?: string; cause?: unknown } = {}) {
    const cause = detail.cause === undefined ? {} : { cause: detail.cause };
    super('KEYS_UNAVAILABLE', { retryAfterSeconds: 5, ...cause });
    const place = detail.place === undefined ? '' : ` [${detail.place}]`;
    this.name = 'TransitError';
    this.message = `${TEXTS[fault].vi} / ${TEXTS[fault].en}${place}`;
    this.fault = fault;
  }
}
