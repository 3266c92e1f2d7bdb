import { createHash, randomBytes, sign, verify } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PrincipalKeys } from '../../server/keys/custodian.ts';
import type { GrantColumns } from '../../server/keys/data-keys.ts';
import { sealBundle } from '../../server/keys/data-keys.ts';
import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import type { RingSecret } from '../../server/keys/ring-secrets.ts';
import { generateRingSecrets } from '../../server/keys/ring-secrets.ts';
import { openDocument, sealDocument } from '../../server/keys/sealed-document.ts';

const broken = expect.objectContaining({ name: 'SealError', code: 'SEAL_BROKEN' });
const closed = expect.objectContaining({ name: 'KeyringError', code: 'KEYRING_CLOSED' });
const secrets = generateRingSecrets();
let nowMs = 0;
const custodian = keyringCustodian(secrets, () => nowMs);
const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
const stranger = await custodian.createPrincipal({ principalId: 'agency-2', kind: 'agency', version: 1 });
const bundle = [{ compartment: 'facts', version: 1, key: randomBytes(32) }];

function grantTo(p: PrincipalKeys): GrantColumns {
  return {
    grantId: 'grant-1',
    holderKind: p.kind,
    holderId: p.principalId,
    holderKeyVersion: p.version,
    subjectKind: 'case_file',
    subjectId: 'file-1',
    caseId: 'case-1',
    ownerAgencyId: 'agency-1',
    basisKind: 'owner',
    basisId: null,
    beginsAtMs: 1_790_000_000_000,
  };
}

function swaps(): readonly [string, PrincipalKeys][] {
  return [
    ['id', { ...agency, principalId: stranger.principalId }],
    ['kind', { ...agency, kind: 'staff' }],
    ['version', { ...agency, version: 2 }],
    ['public key', { ...agency, publicKey: stranger.publicKey }],
  ];
}

describe('a principal', () => {
  it('opens bundles sealed to its public key, from the cache too', async () => {
    const grant = grantTo(agency);
    const sealed = sealBundle({ holder: agency, grant, bundle });
    expect(await custodian.openBundle(agency, grant, sealed)).toEqual(bundle);
    expect(await custodian.openBundle(agency, grant, sealed)).toEqual(bundle);
    nowMs += 60_001;
    expect(await custodian.openBundle(agency, grant, sealed)).toEqual(bundle);
  });

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

  it.each(swaps())('with another %s opens nothing, not even while the true one is cached', async (_what, swapped) => {
    await custodian.openBundle(agency, grantTo(agency), sealBundle({ holder: agency, grant: grantTo(agency), bundle }));
    await custodian.listKey(agency);
    const grant = grantTo(swapped);
    const sealed = sealBundle({ holder: { publicKey: agency.publicKey }, grant, bundle });
    await expect(custodian.openBundle(swapped, grant, sealed)).rejects.toThrow(broken);
    await expect(custodian.listKey(swapped)).rejects.toThrow(broken);
  });

  it('has wrapped parts that do not stand for each other or for those of another', async () => {
    const crossed = { ...agency, wrappedListKey: agency.wrappedPrivateKey };
    const stolen = { ...agency, wrappedListKey: stranger.wrappedListKey };
    nowMs += 60_001;
    await expect(custodian.listKey(crossed)).rejects.toThrow(broken);
    await expect(custodian.listKey(stolen)).rejects.toThrow(broken);
  });

  it('has wrapped parts that open whole and unchanged only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(agency.wrappedListKey.length * 8 - 1), async (bit) => {
        const flipped = Buffer.from(agency.wrappedListKey);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        nowMs += 60_001;
        await expect(custodian.listKey({ ...agency, wrappedListKey: flipped })).rejects.toThrow(broken);
      }),
      { numRuns: 60 },
    );
    nowMs += 60_001;
    for (const length of [0, 2, 3, 20, agency.wrappedListKey.length - 1]) {
      const cut = { ...agency, wrappedListKey: agency.wrappedListKey.subarray(0, length) };
      await expect(custodian.listKey(cut)).rejects.toThrow(broken);
    }
  });

  it('has a list key of its own, the same each time, under which its lists are sealed', async () => {
    const context = { table: 'notice', rowId: 'r', caseId: 'c', compartment: 'inbox', keyVersion: 1, revision: 1 };
    const sealed = sealDocument(await custodian.listKey(agency), context, { code: 'A' });
    nowMs += 60_001;
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

  it('that is the guardian can be sealed to, but is not opened by the running keyring', async () => {
    const guardian = await custodian.createPrincipal({ principalId: 'guardian', kind: 'guardian', version: 1 });
    const sealed = sealBundle({ holder: guardian, grant: grantTo(guardian), bundle });
    expect(custodian.vouchesFor(guardian)).toBe(true);
    const locked = expect.objectContaining({ code: 'GUARDIAN_LOCKED' });
    await expect(custodian.openBundle(guardian, grantTo(guardian), sealed)).rejects.toThrow(locked);
  });
});

