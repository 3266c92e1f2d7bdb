import { request as send, Agent, type IncomingHttpHeaders } from 'node:http';
import type { Problem } from '../../server/http/problems.ts';

/** An answer; `body` where it went well, `problem` where it did not (both are the same JSON). */
export type Reply<T> = {
  status: number;
  body: T;
  problem: Problem;
  headers: IncomingHttpHeaders;
  text: string;
  /** ETag, ready for `If-Match`. */
  version: string;
};
export type Headers = Record<string, string>;
export type Sending = { body?: unknown; raw?: string | Buffer; headers?: Headers };
type Json = Record<string, unknown>;

/** Somebody at the API: keeps the session cookie as a browser does. */
export type Client = {
  call<T = Json>(method: string, path: string, sending?: Sending): Promise<Reply<T>>;
  get<T = Json>(path: string, headers?: Headers): Promise<Reply<T>>;
  post<T = Json>(path: string, body?: unknown, headers?: Headers): Promise<Reply<T>>;
  patch<T = Json>(path: string, body: unknown, headers?: Headers): Promise<Reply<T>>;
  put<T = Json>(path: string, body: unknown, headers?: Headers): Promise<Reply<T>>;
  delete<T = Json>(path: string, headers?: Headers): Promise<Reply<T>>;
  cookie(): string;
};

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export function aClient(url: string, always: Headers = {}): Client {
  let cookie = '';
  async function call<T>(method: string, path: string, sending: Sending = {}): Promise<Reply<T>> {
    const payload = payloadOf(sending);
    const headers = { ...describing(payload), ...(cookie === '' ? {} : { cookie }), ...always, ...sending.headers };
    const reply = await exchange<T>(new URL(path, url), { method, headers, payload });
    const [set] = reply.headers['set-cookie'] ?? [];
    if (set !== undefined) cookie = set.split(';')[0] ?? '';
    return reply;
  }
  return {
    call,
    get: (path, headers = {}) => call('GET', path, { headers }),
    post: (path, body = {}, headers = {}) => call('POST', path, { body, headers }),
    patch: (path, body, headers = {}) => call('PATCH', path, { body, headers }),
    put: (path, body, headers = {}) => call('PUT', path, { body, headers }),
    delete: (path, headers = {}) => call('DELETE', path, { headers }),
    cookie: () => cookie,
  };
}

function payloadOf({ raw, body }: Sending): string | Buffer | undefined {
  return raw ?? (body === undefined ? undefined : JSON.stringify(body));
}

function describing(payload: string | Buffer | undefined): Headers {
  if (payload === undefined) return {};
  return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) };
}

type Exchange = { method: string; headers: Headers; payload: string | Buffer | undefined };

function exchange<T>(url: URL, { method, headers, payload }: Exchange): Promise<Reply<T>> {
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const json = jsonOf(text);
        const version = String(incoming.headers.etag ?? '');
        resolve({
          status: incoming.statusCode ?? 0,
          body: json as T,
          problem: json as Problem,
          headers: incoming.headers,
          text,
          version,
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}
