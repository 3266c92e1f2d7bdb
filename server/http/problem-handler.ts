import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../kernel/errors.ts';
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

/** An address that cannot be decoded names nothing that exists. */
function asAppError(error: unknown): unknown {
  return error instanceof URIError ? new AppError('NOT_FOUND') : error;
}
