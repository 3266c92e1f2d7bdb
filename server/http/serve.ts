import type { Express, Request, RequestHandler, Response } from 'express';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import type { ReadBody } from './body.ts';
import type { Given } from './parse.ts';
import { perform, type Performer } from './perform.ts';

export type Serving = {
  performer: Performer;
  clock: Clock;
  readBody: ReadBody;
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
    const bearer = endpoint.access === 'public' ? null : await serving.bearerOf(request);
    if (bearer === null && endpoint.access !== 'public') throw new AppError('SIGN_IN_REQUIRED');
    const fault = await faultOf(serving, endpoint, { request, response });
    const about = { bearer, requestId: requestIdOf(response), fault };
    const answer = await perform(serving.performer, endpoint, given(serving, request, about));
    if (answer.session !== undefined) serving.setSession(response, answer.session);
    send(response, endpoint, answer);
  };
}

type Exchange = { request: Request; response: Response };

/** What is wrong with the request before its contract is asked: its body, or a key that is none. */
async function faultOf(
  serving: Serving,
  endpoint: Endpoint,
  { request, response }: Exchange,
): Promise<AppError | null> {
  const fault = endpoint.body === undefined ? null : await serving.readBody(request, response);
  if (fault !== null || isKey(request.get('idempotency-key'))) return fault;
  return new AppError('VALIDATION_FAILED', { faults: [{ path: 'Idempotency-Key', code: 'INVALID' }] });
}

function isKey(key: string | undefined): boolean {
  return key === undefined || /^[\x21-\x7e]{8,128}$/.test(key);
}

export function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}

function given(serving: Serving, request: Request, about: Pick<Given, 'bearer' | 'requestId' | 'fault'>): Given {
  return {
    ...about,
    address: request.ip ?? '',
    clock: serving.clock,
    isDemonstration: false,
    params: request.params,
    query: request.query,
    body: request.body ?? {},
    purpose: request.get('access-purpose'),
    ifMatch: request.get('if-match'),
    idempotencyKey: request.get('idempotency-key'),
  };
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
