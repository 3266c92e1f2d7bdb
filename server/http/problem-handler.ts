import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { problemOf } from './problems.ts';
import { requestIdOf } from './serve.ts';

export type Handling = { log: Logger; isDemonstration: () => boolean };

/** The last middleware: every error becomes a problem, and the log learns its shape only. */
export function problemHandler(handling: Handling): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line max-params -- as above
  return (error: unknown, request, response, _next) =>
    answerProblem(handling, asAppError(error), { request, response });
}

function answerProblem(
  { log, isDemonstration }: Handling,
  error: unknown,
  { request, response }: { request: Request; response: Response },
): void {
  const requestId = requestIdOf(response);
  const language = request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi';
  const problem = problemOf(error, { requestId, language });
  if (problem.status >= 500) log.error({ event: 'request.failed', request: requestId, error: causeOf(error) });
  response.locals['code'] = problem.code;
  if (response.headersSent) return void response.destroy();
  const wait = error instanceof AppError ? error.retryAfterSeconds : undefined;
  if (wait !== undefined) response.set('Retry-After', String(wait));
  // The sign-in screen must be able to say that this is demonstration data before anybody has signed in.
  const extra = problem.code === 'SIGN_IN_REQUIRED' && isDemonstration() ? { demonstration: true } : {};
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...problem, ...extra }));
}

function causeOf(error: unknown): unknown {
  return error instanceof AppError && error.cause !== undefined ? error.cause : error;
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

function asAppError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  // An address that cannot be decoded names nothing that exists.
  if (error instanceof URIError) return new AppError('NOT_FOUND');
  const code = parserCodeOf(error);
  return code === undefined ? error : new AppError(code);
}

/** A body that could not even be unpacked has a status and no type. */
function parserCodeOf(error: Error): ErrorCode | undefined {
  if ('type' in error) return PARSER_CODES[String(error.type)];
  return 'status' in error && error.status === 400 ? 'MALFORMED_JSON' : undefined;
}
