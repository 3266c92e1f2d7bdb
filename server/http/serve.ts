import type { Express, Request, RequestHandler, Response } from 'express';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import { perform, type Given, type Performer } from './perform.ts';

export type Serving = {
  performer: Performer;
  clock: Clock;
  bearerOf: (request: Request) => Promise<Buffer | null>;
  setSession: (response: Response, session: { token: Buffer } | 'ended') => void;
};

/** Mounts endpoints: each is found by method and pattern, and performed the same way. */
export function mount(app: Express, serving: Serving, endpoints: readonly Endpoint[]): void {
  for (const endpoint of endpoints) app[endpoint.method](endpoint.path, handler(serving, endpoint));
  const paths = new Set(endpoints.map((endpoint) => endpoint.path));
  for (const path of paths) {
    app.all(path, () => {
      throw new AppError('METHOD_NOT_ALLOWED');
    });
  }
}

function handler(serving: Serving, endpoint: Endpoint): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = `${endpoint.method} ${endpoint.path}`;
    if (endpoint.body !== undefined) requireJson(request);
    const bearer = endpoint.access === 'public' ? null : await serving.bearerOf(request);
    if (bearer === null && endpoint.access !== 'public') throw new AppError('SIGN_IN_REQUIRED');
    const answer = await perform(
      serving.performer,
      endpoint,
      given(serving, request, { bearer, requestId: requestIdOf(response) }),
    );
    if (answer.session !== undefined) serving.setSession(response, answer.session);
    send(response, endpoint, answer);
  };
}

function requireJson(request: Request): void {
  if (request.get('content-type') === undefined && request.get('content-length') === undefined) return;
  if (!request.is('application/json')) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
}

export function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}

function given(serving: Serving, request: Request, who: { bearer: Buffer | null; requestId: string }): Given {
  return {
    ...who,
    address: request.ip ?? '',
    clock: serving.clock,
    isDemonstration: false,
    params: request.params,
    query: request.query,
    body: request.body ?? {},
    purpose: request.get('access-purpose'),
    ifMatch: request.get('if-match'),
    idempotencyKey: idempotencyKeyOf(request),
  };
}

function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{8,128}$/.test(key))
    throw new AppError('VALIDATION_FAILED', { faults: [{ path: 'Idempotency-Key', code: 'INVALID' }] });
  return key;
}

function send(response: Response, endpoint: Endpoint, answer: Answer<unknown>): void {
  if (answer.version !== undefined) response.set('ETag', `"${answer.version}"`);
  if (answer.fileName !== undefined) response.attachment(answer.fileName);
  response.status(endpoint.status);
  if (endpoint.status === 204) response.end();
  else if (endpoint.media === undefined) response.json(answer.body);
  else response.set('Content-Type', endpoint.media).send(rawBytes(answer.body));
}

/** As bytes: the framework would add a charset to some types, and change others. */
function rawBytes(body: unknown): Buffer {
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  if (Buffer.isBuffer(body)) return body;
  throw new TypeError('an answer with a media type is a string or bytes');
}
