import type { KeyObject } from 'node:crypto';
import { verify } from 'node:crypto';

import type { PrincipalKeys } from './custodian.ts';
import { vouchedStatement } from './custodian.ts';
import { u16 } from './custodian-parts.ts';
import { publicKeyOf, RAW_KEY_BYTES } from './raw-keys.ts';
import type { TransitCalls } from './transit-calls.ts';
import { TransitError } from './transit-error.ts';

/** Signs in the store, verifies here: against the public keys of all versions, read at the start and when a new one appears. */
export type Vouching = {
  vouch(statement: Buffer): Promise<Buffer>;
  vouchesFor(p: PrincipalKeys): boolean;
};

const HEADER_BYTES = 2;

/** Throws TransitError when the key is missing or not Ed25519. */
export async function openVouching(calls: TransitCalls, name: string): Promise<Vouching> {
  let known = await publicKeys(calls, name);
  let reading: Promise<void> | undefined;

  /** Another process may have turned the signing key: its newest version is read once for all who miss it. */
  function readAgain(): Promise<void> {
    reading ??= publicKeys(calls, name)
      .then((keys) => void (known = keys))
      .finally(() => (reading = undefined));
    return reading;
  }

  return {
    async vouch(statement) {
      const { version, bytes } = await calls.sign(name, statement);
      if (!known.has(version)) await readAgain();
      const key = known.get(version);
      // A store that signs with another key than it shows would leave principals that nobody can use.
      if (key === undefined || !isSigned(key, statement, bytes))
        throw new TransitError('TRANSIT_ANSWER', { place: name });
      return Buffer.concat([u16(version), bytes]);
    },
    vouchesFor(p) {
      if (p.vouch.length < HEADER_BYTES) return false;
      const version = p.vouch.readUInt16BE(0);
      const key = known.get(version);
      // The answer is no for now; whoever asks again a moment later gets the right one.
      if (key === undefined && version > Math.max(...known.keys())) readAgain().catch(() => {});
      return key !== undefined && isSigned(key, vouchedStatement(p), p.vouch.subarray(HEADER_BYTES));
    },
  };
}

async function publicKeys(calls: TransitCalls, name: string): Promise<ReadonlyMap<number, KeyObject>> {
  const { type, isDerived, publicKeys: raw } = await calls.readKey(name);
  const isUsable = raw.size > 0 && [...raw.values()].every((key) => key.length === RAW_KEY_BYTES);
  if (type !== 'ed25519' || isDerived || !isUsable) throw new TransitError('TRANSIT_KEY_KIND', { place: name });
  return new Map([...raw].map(([version, key]) => [version, publicKeyOf('ed25519', key)]));
}

function isSigned(key: KeyObject, statement: Buffer, signature: Buffer): boolean {
  try {
    return verify(null, statement, key, signature);
  } catch {
    return false;
  }
}
