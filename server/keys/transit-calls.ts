import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';

import { breaker } from './breaker.ts';
import { sealBroken } from './seal-error.ts';
import { TransitError } from './transit-error.ts';
import type { TransitFault } from './transit-error.ts';
import type { TransitAnswer, TransitCall, TransitHttp } from './transit-http.ts';
import type { TransitToken } from './transit-token.ts';

/** `vault:v2:…` taken apart. */
export type Versioned = { version: number; bytes: Buffer };
export type TransitKey = { type: string; isDerived: boolean; publicKeys: ReadonlyMap<number, Buffer> };

/**
 * The operations of the transit engine that a custodian needs. They change nothing in the store, so each may be tried twice.
 * All throw TransitError; `decrypt` throws SealError for what does not open.
 */
export type TransitCalls = {
  encrypt(key: string, context: Buffer, plaintext: Buffer): Promise<Versioned>;
  /** The caller's to wipe. */
  decrypt(key: string, context: Buffer, sealed: Versioned): Promise<Buffer>;
  sign(key: string, data: Buffer): Promise<Versioned>;
  /** HMAC-SHA256 by this version of the key, not by the newest: what is derived from it must never change. */
  hmac(key: string, version: number, data: Buffer): Promise<Buffer>;
  readKey(key: string): Promise<TransitKey>;
};

type Setting = { mount: string; http: TransitHttp; token: TransitToken; now: () => number };

const TRIES = 2;
const PAUSE_BETWEEN_MS = 100;
const PAUSE_WHILE_AWAY_MS = 1_000;
const AWAY: ReadonlySet<TransitFault> = new Set(['TRANSIT_UNREACHABLE', 'TRANSIT_SEALED', 'TRANSIT_BUSY']);

const encrypted = z.object({ data: z.object({ ciphertext: z.string() }) });
const decrypted = z.object({ data: z.object({ plaintext: z.string() }) });
const signed = z.object({ data: z.object({ signature: z.string() }) });
const hashed = z.object({ data: z.object({ hmac: z.string() }) });
const keyShape = z.object({
  data: z.object({
    type: z.string(),
    derived: z.boolean(),
    // Symmetric keys: seconds since the epoch; asymmetric ones: an object with the public key.
    keys: z.record(z.string().regex(/^\d+$/), z.union([z.number(), z.object({ public_key: z.string() })])),
  }),
});

export function transitCalls(setting: Setting): TransitCalls {
  const { mount, now } = setting;
  const guarded = breaker({
    now,
    pauseMs: PAUSE_WHILE_AWAY_MS,
    isAway,
    refuse: () => new TransitError('TRANSIT_UNREACHABLE'),
  });
  const ask = (call: TransitCall): Promise<TransitAnswer> => guarded(() => triedTwice(setting, call));
  const post = (path: string, body: Readonly<Record<string, unknown>>): Promise<TransitAnswer> =>
    ask({ method: 'POST', path: `${mount}/${path}`, body });
  return {
    async encrypt(key, context, plaintext) {
      const body = { plaintext: base64(plaintext), associated_data: base64(context) };
      return versioned(parsed(encrypted, await post(`encrypt/${key}`, body), key).data.ciphertext, key);
    },
    async decrypt(key, context, { version, bytes }) {
      const ciphertext = `vault:v${version}:${base64(bytes)}`;
      const answer = await post(`decrypt/${key}`, { ciphertext, associated_data: base64(context) });
      if (answer.isInvalid) throw sealBroken();
      return Buffer.from(parsed(decrypted, answer, key).data.plaintext, 'base64');
    },
    async sign(key, data) {
      return versioned(parsed(signed, await post(`sign/${key}`, { input: base64(data) }), key).data.signature, key);
    },
    async hmac(key, version, data) {
      const answer = await post(`hmac/${key}/sha2-256`, { input: base64(data), key_version: version });
      return versioned(parsed(hashed, answer, key).data.hmac, key).bytes;
    },
    async readKey(key) {
      const { data } = parsed(keyShape, await ask({ method: 'GET', path: `${mount}/keys/${key}` }), key);
      return { type: data.type, isDerived: data.derived, publicKeys: publicKeysOf(data.keys) };
    },
  };
}

async function triedTwice({ http, token }: Setting, call: TransitCall): Promise<TransitAnswer> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await withToken({ http, token }, call);
    } catch (error) {
      if (left === 0 || !isAway(error)) throw error;
      await pause(PAUSE_BETWEEN_MS);
    }
  }
}

async function withToken({ http, token }: Pick<Setting, 'http' | 'token'>, call: TransitCall): Promise<TransitAnswer> {
  const known = await token.current();
  try {
    return await http({ ...call, token: known });
  } catch (error) {
    const isDenied = error instanceof TransitError && error.fault === 'TRANSIT_DENIED';
    const other = isDenied ? await token.instead(known) : undefined;
    if (other === undefined) throw error;
    return http({ ...call, token: other });
  }
}

function isAway(error: unknown): boolean {
  return error instanceof TransitError && AWAY.has(error.fault);
}

function parsed<S extends z.ZodType>(shape: S, answer: TransitAnswer, key: string): z.output<S> {
  if (answer.isInvalid) throw new TransitError('TRANSIT_KEY_MISSING', { place: key });
  const { data, success } = shape.safeParse(answer.json);
  if (!success) throw new TransitError('TRANSIT_ANSWER', { place: key });
  return data;
}

function versioned(text: string, key: string): Versioned {
  const [, version, bytes] = /^vault:v([1-9]\d{0,4}):([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (version === undefined || bytes === undefined) throw new TransitError('TRANSIT_ANSWER', { place: key });
  return { version: Number(version), bytes: Buffer.from(bytes, 'base64') };
}

function publicKeysOf(keys: z.output<typeof keyShape>['data']['keys']): ReadonlyMap<number, Buffer> {
  const found = Object.entries(keys).flatMap(([version, key]) =>
    typeof key === 'number' ? [] : [[Number(version), Buffer.from(key.public_key, 'base64')] as const],
  );
  return new Map(found);
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}
