import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, createSecretKey } from 'node:crypto';

import { canonicalJson } from '../kernel/canonical-json.ts';
import { privateKeyOf, rawPublicKey } from './raw-keys.ts';
import type { RingPurpose, RingSecret } from './ring-secrets.ts';

type SigningKey = { privateKey: KeyObject; publicKey: KeyObject };
export type TokenKey = SigningKey & { keyId: string };
type Versions<K> = ReadonlyMap<number, K>;

/** The secrets of a keyring as keys ready for use. Wrapping and vouching keep their old versions to open and verify. */
export type RingKeys = {
  wrap: Versions<KeyObject>;
  vouch: Versions<SigningKey>;
  token: Versions<TokenKey>;
  root: KeyObject;
};

/** Copies the secrets into key objects. Throws RangeError when a purpose is missing. */
export function ringKeys(secrets: readonly RingSecret[]): RingKeys {
  return {
    wrap: versions(secrets, 'wrap', createSecretKey),
    vouch: versions(secrets, 'vouch', signingKey),
    token: versions(secrets, 'token', tokenKey),
    root: current(versions(secrets, 'root', createSecretKey)).key,
  };
}

/** The highest version: the one that makes new things. */
export function current<K>(keys: Versions<K>): { version: number; key: K } {
  const [newest] = [...keys].sort(([a], [b]) => b - a);
  if (newest === undefined) throw new RangeError('a keyring without keys of a purpose');
  return { version: newest[0], key: newest[1] };
}

function versions<K>(secrets: readonly RingSecret[], purpose: RingPurpose, make: (secret: Buffer) => K): Versions<K> {
  const own = secrets.filter((one) => one.purpose === purpose);
  return new Map(own.map(({ version, secret }) => [version, make(secret)]));
}

function tokenKey(seed: Buffer): TokenKey {
  const pair = signingKey(seed);
  return { ...pair, keyId: thumbprint(pair.publicKey) };
}

function signingKey(seed: Buffer): SigningKey {
  const privateKey = privateKeyOf('ed25519', seed);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** RFC 7638 thumbprint of an Ed25519 key (RFC 8037): its canonical JWK, hashed. */
export function thumbprint(publicKey: KeyObject): string {
  const jwk = { crv: 'Ed25519', kty: 'OKP', x: rawPublicKey(publicKey).toString('base64url') };
  return createHash('sha256').update(canonicalJson(jwk)).digest('base64url');
}
