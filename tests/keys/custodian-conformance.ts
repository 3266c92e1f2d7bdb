import { sign, verify } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PrincipalKeys } from '../../server/keys/custodian.ts';
import { sealBundle } from '../../server/keys/data-keys.ts';
import { openDocument, sealDocument } from '../../server/keys/sealed-document.ts';
import { broken, bundle, flipped, grantTo, type People, type Provider } from './conformance-parts.ts';
import { isGuarded, isWrappedAgain } from './guardian-conformance.ts';

const closed = expect.objectContaining({ name: 'KeyringError', code: 'KEYRING_CLOSED' });
/** What every custodian promises; called at the top of a test file of the provider. */
export async function conforms(provider: Provider): Promise<void> {
  const { custodian } = provider;
  const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
  const stranger = await custodian.createPrincipal({ principalId: 'agency-2', kind: 'agency', version: 1 });
  const people = { ...provider, agency, stranger };
  describe(`${provider.name}: a principal`, () => {
    opensItsOwn(people);
    opensNothingElse(people);
    isWrapped(people);
  });
  describe(`${provider.name}: the guardian`, () => isGuarded(people));
  describe(`${provider.name}: the custodian vouches`, () => vouches(people));
  describe(`${provider.name}: the other keys of the custodian`, () => keepsOtherKeys(people));
  describe(`${provider.name}: versions and the end`, () => lastsAndEnds(people));
  describe(`${provider.name}: keys wrapped again`, () => isWrappedAgain(people));
}

function swaps({ agency, stranger }: People): readonly [string, PrincipalKeys][] {
  return [
    ['id', { ...agency, principalId: stranger.principalId }],
    ['kind', { ...agency, kind: 'staff' }],
    ['version', { ...agency, version: 2 }],
    ['public key', { ...agency, publicKey: stranger.publicKey }],
  ];
}

function opensItsOwn(people: People): void {
  const { custodian, agency, stranger, passMinute } = people;

  it('opens bundles sealed to its public key, from the cache too', async () => {
    const grant = grantTo(agency);
    const sealed = sealBundle({ holder: agency, grant, bundle });
    expect(await custodian.openBundle(agency, grant, sealed)).toEqual(bundle);
    expect(await custodian.openBundle(agency, grant, sealed)).toEqual(bundle);
    passMinute();
    expect(await custodian.openBundle(agency, grant, sealed)).toEqual(bundle);
  });

  it('opens in another process', async () => {
    const again = await people.again();
    const grant = grantTo(agency);
    expect(await again.openBundle(agency, grant, sealBundle({ holder: agency, grant, bundle }))).toEqual(bundle);
    expect((await again.listKey(agency)).equals(await custodian.listKey(agency))).toBe(true);
    again.close();
  });

  it('has a list key of its own, the same each time, under which its lists are sealed', async () => {
    const context = { table: 'notice', rowId: 'r', caseId: 'c', compartment: 'inbox', keyVersion: 1, revision: 1 };
    const sealed = sealDocument(await custodian.listKey(agency), context, { code: 'A' });
    passMinute();
    expect(openDocument(await custodian.listKey(agency), context, sealed)).toEqual({ code: 'A' });
    const other = await custodian.listKey(stranger);
    expect(() => openDocument(other, context, sealed)).toThrow(broken);
  });

  it('needs an id and a version', async () => {
    for (const change of [{ principalId: '' }, { version: 0 }, { version: 65_536 }, { version: 1.5 }]) {
      const asked = { principalId: 'x', kind: 'agency' as const, version: 1, ...change };
      await expect(custodian.createPrincipal(asked)).rejects.toThrow(RangeError);
    }
  });
}

function opensNothingElse(people: People): void {
  const { custodian, agency, stranger } = people;

  it('does not open what is sealed to another', async () => {
    const grant = grantTo(stranger);
    const sealed = sealBundle({ holder: stranger, grant, bundle });
    await expect(custodian.openBundle(agency, grant, sealed)).rejects.toThrow(broken);
    await expect(custodian.openBundle(agency, grantTo(agency), sealed)).rejects.toThrow(broken);
  });

  it('does not open a grant that names another holder, even when sealed to its own key', async () => {
    const grant = grantTo(stranger);
    const sealed = sealBundle({ holder: agency, grant, bundle });
    await expect(custodian.openBundle(agency, grant, sealed)).rejects.toThrow(broken);
  });

  it.each(swaps(people))(
    'with another %s opens nothing, not even while the true one is cached',
    async (_what, swapped) => {
      await custodian.openBundle(
        agency,
        grantTo(agency),
        sealBundle({ holder: agency, grant: grantTo(agency), bundle }),
      );
      await custodian.listKey(agency);
      const grant = grantTo(swapped);
      const sealed = sealBundle({ holder: { publicKey: agency.publicKey }, grant, bundle });
      await expect(custodian.openBundle(swapped, grant, sealed)).rejects.toThrow(broken);
      await expect(custodian.listKey(swapped)).rejects.toThrow(broken);
    },
  );
}

