import type { Custodian, PrincipalKeys, WrappedPart } from './custodian.ts';
import { vouchedStatement, wrappingContext } from './custodian.ts';
import {
  makeGuardian,
  makePrincipal,
  openWithUnlock,
  requireGuardian,
  requireHolder,
  type Maker,
} from './custodian-parts.ts';
import { openBundle } from './data-keys.ts';
import type { OpenedKeys, Unwrap } from './opened-keys.ts';
import { sealBroken } from './seal-error.ts';

/** What a provider brings; each refuses once it is closed. */
export type Provider = {
  maker(): Maker;
  unwrap: Unwrap;
  vouchesFor(p: PrincipalKeys): boolean;
  opened: OpenedKeys;
};
type Deeds = Pick<
  Custodian,
  'createPrincipal' | 'createGuardian' | 'vouchesFor' | 'openBundle' | 'openGuarded' | 'listKey' | 'rewrap'
>;

/** What every provider does with principals, over its own way to wrap, unwrap and vouch. */
export function principalDeeds(by: Provider): Deeds {
  return {
    createPrincipal: async (p) => makePrincipal(by.maker(), p),
    createGuardian: async (p) => makeGuardian(by.maker(), p),
    vouchesFor: (p) => by.vouchesFor(p),
    openBundle: async (p, grant, sealed) => {
      requireHolder(p, grant);
      const privateKey = await by.opened.key('private-key', p);
      return openBundle({ holder: { publicKey: p.publicKey, privateKey }, grant, sealed });
    },
    openGuarded: async (unlock, p, held) => {
      by.maker();
      requireGuardian(p, held.grant);
      return openWithUnlock({ half: await by.unwrap('private-key', p), unlock }, p, held);
    },
    listKey: (p) => by.opened.key('list-key', p),
    rewrap: (p) => rewrapped(by, p),
  };
}

async function rewrapped(by: Provider, p: PrincipalKeys): Promise<PrincipalKeys> {
  const maker = by.maker();
  // Never vouch for a key merely found in the database.
  if (!by.vouchesFor(p)) throw sealBroken();
  const wrapAgain = async (part: WrappedPart, wrapped: Buffer): Promise<Buffer> => {
    // A destroyed version has no private parts.
    if (wrapped.length === 0) return wrapped;
    const secret = await by.unwrap(part, p);
    return maker.wrap(wrappingContext(part, p), secret).finally(() => secret.fill(0));
  };
  const [vouch, wrappedPrivateKey, wrappedListKey] = await Promise.all([
    maker.vouch(vouchedStatement(p)),
    wrapAgain('private-key', p.wrappedPrivateKey),
    wrapAgain('list-key', p.wrappedListKey),
  ]);
  return { ...p, vouch, wrappedPrivateKey, wrappedListKey };
}
