import { AppError, type ErrorCode, type FieldFault, type FieldFaultCode } from '../kernel/errors.ts';

type Text = { status: number; vi: string; en: string };

/** One table: code → status → safe public text. Nothing here depends on what a person typed or on what exists. */
export const PROBLEMS: Readonly<Record<ErrorCode, Text>> = {
  VALIDATION_FAILED: {
    status: 400,
    vi: 'Có thông tin cần sửa. Chưa có gì được lưu.',
    en: 'Some information needs correcting. Nothing has been saved.',
  },
  MALFORMED_JSON: { status: 400, vi: 'Dữ liệu gửi lên không phải JSON hợp lệ.', en: 'The body is not valid JSON.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    vi: 'Hãy gửi dữ liệu kiểu application/json.',
    en: 'Send the body as application/json.',
  },
  BODY_TOO_LARGE: { status: 413, vi: 'Dữ liệu gửi lên quá lớn.', en: 'The body is too large.' },
  SIGN_IN_REQUIRED: { status: 401, vi: 'Hãy đăng nhập.', en: 'Please sign in.' },
  SIGN_IN_FAILED: {
    status: 401,
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    en: 'The user name or the password is not right.',
  },
  SESSION_LOCKED: {
    status: 423,
    vi: 'Màn hình đang khoá. Hãy mở khoá để tiếp tục.',
    en: 'The screen is locked. Unlock it to go on.',
  },
  SLOW_DOWN: {
    status: 429,
    vi: 'Thử quá nhiều lần. Hãy đợi một lát rồi thử lại.',
    en: 'Too many tries. Wait a moment and try again.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    vi: 'Yêu cầu không đến từ ứng dụng này.',
    en: 'The request does not come from this application.',
  },
  NOT_ALLOWED: {
    status: 403,
    vi: 'Việc này không thuộc quyền của bạn. Hãy hỏi người giám sát chuyên môn.',
    en: 'This is not yours to do. Please ask your supervisor.',
  },
  NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy, hoặc không thuộc quyền của bạn.',
    en: 'Not found, or not yours to see.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    vi: 'Địa chỉ này không nhận cách gọi đó.',
    en: 'This address does not take that method.',
  },
  VERSION_REQUIRED: {
    status: 428,
    vi: 'Thiếu phiên bản đang xem (If-Match).',
    en: 'The version you are looking at is missing (If-Match).',
  },
  VERSION_STALE: {
    status: 412,
    vi: 'Người khác vừa thay đổi. Hãy xem bản mới rồi làm lại; nội dung bạn nhập vẫn còn.',
    en: 'Somebody else has just changed this. Look at the new version and try again; what you typed is kept.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    vi: 'Khoá Idempotency-Key này đã dùng cho nội dung khác.',
    en: 'This Idempotency-Key was used with another body.',
  },
  STATE_CONFLICT: {
    status: 409,
    vi: 'Bước này không còn làm được ở trạng thái hiện tại.',
    en: 'This step is no longer possible in the present state.',
  },
  CONSENT_MISSING: {
    status: 409,
    vi: 'Sự đồng ý hiện có không bao gồm những gì sẽ gửi, cơ quan nhận hoặc thời hạn này.',
    en: 'No valid consent covers what would be sent, this recipient or this period.',
  },
  CALL_REQUIRED: {
    status: 422,
    vi: 'Việc khẩn cấp (U0): hãy gọi điện cho bộ phận trực trước và ghi lại cuộc gọi.',
    en: 'Emergency (U0): call the duty desk first and record the call.',
  },
  DESK_CONFLICT: {
    status: 409,
    vi: 'Bộ phận trực của cơ quan này không thể tiếp nhận vụ việc này. Hãy chọn cơ quan khác; nếu khẩn cấp, hãy gọi 113 hoặc 111.',
    en: 'The desk of this agency cannot take this case. Please choose another agency; in an emergency, call 113 or 111.',
  },
  BREAK_GLASS_REVIEW_OVERDUE: {
    status: 409,
    vi: 'Lần truy cập khẩn cấp trước của bạn đã quá hạn xem xét. Hãy đề nghị người giám sát chuyên môn xem xét rồi thử lại.',
    en: 'Your earlier emergency access is past its time of review. Please ask your supervisor to review it, then try again.',
  },
  NOT_SEALED_YET: {
    status: 409,
    vi: 'Nhật ký chưa được niêm phong đến sự kiện này. Hãy thử lại sau vài giây.',
    en: 'The log is not sealed up to this event yet. Please try again in a few seconds.',
  },
  SEAL_BROKEN: {
    status: 500,
    vi: 'Dữ liệu niêm phong không mở được. Hãy báo đơn vị vận hành kèm mã yêu cầu.',
    en: 'Sealed data cannot be opened. Please tell the operator, with the request number.',
  },
  KEY_NOT_VOUCHED: {
    status: 500,
    vi: 'Khoá của một cơ quan trong cơ sở dữ liệu không do nơi giữ khoá xác nhận. Chưa có gì được gửi hay thay đổi; hãy báo ngay đơn vị vận hành kèm mã yêu cầu.',
    en: 'The key of an agency in the database is not vouched for. Nothing was sent or changed; please tell the operator at once, with the request number.',
  },
  KEYS_UNAVAILABLE: {
    status: 503,
    vi: 'Kho khoá tạm thời không trả lời nên chưa mở được nội dung. Chưa có gì thay đổi; vẫn rút lại sự đồng ý và xoá được.',
    en: 'The key store does not answer, so sealed content cannot be opened just now. Nothing has changed; withdrawing consent and deleting still work.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    vi: 'Hệ thống tạm thời chưa phục vụ được. Chưa có gì thay đổi; hãy thử lại.',
    en: 'The service is not available just now. Nothing has changed; please try again.',
  },
  INTERNAL: {
    status: 500,
    vi: 'Có lỗi ngoài dự kiến. Hãy báo đơn vị vận hành kèm mã yêu cầu.',
    en: 'Something unexpected went wrong. Please tell the operator, with the request number.',
  },
};

