/** Stable codes of everything that can go wrong; the texts and statuses live in `http/problems.ts`. */
export type ErrorCode =
  | 'VALIDATION_FAILED'
  | 'MALFORMED_JSON'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'BODY_TOO_LARGE'
  | 'SIGN_IN_REQUIRED'
  | 'SIGN_IN_FAILED'
  | 'SESSION_LOCKED'
  | 'SLOW_DOWN'
  | 'ORIGIN_REFUSED'
  | 'NOT_ALLOWED'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'VERSION_REQUIRED'
  | 'VERSION_STALE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'STATE_CONFLICT'
  | 'CONSENT_MISSING'
  | 'CALL_REQUIRED'
  | 'DESK_CONFLICT'
  | 'BREAK_GLASS_REVIEW_OVERDUE'
  | 'NOT_SEALED_YET'
  | 'SEAL_BROKEN'
  | 'KEY_NOT_VOUCHED'
  | 'KEYS_UNAVAILABLE'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL';

/** One fault of one field; `path` is a JSON path such as `survivor.contact.phone`. */
export type FieldFault = { path: string; code: FieldFaultCode };

export type FieldFaultCode =
  | 'REQUIRED'
  | 'UNKNOWN_KEY'
  | 'WRONG_TYPE'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'TOO_MANY'
  | 'NOT_A_DATE'
  | 'DATE_IN_FUTURE'
  | 'DATE_IN_PAST'
  | 'CODE_UNKNOWN'
  | 'CODE_EXPIRED'
  | 'NOT_A_PHONE'
  | 'NOT_AN_IDENTITY_NUMBER'
  | 'NOT_SHAREABLE'
  | 'INVALID';

/** An error with a stable code. Its message never carries a value that a person typed. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    detail: { faults?: readonly FieldFault[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(code, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.faults = detail.faults ?? [];
    this.retryAfterSeconds = detail.retryAfterSeconds;
  }
}

/** Shorthand for the commonest refusal: fields that cannot be taken as they are. */
export function invalid(...faults: FieldFault[]): AppError {
  return new AppError('VALIDATION_FAILED', { faults });
}
