import * as z from 'zod';

import type { Secret } from '../kernel/secret.ts';
import { revealSecret, secret } from '../kernel/secret.ts';
import { readGuarded } from './guarded-file.ts';
import { TransitError } from './transit-error.ts';
import type { TransitHttp } from './transit-http.ts';

/** How the store knows us: a token that somebody keeps in a file, or an AppRole whose secret id lies in one. */
export type TransitLogin =
  Readonly<{ tokenFile: string }> | Readonly<{ roleId: string; secretIdFile: string; loginMount: string }>;

type Lease = { token: Secret<string>; seconds: number };

/** The token in use. It is renewed at half its life, and fetched anew when it cannot be renewed or is refused. */
export type TransitToken = {
  current(): Promise<Secret<string>>;
  /** A newer token after `refused` was refused; `undefined` when there is none. */
  instead(refused: Secret<string>): Promise<Secret<string> | undefined>;
  close(): void;
};

const authShape = z.object({ auth: z.object({ client_token: z.string().min(1), lease_duration: z.number().min(0) }) });
const lookupShape = z.object({ data: z.object({ ttl: z.number().min(0), renewable: z.boolean() }) });
const RETRY_SECONDS = 20;
const MIN_RENEWAL_MS = 1_000;
const MIN_REFETCH_MS = 1_000;
const LONGEST_TIMER_MS = 0x7fffffff;

export function transitToken(login: TransitLogin, http: TransitHttp): TransitToken {
  let lease: Promise<Lease> | undefined;
  let fetchedAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function fetched(): Promise<Lease> {
    fetchedAtMs = performance.now();
    const next = ('tokenFile' in login ? fromFile(login.tokenFile, http) : fromRole(login, http)).then(scheduled);
    lease = next;
    // A fetch that failed leaves nothing behind: the next call fetches again and says why it cannot.
    next.catch(() => (lease = undefined));
    return next;
  }

  function scheduled(next: Lease): Lease {
    clearTimeout(timer);
    // 0: a token without an end, as for root's; it needs no renewal.
    const ms = Math.min(LONGEST_TIMER_MS, Math.max(MIN_RENEWAL_MS, (next.seconds * 1000) / 2));
    if (next.seconds > 0 && !isClosed) timer = setTimeout(() => void renew(next), ms).unref();
    return next;
  }

  function renew(old: Lease): Promise<unknown> {
    return renewal(old, http)
      .then(scheduled, (error: unknown) =>
        isRefused(error) ? fetched() : scheduled({ ...old, seconds: RETRY_SECONDS }),
      )
      .catch(() => {});
  }

  return {
    current: async () => (await (lease ?? fetched())).token,
    async instead(refused) {
      const { token } = await (lease ?? fetched());
      if (token !== refused) return token;
      // What is refused for another reason than its age must not make the store hand out tokens without end.
      if (performance.now() - fetchedAtMs < MIN_REFETCH_MS) return undefined;
      const next = (await fetched()).token;
      return revealSecret(next) === revealSecret(refused) ? undefined : next;
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof TransitError && error.fault === 'TRANSIT_DENIED';
}

async function fromFile(file: string, http: TransitHttp): Promise<Lease> {
  const token = await credential(file);
  // The store may not let a token look at itself; then whoever writes the file has to renew it.
  const looked = await http({ method: 'GET', path: 'auth/token/lookup-self', token }).catch((error: unknown) => {
    if (isRefused(error)) return { json: null };
    throw error;
  });
  const { data } = lookupShape.safeParse(looked.json);
  return { token, seconds: data?.data.renewable === true ? data.data.ttl : 0 };
}

async function fromRole(login: Extract<TransitLogin, { roleId: string }>, http: TransitHttp): Promise<Lease> {
  const secretId = await credential(login.secretIdFile);
  const body = { role_id: login.roleId, secret_id: revealSecret(secretId) };
  const path = `auth/${login.loginMount}/login`;
  const answer = await http({ method: 'POST', path, body });
  if (answer.isInvalid) throw new TransitError('TRANSIT_DENIED', { place: path });
  return leaseFrom(answer.json, path);
}

async function renewal({ token }: Lease, http: TransitHttp): Promise<Lease> {
  const path = 'auth/token/renew-self';
  const answer = await http({ method: 'POST', path, body: {}, token });
  if (answer.isInvalid) throw new TransitError('TRANSIT_DENIED', { place: path });
  return { token, seconds: leaseFrom(answer.json, path).seconds };
}

function leaseFrom(json: unknown, path: string): Lease {
  const { data } = authShape.safeParse(json);
  if (data === undefined) throw new TransitError('TRANSIT_ANSWER', { place: path });
  return { token: secret(data.auth.client_token), seconds: data.auth.lease_duration };
}

async function credential(file: string): Promise<Secret<string>> {
  const text = await readGuarded(file, {
    reach: 'service',
    refuse: (fault) =>
      new TransitError(fault === 'exposed' ? 'TRANSIT_SECRET_EXPOSED' : 'TRANSIT_SECRET_MISSING', { place: file }),
  });
  if (text.trim() === '') throw new TransitError('TRANSIT_SECRET_MISSING', { place: file });
  return secret(text.trim());
}