function isWrapped(people: People): void {
  const { custodian, agency, stranger, passMinute } = people;

  it('has wrapped parts that do not stand for each other or for those of another', async () => {
    const crossed = { ...agency, wrappedListKey: agency.wrappedPrivateKey };
    const stolen = { ...agency, wrappedListKey: stranger.wrappedListKey };
    passMinute();
    await expect(custodian.listKey(crossed)).rejects.toThrow(broken);
    await expect(custodian.listKey(stolen)).rejects.toThrow(broken);
  });

  it('has wrapped parts that open whole and unchanged only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(agency.wrappedListKey.length * 8 - 1), async (bit) => {
        passMinute();
        const wrappedListKey = flipped(agency.wrappedListKey, bit);
        await expect(custodian.listKey({ ...agency, wrappedListKey })).rejects.toThrow(broken);
      }),
      // Bit 16 turns version 1 into version 0.
      { numRuns: 100, examples: Array.from({ length: 24 }, (_, bit) => [bit]) },
    );
    passMinute();
    for (const length of [0, 2, 3, 20, agency.wrappedListKey.length - 1]) {
      const cut = { ...agency, wrappedListKey: agency.wrappedListKey.subarray(0, length) };
      await expect(custodian.listKey(cut)).rejects.toThrow(broken);
    }
    const longer = { ...agency, wrappedListKey: Buffer.concat([agency.wrappedListKey, Buffer.of(0)]) };
    await expect(custodian.listKey(longer)).rejects.toThrow(broken);
  });

  it('carries no private key in the clear', () => {
    expect(agency.wrappedPrivateKey).toHaveLength(63);
    expect(agency.wrappedListKey).toHaveLength(63);
    expect(agency.wrappedPrivateKey).not.toEqual(agency.wrappedListKey);
  });
}

function vouches(people: People): void {
  const { custodian, agency, stranger } = people;

  it('for the principals it made, in every process', async () => {
    const again = await people.again();
    for (const one of [custodian, again])
      expect([one.vouchesFor(agency), one.vouchesFor(stranger)]).toEqual([true, true]);
    again.close();
  });

  it.each(swaps(people))('not for a row with another %s', (_what, swapped) => {
    expect(custodian.vouchesFor(swapped)).toBe(false);
  });

  it("not with another principal's vouch, a damaged one, none, or a stranger's", async () => {
    const elsewhere = await people.elsewhere();
    const foreign = await elsewhere.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    elsewhere.close();
    expect(custodian.vouchesFor(foreign)).toBe(false);
    expect(custodian.vouchesFor({ ...agency, vouch: stranger.vouch })).toBe(false);
    for (let length = 0; length < agency.vouch.length; length += 1)
      expect(custodian.vouchesFor({ ...agency, vouch: agency.vouch.subarray(0, length) })).toBe(false);
    fc.assert(
      fc.property(
        fc.nat(agency.vouch.length * 8 - 1),
        (bit) => !custodian.vouchesFor({ ...agency, vouch: flipped(agency.vouch, bit) }),
      ),
    );
  });
}

function keepsOtherKeys(people: People): void {
  const { custodian } = people;

  it('one label gives one key, always the same', async () => {
    const label = 'blind-index/search/phone';
    const [again, elsewhere] = [await people.again(), await people.elsewhere()];
    expect(custodian.derivedKey(label).export()).toEqual(again.derivedKey(label).export());
    expect(custodian.derivedKey(label).equals(elsewhere.derivedKey(label))).toBe(false);
    expect(custodian.derivedKey(label).symmetricKeySize).toBe(32);
    expect(custodian.derivedKey(label).equals(custodian.derivedKey('blind-index/conflict/phone'))).toBe(false);
    expect(() => custodian.derivedKey('')).toThrow(RangeError);
    expect(() => custodian.derivedKey('Nguyễn')).toThrow(RangeError);
    again.close();
    elsewhere.close();
  });

  it('tokens are signed with an Ed25519 key named by its thumbprint, the same in every process', async () => {
    const { keyId, privateKey, publicKey } = custodian.tokenSigningKey();
    const data = Buffer.from('token');
    expect(verify(null, data, publicKey, sign(null, data, privateKey))).toBe(true);
    expect(keyId).toBe(await calculateJwkThumbprint(publicKey.export({ format: 'jwk' }) as Record<string, string>));
    const again = await people.again();
    expect(again.tokenSigningKey().keyId).toBe(keyId);
    again.close();
  });
}

function lastsAndEnds(people: People): void {
  const { custodian, agency } = people;

  it('an older version of a master secret still opens and verifies, the newest makes new things', async () => {
    const label = custodian.derivedKey('a');
    const later = await people.rotated();
    expect(later.vouchesFor(agency)).toBe(true);
    expect((await later.listKey(agency)).equals(await custodian.listKey(agency))).toBe(true);
    expect(later.derivedKey('a').equals(label)).toBe(true);
    const fresh = await later.createPrincipal({ principalId: 'agency-3', kind: 'agency', version: 1 });
    expect(fresh.vouch.readUInt16BE(0)).toBe(2);
    expect(fresh.wrappedListKey.readUInt16BE(1)).toBe(2);
    expect(later.vouchesFor(fresh)).toBe(true);
    expect((await later.listKey(fresh)).symmetricKeySize).toBe(32);
    later.close();
  });

  it('it is ready, until it is closed; then all is refused', async () => {
    const short = await people.again();
    await short.listKey(agency);
    expect(await short.isReady()).toBe(true);
    short.close();
    short.close();
    expect(await short.isReady()).toBe(false);
    expect(() => short.vouchesFor(agency)).toThrow(closed);
    expect(() => short.derivedKey('a')).toThrow(closed);
    expect(() => short.tokenSigningKey()).toThrow(closed);
    await expect(short.listKey(agency)).rejects.toThrow(closed);
    await expect(short.createPrincipal({ principalId: 'x', kind: 'agency', version: 1 })).rejects.toThrow(closed);
    const sealed = sealBundle({ holder: agency, grant: grantTo(agency), bundle });
    await expect(short.openBundle(agency, grantTo(agency), sealed)).rejects.toThrow(closed);
  });
}
