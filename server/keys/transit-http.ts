import type { Secret } from '../kernel/secret.ts';
import { revealSecret } from '../kernel/secret.ts';
import { TransitError } from './transit-error.ts';
import type { TransitFault } from './transit-error.ts';

export type TransitCall = {
  method: 'GET' | 'POST';
  /** Below `/v1/`. */
  path: string;
  body?: Readonly<Record<string, unknown>>;
  token?: Secret<string>;
};

/** What an answered call said; `isInvalid` is HTTP 400: what was asked cannot be, as when a ciphertext does not open. */
export type TransitAnswer = { isInvalid: boolean; json: unknown };

/** One HTTP request, no retry. Throws TransitError for everything but an answer of 2xx or 400. */
export type TransitHttp = (call: TransitCall) => Promise<TransitAnswer>;

const MAX_ANSWER_BYTES = 1024 * 1024;

/** Statuses of https://openbao.org/api-docs/#http-status-codes and /sys/health; 472 and 473 are Vault's own standbys. */
const FAULTS: Readonly<Record<number, TransitFault>> = {
  403: 'TRANSIT_DENIED',
  404: 'TRANSIT_KEY_MISSING',
  405: 'TRANSIT_KEY_MISSING',
  429: 'TRANSIT_BUSY',
  472: 'TRANSIT_BUSY',
  473: 'TRANSIT_BUSY',
  503: 'TRANSIT_SEALED',
};

export function transitHttp(to: { url: string; namespace: string | undefined; timeoutMs: number }): TransitHttp {
  return async ({ method, path, body, token }) => {
    const headers: Record<string, string> = { 'X-Vault-Request': 'true', 'Content-Type': 'application/json' };
    if (token !== undefined) headers['X-Vault-Token'] = revealSecret(token);
    if (to.namespace !== undefined) headers['X-Vault-Namespace'] = to.namespace;
    const signal = AbortSignal.timeout(to.timeoutMs);
    // `manual`: a redirect to another machine would take the token with it.
    const options = { method, headers, signal, redirect: 'manual' as const };
    const request = body === undefined ? options : { ...options, body: JSON.stringify(body) };
    try {
      const response = await fetch(`${to.url.replace(/\/+$/, '')}/v1/${path}`, request);
      const text = await limitedText(response);
      return answerOf(response.status, text, path);
    } catch (cause) {
      throw cause instanceof TransitError ? cause : new TransitError('TRANSIT_UNREACHABLE', { place: path, cause });
    }
  };
}

function answerOf(status: number, text: string, path: string): TransitAnswer {
  if (status !== 200 && status !== 204 && status !== 400) throw faultOf(status, path);
  try {
    return { isInvalid: status === 400, json: text === '' ? null : JSON.parse(text) };
  } catch {
    // The cause would quote the answer.
    throw new TransitError('TRANSIT_ANSWER', { place: path });
  }
}

function faultOf(status: number, path: string): TransitError {
  const isRedirect = status >= 300 && status < 400;
  const unnamed = isRedirect || status >= 500 ? 'TRANSIT_BUSY' : 'TRANSIT_ANSWER';
  return new TransitError(FAULTS[status] ?? unnamed, { place: `${path}, HTTP ${status}` });
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new TransitError('TRANSIT_ANSWER');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