/** Words beside a field. */
export const FAULTS: Readonly<Record<FieldFaultCode, { vi: string; en: string }>> = {
  REQUIRED: { vi: 'Cần điền mục này.', en: 'This is needed.' },
  UNKNOWN_KEY: { vi: 'Mục này không có trong biểu mẫu.', en: 'This field is not part of the form.' },
  WRONG_TYPE: { vi: 'Kiểu dữ liệu không đúng.', en: 'This is of the wrong type.' },
  TOO_LONG: { vi: 'Nội dung quá dài.', en: 'This is too long.' },
  TOO_SHORT: { vi: 'Nội dung quá ngắn.', en: 'This is too short.' },
  TOO_MANY: { vi: 'Quá nhiều mục.', en: 'There are too many entries.' },
  NOT_A_DATE: { vi: 'Ngày không có thật.', en: 'This is not a real date.' },
  DATE_IN_FUTURE: { vi: 'Ngày không được ở tương lai.', en: 'The date must not be in the future.' },
  DATE_IN_PAST: { vi: 'Ngày phải từ hôm nay trở đi.', en: 'The date must be today or later.' },
  CODE_UNKNOWN: { vi: 'Mã này không có trong danh mục.', en: 'This code is not in the list.' },
  CODE_EXPIRED: { vi: 'Mã này đã hết hiệu lực.', en: 'This code is no longer valid.' },
  NOT_A_PHONE: { vi: 'Số điện thoại không đúng.', en: 'This is not a telephone number.' },
  NOT_AN_IDENTITY_NUMBER: { vi: 'Số định danh gồm 9 hoặc 12 chữ số.', en: 'An identity number has 9 or 12 digits.' },
  NOT_SHAREABLE: { vi: 'Không gửi mục này cho cơ quan đó.', en: 'This is not shared with that agency.' },
  INVALID: { vi: 'Giá trị không hợp lệ.', en: 'This value is not valid.' },
};

export type Problem = {
  type: string;
  status: number;
  code: ErrorCode;
  title: string;
  titles: { vi: string; en: string };
  instance: string;
  errors?: { path: string; code: FieldFaultCode; message: string; messages: { vi: string; en: string } }[];
};

/** RFC 9457 problem for any error; what is not an AppError says nothing of itself. `instance` names the request, not the address. */
export function problemOf(error: unknown, about: { requestId: string; language: 'vi' | 'en' }): Problem {
  const known = error instanceof AppError ? error : new AppError('INTERNAL');
  const { status, vi, en } = PROBLEMS[known.code];
  const base = {
    type: `urn:hien:problem:${known.code.toLowerCase()}`,
    status,
    code: known.code,
    title: about.language === 'en' ? en : vi,
    titles: { vi, en },
    instance: `urn:uuid:${about.requestId}`,
  };
  return known.faults.length === 0
    ? base
    : { ...base, errors: known.faults.map((fault) => spelled(fault, about.language)) };
}

function spelled(fault: FieldFault, language: 'vi' | 'en') {
  const messages = FAULTS[fault.code];
  return { ...fault, message: messages[language], messages };
}
