import { expect, it } from 'vitest';

import type { PrincipalKeys } from '../../server/keys/custodian.ts';
import { sealBundle } from '../../server/keys/data-keys.ts';
import { broken, bundle, flipped, grantTo, type People } from './conformance-parts.ts';

/** What every custodian promises of a guardian. */
export function isGuarded(people: People): void {
  const { custodian, agency } = people;
  const named = { principalId: 'guardian', version: 1 };

  it('can be sealed to and vouched for, but is opened by nobody without its unlock', async () => {
    const { keys, unlock } = await custodian.createGuardian(named);
    const grant = grantTo(keys);
    const sealed = sealBundle({ holder: keys, grant, bundle });
    expect(custodian.vouchesFor(keys)).toBe(true);
    const locked = expect.objectContaining({ code: 'GUARDIAN_LOCKED' });
    await expect(custodian.openBundle(keys, grant, sealed)).rejects.toThrow(locked);
    const again = await people.again();
    expect(await again.openGuarded(unlock, keys, { grant, sealed })).toEqual(bundle);
    again.close();
    expect(unlock).not.toEqual(Buffer.alloc(32));
  });

  it('does not open with another unlock, of another guardian, or elsewhere', async () => {
    const { keys, unlock } = await custodian.createGuardian(named);
    const other = await custodian.createGuardian({ ...named, version: 2 });
    const grant = grantTo(keys);
    const held = { grant, sealed: sealBundle({ holder: keys, grant, bundle }) };
    const wrong = expect.objectContaining({ code: 'GUARDIAN_NOT_OPENED' });
    const unlocks = [other.unlock, Buffer.alloc(32), Buffer.alloc(0), unlock.subarray(1), flipped(unlock, 20)];
    for (const each of unlocks) await expect(custodian.openGuarded(each, keys, held)).rejects.toThrow(wrong);
    await expect(custodian.openGuarded(unlock, other.keys, held)).rejects.toThrow(broken);
    const elsewhere = await people.elsewhere();
    await expect(elsewhere.openGuarded(unlock, keys, held)).rejects.toThrow(broken);
    elsewhere.close();
  });

  it('is no principal like others: none is made by chance, and no unlock opens an agency', async () => {
    const asked = { principalId: 'guardian', kind: 'guardian' as const, version: 1 };
    await expect(custodian.createPrincipal(asked)).rejects.toThrow(RangeError);
    await expect(custodian.createGuardian({ ...named, version: 0 })).rejects.toThrow(RangeError);
    const grant = grantTo(agency);
    const held = { grant, sealed: sealBundle({ holder: agency, grant, bundle }) };
    await expect(custodian.openGuarded(Buffer.alloc(32), agency, held)).rejects.toThrow(broken);
  });
}

/** What every custodian promises of keys that newer master secrets take over. */
export function isWrappedAgain(people: People): void {
  const { custodian, agency, stranger } = people;

  it('opens the same things afterwards, a guardian with the same unlock, and a destroyed version is vouched for', async () => {
    const { keys, unlock } = await custodian.createGuardian({ principalId: 'guardian', version: 1 });
    const sealedTo = (p: PrincipalKeys) => ({
      grant: grantTo(p),
      sealed: sealBundle({ holder: p, grant: grantTo(p), bundle }),
    });
    const later = await people.rotated();
    const newest = agency.vouch.readUInt16BE(0) + 1;
    const [own, guardian] = await Promise.all([later.rewrap(agency), later.rewrap(keys)]);
    for (const p of [own, guardian]) {
      expect(p.vouch.readUInt16BE(0)).toBeGreaterThanOrEqual(newest);
      expect(p.wrappedPrivateKey.readUInt16BE(1)).toBeGreaterThanOrEqual(newest);
      expect(p.wrappedListKey.readUInt16BE(1)).toBeGreaterThanOrEqual(newest);
      expect(later.vouchesFor(p)).toBe(true);
    }
    const { grant, sealed } = sealedTo(agency);
    expect(await later.openBundle(own, grant, sealed)).toEqual(bundle);
    expect((await later.listKey(own)).equals(await custodian.listKey(agency))).toBe(true);
    expect(await later.openGuarded(unlock, guardian, sealedTo(keys))).toEqual(bundle);
    const none = Buffer.alloc(0);
    const destroyed = await later.rewrap({ ...agency, wrappedPrivateKey: none, wrappedListKey: none });
    expect(destroyed).toMatchObject({ wrappedPrivateKey: none, wrappedListKey: none });
    expect(later.vouchesFor(destroyed)).toBe(true);
    later.close();
  });

  it('does so for nothing that is merely found: another public key, another vouch, swapped parts', async () => {
    const found = [
      { ...agency, publicKey: stranger.publicKey },
      { ...agency, vouch: stranger.vouch },
      { ...agency, wrappedPrivateKey: stranger.wrappedPrivateKey },
      { ...agency, wrappedListKey: agency.wrappedPrivateKey },
    ];
    for (const each of found) await expect(custodian.rewrap(each)).rejects.toThrow(broken);
  });
}
