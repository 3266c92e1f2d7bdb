import { json, type Request, type RequestHandler, type Response } from 'express';
import { AppError, type ErrorCode } from '../kernel/errors.ts';

/** Reads the body of a request into `request.body`; answers what is wrong with it, or null. */
export type ReadBody = (request: Request, response: Response) => Promise<AppError | null>;

/**
 * Bodies are read by the endpoint that they are for, after its person is known: what nobody can read is then refused
 * and recorded like every other fault, and nothing of strangers is read at all.
 */
export function bodyReader(options: { maxBytes: number }): ReadBody {
  const read = json({ limit: options.maxBytes, strict: true });
  return async (request, response) => {
    if (!isJson(request)) return new AppError('UNSUPPORTED_MEDIA_TYPE');
    return outcomeOf(read, request, response);
  };
}

function isJson(request: Request): boolean {
  const isEmpty = request.get('content-type') === undefined && request.get('content-length') === undefined;
  return isEmpty || request.is('application/json') !== false;
}

function outcomeOf(read: RequestHandler, request: Request, response: Response): Promise<AppError | null> {
  return new Promise((resolve, reject) => {
    void read(request, response, (error?: unknown) => {
      if (error === undefined) return resolve(null);
      const fault = parserFault(error);
      if (fault === undefined) reject(error instanceof Error ? error : new Error('body'));
      else resolve(fault);
    });
  });
}

/** What body-parser calls its errors, in our codes. */
const PARSER_CODES: Readonly<Record<string, ErrorCode>> = {
  'entity.parse.failed': 'MALFORMED_JSON',
  'request.aborted': 'MALFORMED_JSON',
  'request.size.invalid': 'MALFORMED_JSON',
  'entity.too.large': 'BODY_TOO_LARGE',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
};

/** A body that could not even be unpacked has a status and no type. */
function parserFault(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('type' in error && String(error.type) in PARSER_CODES)
    return new AppError(PARSER_CODES[String(error.type)] ?? 'MALFORMED_JSON');
  return !('type' in error) && 'status' in error && error.status === 400 ? new AppError('MALFORMED_JSON') : undefined;
}