describe('the custodian vouches', () => {
  it('for the principals it made', () => {
    expect(custodian.vouchesFor(agency)).toBe(true);
    expect(custodian.vouchesFor(stranger)).toBe(true);
  });

  it.each(swaps())('not for a row with another %s', (_what, swapped) => {
    expect(custodian.vouchesFor(swapped)).toBe(false);
  });

  it("not with another principal's vouch, a damaged one, none, or a stranger's", async () => {
    const elsewhere = keyringCustodian(generateRingSecrets(), () => nowMs);
    const foreign = await elsewhere.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    expect(custodian.vouchesFor(foreign)).toBe(false);
    expect(custodian.vouchesFor({ ...agency, vouch: stranger.vouch })).toBe(false);
    for (let length = 0; length < agency.vouch.length; length += 1) {
      expect(custodian.vouchesFor({ ...agency, vouch: agency.vouch.subarray(0, length) })).toBe(false);
    }
    fc.assert(
      fc.property(fc.nat(agency.vouch.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(agency.vouch);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        return !custodian.vouchesFor({ ...agency, vouch: flipped });
      }),
    );
  });
});

describe('the other keys of the custodian', () => {
  it('one label gives one key, always the same', () => {
    const label = 'blind-index/search/phone';
    const again = keyringCustodian(secrets, () => nowMs);
    expect(custodian.derivedKey(label).export()).toEqual(again.derivedKey(label).export());
    expect(custodian.derivedKey(label).symmetricKeySize).toBe(32);
    expect(custodian.derivedKey(label).equals(custodian.derivedKey('blind-index/conflict/phone'))).toBe(false);
    expect(() => custodian.derivedKey('')).toThrow(RangeError);
    expect(() => custodian.derivedKey('Nguyễn')).toThrow(RangeError);
  });

  it('tokens are signed with an Ed25519 key named by its thumbprint', async () => {
    const { keyId, privateKey, publicKey } = custodian.tokenSigningKey();
    const data = Buffer.from('token');
    expect(verify(null, data, publicKey, sign(null, data, privateKey))).toBe(true);
    expect(keyId).toBe(await calculateJwkThumbprint(publicKey.export({ format: 'jwk' }) as Record<string, string>));
  });

  it('an older version of a master secret still opens and verifies, the newest makes new things', async () => {
    const newer = generateRingSecrets().filter(({ purpose }) => purpose === 'wrap' || purpose === 'vouch');
    const rotated: RingSecret[] = [...secrets, ...newer.map((one) => ({ ...one, version: 2 }))];
    const later = keyringCustodian(rotated, () => nowMs);
    expect(later.vouchesFor(agency)).toBe(true);
    expect((await later.listKey(agency)).equals(await custodian.listKey(agency))).toBe(true);
    const fresh = await later.createPrincipal({ principalId: 'agency-3', kind: 'agency', version: 1 });
    expect(fresh.vouch.readUInt16BE(0)).toBe(2);
    expect(fresh.wrappedListKey.readUInt16BE(1)).toBe(2);
    expect(custodian.vouchesFor(fresh)).toBe(false);
    await expect(custodian.listKey(fresh)).rejects.toThrow(broken);
  });

  it('all are refused after closing', async () => {
    const short = keyringCustodian(secrets, () => nowMs);
    await short.listKey(agency);
    short.close();
    short.close();
    expect(() => short.vouchesFor(agency)).toThrow(closed);
    expect(() => short.derivedKey('a')).toThrow(closed);
    expect(() => short.tokenSigningKey()).toThrow(closed);
    await expect(short.listKey(agency)).rejects.toThrow(closed);
    await expect(short.createPrincipal({ principalId: 'x', kind: 'agency', version: 1 })).rejects.toThrow(closed);
    const sealed = sealBundle({ holder: agency, grant: grantTo(agency), bundle });
    await expect(short.openBundle(agency, grantTo(agency), sealed)).rejects.toThrow(closed);
  });
});

it('a principal carries no private key in the clear', () => {
  const list = [agency.wrappedPrivateKey, agency.wrappedListKey];
  expect(list.map(({ length }) => length)).toEqual([63, 63]);
  expect(new Set(list.map((one) => createHash('sha256').update(one).digest('hex'))).size).toBe(2);
});
