import type { KeyObject } from 'node:crypto';
import { createSecretKey } from 'node:crypto';

import type { PrincipalKeys, WrappedPart } from './custodian.ts';
import { wrappingContext } from './custodian.ts';
import { privateKeyFromRaw } from './hpke.ts';
import { KeyringError } from './keyring-error.ts';
import { secretCache } from './secret-cache.ts';

/** The raw key inside a wrapped part; the caller's to wipe. Throws SealError when it does not open. */
export type Unwrap = (part: WrappedPart, p: PrincipalKeys) => Promise<Buffer>;

/** Principals' keys, unwrapped on need and kept for a minute; those who need the same one at the same time unwrap it once. */
export type OpenedKeys = {
  key(part: WrappedPart, p: PrincipalKeys): Promise<KeyObject>;
  /** Wipes; what is still being unwrapped is refused and wiped too. */
  close(): void;
};

export function openedKeys(unwrap: Unwrap, now: () => number): OpenedKeys {
  const opened = secretCache<readonly [Buffer]>(now);
  const underway = new Map<string, Promise<KeyObject>>();
  let isClosed = false;

  async function unwrapped(part: WrappedPart, p: PrincipalKeys, name: string): Promise<KeyObject> {
    const raw = await unwrap(part, p);
    if (isClosed) {
      raw.fill(0);
      throw new KeyringError('KEYRING_CLOSED');
    }
    const key = keyOf(part, raw);
    opened.set(name, [raw]);
    return key;
  }

  return {
    async key(part, p) {
      if (isClosed) throw new KeyringError('KEYRING_CLOSED');
      const name = nameOf(part, p);
      const known = opened.get(name);
      if (known !== undefined) return keyOf(part, known[0]);
      const started = underway.get(name) ?? unwrapped(part, p, name).finally(() => underway.delete(name));
      underway.set(name, started);
      return started;
    },
    close() {
      isClosed = true;
      opened.clear();
    },
  };
}

function keyOf(part: WrappedPart, raw: Buffer): KeyObject {
  return part === 'private-key' ? privateKeyFromRaw(raw) : createSecretKey(raw);
}

/** Names the whole public part: a row whose id or public key was swapped must prove itself by unwrapping. */
function nameOf(part: WrappedPart, p: PrincipalKeys): string {
  return wrappingContext(part, p).toString('base64');
}
