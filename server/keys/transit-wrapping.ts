import { randomBytes } from 'node:crypto';

import { lengthPrefixed } from './additional-data.ts';
import type { PrincipalKeys, WrappedPart } from './custodian.ts';
import { wrappingContext } from './custodian.ts';
import { u16 } from './custodian-parts.ts';
import { IV_BYTES, TAG_BYTES } from './primitives.ts';
import { RAW_KEY_BYTES } from './raw-keys.ts';
import { SealError, sealBroken } from './seal-error.ts';
import type { TransitCalls } from './transit-calls.ts';
import { TransitError } from './transit-error.ts';

/*
 * Stored format, final: `0x02 | version of the wrapping key u16 BE | iv 12 | ciphertext 32 | tag 16`, the bytes that the
 * engine writes after `vault:v<version>:`. Kept as bytes because its text form is lenient: line breaks, spare bits of base64
 * and a version 0 that stands for 1 would give one secret several spellings.
 */
const FORMAT_BYTE = 2;
const HEADER_BYTES = 3;
const SEALED_BYTES = IV_BYTES + RAW_KEY_BYTES + TAG_BYTES;

/** Wraps and unwraps principals' secrets in the store, each bound by `associated_data` to its principal and purpose. */
export type Wrapping = {
  wrap(context: Buffer, secret: Buffer): Promise<Buffer>;
  unwrap(part: WrappedPart, p: PrincipalKeys): Promise<Buffer>;
  /** Opens a small thing that was sealed at the start: the store answers, the token holds, the key is there. */
  isReady(): Promise<boolean>;
};

/** Throws TransitError when the key is missing, of another kind, or the store does not heed `associated_data`. */
export async function openWrapping(calls: TransitCalls, name: string): Promise<Wrapping> {
  const { type, isDerived } = await calls.readKey(name);
  if (type !== 'aes256-gcm96' || isDerived) throw new TransitError('TRANSIT_KEY_KIND', { place: name });
  const context = lengthPrefixed(['hien-transit-probe-v1', randomBytes(RAW_KEY_BYTES)]);
  const probe = await calls.encrypt(name, context, Buffer.alloc(RAW_KEY_BYTES));
  await calls.decrypt(name, context, probe);
  if (await opens(() => calls.decrypt(name, Buffer.concat([context, Buffer.of(0)]), probe)))
    throw new TransitError('TRANSIT_NO_BINDING', { place: name });
  return {
    async wrap(part, secret) {
      const { version, bytes } = await calls.encrypt(name, part, secret);
      if (bytes.length !== SEALED_BYTES) throw new TransitError('TRANSIT_ANSWER', { place: name });
      return Buffer.concat([Buffer.of(FORMAT_BYTE), u16(version), bytes]);
    },
    async unwrap(part, p) {
      const wrapped = part === 'private-key' ? p.wrappedPrivateKey : p.wrappedListKey;
      if (wrapped.length !== HEADER_BYTES + SEALED_BYTES || wrapped.readUInt8(0) !== FORMAT_BYTE) throw sealBroken();
      const version = wrapped.readUInt16BE(1);
      if (version === 0) throw sealBroken();
      const raw = await calls.decrypt(name, wrappingContext(part, p), {
        version,
        bytes: wrapped.subarray(HEADER_BYTES),
      });
      if (raw.length !== RAW_KEY_BYTES) throw sealBroken();
      return raw;
    },
    isReady: () =>
      calls.decrypt(name, context, probe).then(
        () => true,
        () => false,
      ),
  };
}

async function opens(open: () => Promise<unknown>): Promise<boolean> {
  try {
    await open();
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}
