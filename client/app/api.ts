import { ApiProblem, networkProblem, problemFrom } from './api/problem.ts';

/** An answer together with its version, which the next change of it must name (`ifMatch`). */
export type Versioned<Data> = { data: Data; etag: string | null };

export type CallOptions = {
  /** One key per intention of the person; a repeated attempt carries the same one, so it cannot happen twice. */
  intention?: string;
  /** The `etag` of what the person saw when she decided on the change. */
  ifMatch?: string | null;
  /** A purpose code from `Me.purposes`, only where it differs from the role's default. */
  purpose?: string;
  signal?: AbortSignal;
};

/** A file, and the name that the server gives it, if any. */
export type Received = { name: string | null; content: Blob };

/** Calls to our own server. Every method throws `ApiProblem`; an empty answer (204) has `data` undefined. */
export type Api = {
  /** Anything that is not JSON, such as a proof. */
  file: (path: string) => Promise<Received>;
  get: <Data>(path: string, options?: CallOptions) => Promise<Versioned<Data>>;
  post: <Data>(path: string, body?: unknown, options?: CallOptions) => Promise<Versioned<Data>>;
  put: <Data>(path: string, body: unknown, options?: CallOptions) => Promise<Versioned<Data>>;
  patch: <Data>(path: string, body: unknown, options?: CallOptions) => Promise<Versioned<Data>>;
  delete: <Data>(path: string, options?: CallOptions) => Promise<Versioned<Data>>;
};

export type ApiPorts = {
  /** BCP 47 tag of the language on screen. */
  language: () => string;
  /** Told of every answer, so that the server's idle clock can be followed. */
  onContact: () => void;
  /** Told of every refusal before the caller is, so that the session can end or lock. */
  onProblem: (problem: ApiProblem) => void;
};

type Call = { method: string; path: string; body?: unknown; options: CallOptions | undefined };

/** A weak line in the hills is slow, but nobody waits longer than this before being told. */
const timeoutMs = 30_000;

export function createApi(ports: ApiPorts): Api {
  return {
    file: (path) => receive(ports, { method: 'GET', path, options: undefined }),
    get: (path, options) => send(ports, { method: 'GET', path, options }),
    // The server takes JSON from a POST, and an empty deed is an empty object.
    post: (path, body = {}, options) => send(ports, { method: 'POST', path, body, options }),
    put: (path, body, options) => send(ports, { method: 'PUT', path, body, options }),
    patch: (path, body, options) => send(ports, { method: 'PATCH', path, body, options }),
    delete: (path, options) => send(ports, { method: 'DELETE', path, options }),
  };
}

async function send<Data>(ports: ApiPorts, call: Call): Promise<Versioned<Data>> {
  const response = await answer(ports, call);
  ports.onContact();
  const body = await jsonOf(response);
  if (!response.ok) throw report(ports, problemFrom(response.status, body, response.headers.get('Retry-After')));
  return { data: body as Data, etag: response.headers.get('ETag') };
}

async function receive(ports: ApiPorts, call: Call): Promise<Received> {
  const response = await answer(ports, call);
  ports.onContact();
  if (!response.ok)
    throw report(ports, problemFrom(response.status, await jsonOf(response), response.headers.get('Retry-After')));
  const [, name] = /filename="?([^";/\\]+)"?/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  return { name: name ?? null, content: await response.blob() };
}

async function answer(ports: ApiPorts, call: Call): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = call.options?.signal;
  try {
    return await fetch(call.path, {
      method: call.method,
      headers: headersOf(ports, call),
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      credentials: 'same-origin',
      mode: 'same-origin',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw networkProblem();
  }
}

function headersOf(ports: ApiPorts, { body, options }: Call): Headers {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': ports.language() });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (options?.intention) headers.set('Idempotency-Key', options.intention);
  if (options?.ifMatch) headers.set('If-Match', options.ifMatch);
  if (options?.purpose) headers.set('Access-Purpose', options.purpose);
  return headers;
}

async function jsonOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    // A page of a proxy in place of an answer of ours: the deed is unproved, like a broken line.
    if (response.ok) throw networkProblem();
    return undefined;
  }
}

function report(ports: ApiPorts, problem: ApiProblem): ApiProblem {
  ports.onProblem(problem);
  return problem;
}

export { ApiProblem };
