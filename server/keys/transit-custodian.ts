import type { KeyObject } from 'node:crypto';
import { createPublicKey, createSecretKey } from 'node:crypto';

import { lengthPrefixed } from './additional-data.ts';
import type { Custodian, PrincipalKeys } from './custodian.ts';
import { derive, derivedKey, type Maker } from './custodian-parts.ts';
import { KeyringError } from './keyring-error.ts';
import { openedKeys } from './opened-keys.ts';
import { principalDeeds } from './principal-deeds.ts';
import { privateKeyOf, RAW_KEY_BYTES } from './raw-keys.ts';
import { thumbprint } from './ring-keys.ts';
import { transitCalls } from './transit-calls.ts';
import type { TransitCalls } from './transit-calls.ts';
import { TransitError } from './transit-error.ts';
import { transitHttp } from './transit-http.ts';
import { transitToken } from './transit-token.ts';
import type { TransitLogin } from './transit-token.ts';
import { openVouching } from './transit-vouching.ts';
import { openWrapping } from './transit-wrapping.ts';

/** Where the transit engine of a Vault or OpenBao is, and how it knows us. */
export type TransitSettings = Readonly<{
  url: string;
  namespace: string | undefined;
  mount: string;
  /** Its keys are `<prefix>-wrap`, `<prefix>-vouch` and `<prefix>-root`. */
  keyPrefix: string;
  login: TransitLogin;
}>;

type Token = ReturnType<Custodian['tokenSigningKey']>;
type Root = { key: KeyObject; token: Token };

const TIMEOUT_MS = 2_000;
/** The root secret comes from version 1 for ever: blind indexes must not change when the key is rotated. */
const ROOT_VERSION = 1;
const READY_MS = 1_000;

/**
 * A custodian whose master secrets stay in the store. Principals' private keys pass through this process's memory when they
 * are needed, for at most a minute; the root secret of derived keys is fetched once and stays until `close`.
 * Throws TransitError when the store cannot be used.
 */
export async function openTransit(settings: TransitSettings, now: () => number): Promise<Custodian> {
  const http = transitHttp({ ...settings, timeoutMs: TIMEOUT_MS });
  const token = transitToken(settings.login, http);
  try {
    const calls = transitCalls({ mount: settings.mount, http, token, now });
    return await custodianOver(calls, { ...settings, now, release: token.close });
  } catch (error) {
    token.close();
    throw error;
  }
}

type Setting = { keyPrefix: string; now: () => number; release: () => void };

async function custodianOver(calls: TransitCalls, { keyPrefix, now, release }: Setting): Promise<Custodian> {
  const [wrapping, vouching, fetched] = await Promise.all([
    openWrapping(calls, `${keyPrefix}-wrap`),
    openVouching(calls, `${keyPrefix}-vouch`),
    fetchRoot(calls, `${keyPrefix}-root`),
  ]);
  let root: Root | undefined = fetched;
  const opened = openedKeys(wrapping.unwrap, now);
  const isReady = remembered(wrapping.isReady, now);

  function live(): Root {
    if (root === undefined) throw new KeyringError('KEYRING_CLOSED');
    return root;
  }

  function maker(): Maker {
    live();
    return { vouch: vouching.vouch, wrap: wrapping.wrap };
  }

  function vouchesFor(p: PrincipalKeys): boolean {
    live();
    return vouching.vouchesFor(p);
  }

  return {
    provider: 'transit',
    ...principalDeeds({ maker, unwrap: wrapping.unwrap, vouchesFor, opened }),
    derivedKey: (label) => derivedKey(live().key, label),
    tokenSigningKey: () => live().token,
    tokenKeys: () => [live().token],
    isReady: async () => root !== undefined && (await isReady()),
    close: () => {
      opened.close();
      release();
      root = undefined;
    },
  };
}

async function fetchRoot(calls: TransitCalls, name: string): Promise<Root> {
  const secret = await calls.hmac(name, ROOT_VERSION, lengthPrefixed(['hien-transit-root-v1']));
  if (secret.length !== RAW_KEY_BYTES) throw new TransitError('TRANSIT_ANSWER', { place: name });
  const key = createSecretKey(secret);
  secret.fill(0);
  return { key, token: signingKey(key) };
}

function signingKey(root: KeyObject): Token {
  const seed = derive(root, lengthPrefixed(['hien-transit-token-v1']));
  const privateKey = privateKeyOf('ed25519', seed);
  seed.fill(0);
  const publicKey = createPublicKey(privateKey);
  return { keyId: thumbprint(publicKey), privateKey, publicKey };
}

/** Anybody may ask whether the system is ready; the store is asked once a second. */
function remembered(ask: () => Promise<boolean>, now: () => number): () => Promise<boolean> {
  let asked: { at: number; answer: Promise<boolean> } | undefined;
  return () => {
    if (asked === undefined || Math.abs(now() - asked.at) >= READY_MS) asked = { at: now(), answer: ask() };
    return asked.answer;
  };
}
