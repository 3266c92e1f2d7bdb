/** One field the server refused: `field` is a dotted path into the body that was sent, `message` is for people. */
export type FieldError = { field: string; message: string };

type ProblemFacts = {
  code: string;
  status: number;
  title: string;
  detail: string | undefined;
  requestId: string | undefined;
  errors: readonly FieldError[];
  retryAfterSeconds: number | undefined;
  isDemonstration: boolean;
};

/** No answer came, so nobody knows whether the deed was done: repeat it with the same intention. */
export const NETWORK = 'NETWORK';

export const SESSION_LOCKED = 'SESSION_LOCKED';
export const SIGN_IN_FAILED = 'SIGN_IN_FAILED';

/** An earlier attempt with this intention was done, with other content: a new key would do it twice. */
export const DONE_BEFORE = 'IDEMPOTENCY_KEY_REUSED';

/**
 * A refusal as the server words it (RFC 9457), or `NETWORK` with status 0 when no answer came.
 * `title` is in the language of the screen and may be shown; decide on `code`, never on words.
 */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  /** Names the request to whoever looks after the server. */
  readonly requestId: string | undefined;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly isDemonstration: boolean;

  constructor(facts: ProblemFacts) {
    super(facts.code);
    this.name = 'ApiProblem';
    this.code = facts.code;
    this.status = facts.status;
    this.title = facts.title;
    this.detail = facts.detail;
    this.requestId = facts.requestId;
    this.errors = facts.errors;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.isDemonstration = facts.isDemonstration;
  }
}

export function networkProblem(): ApiProblem {
  return new ApiProblem({
    code: NETWORK,
    status: 0,
    title: '',
    detail: undefined,
    requestId: undefined,
    errors: [],
    retryAfterSeconds: undefined,
    isDemonstration: false,
  });
}

/** Reads a refusal defensively: a proxy in between may answer with anything. `body` is the parsed JSON or undefined. */
export function problemFrom(status: number, body: unknown, retryAfter: string | null): ApiProblem {
  const facts = isRecord(body) ? body : {};
  return new ApiProblem({
    code: text(facts['code']) ?? `HTTP_${String(status)}`,
    status,
    title: text(facts['title']) ?? '',
    detail: text(facts['detail']),
    requestId: text(facts['instance'])?.replace(/^urn:uuid:/, ''),
    errors: Array.isArray(facts['errors']) ? facts['errors'].flatMap(fieldError) : [],
    retryAfterSeconds: seconds(retryAfter),
    isDemonstration: facts['demonstration'] === true,
  });
}

/** Whether the server certainly did nothing, so that the next attempt may count as a new intention. */
export function isRefusal(problem: ApiProblem): boolean {
  const undecided = [401, 408, 409, 423, 425, 429];
  if (problem.code === DONE_BEFORE) return false;
  return problem.status >= 400 && problem.status < 500 && !undecided.includes(problem.status);
}

function fieldError(value: unknown): FieldError[] {
  if (!isRecord(value)) return [];
  const field = text(value['path']) ?? text(value['field']);
  const message = text(value['message']);
  return field === undefined || message === undefined ? [] : [{ field, message }];
}

function seconds(retryAfter: string | null): number | undefined {
  const value = Number.parseInt(retryAfter ?? '', 10);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
