import { createSecretKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { conflictIndexes, searchIndexes } from '../../server/keys/blind-index.ts';
import type { BlindIndexValue } from '../../server/keys/blind-index.ts';
import type { PrincipalKeys } from '../../server/keys/custodian.ts';
import type { GrantColumns } from '../../server/keys/data-keys.ts';
import { keyCommitment, openBundle, sealBundle } from '../../server/keys/data-keys.ts';
import { privateKeyFromRaw } from '../../server/keys/hpke.ts';
import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import { openKeyring } from '../../server/keys/keyring.ts';
import { rawPublicKey } from '../../server/keys/raw-keys.ts';
import type { RingPurpose } from '../../server/keys/ring-secrets.ts';
import { openDocument } from '../../server/keys/sealed-document.ts';
import { secret } from '../../server/kernel/secret.ts';

/*
 * Things sealed on the first day, as bytes. If one of these no longer opens, every case in every database is lost:
 * mend the code, never these bytes. All keys here are public and the person is invented.
 */

const key = Buffer.alloc(32, 7);
const base64 = (text: string) => Buffer.from(text, 'base64');

const grantOfTheFirstDay: GrantColumns = {
  grantId: 'grant-1',
  holderKind: 'agency',
  holderId: 'agency-1',
  holderKeyVersion: 2,
  subjectKind: 'case_file',
  subjectId: 'file-1',
  caseId: 'case-1',
  ownerAgencyId: 'agency-2',
  basisKind: 'owner',
  basisId: null,
  beginsAtMs: 1_790_000_000_123,
};

it('a document of the first day opens', () => {
  const context = {
    table: 'person_document',
    rowId: 'row-1',
    caseId: 'case-1',
    compartment: 'identity',
    keyVersion: 3,
    revision: 7,
  };
  const sealed = base64(
    'AQADTMWMhuGR9DC0LK3VLGL6P1hMZA5g8lrlIAzTv1+TjtTagxydGxsDsfMeA4QI7JMHvjPsnVyk7Meygu4spYAyvC4RvJm7du7L1F5oARPmZeM7Q2VitGkB8ym+yOILslESgiKmAHdebWcrHUumYuVkFH+Qhr5V3GDorwxmE15MsKsV5wFmgCd9we+moxJV8Wl5w7E9mPwvvoDuBV7Nk2Rfgzh74Sur3lUsP1mO9ylNWx+1VSZrkJYmyIVjwKN20TNExZLMlCrYtrHvUXeOhMsLJAg+lP25wG8hrguv18ZMkEgHDxo1eeYBqdD2TQtC+NwvDO4AFjMDN5rfqB2q2aiJrrGUw9LP/pVgKI7jkgX7N+u++tkLE7Oz6aFoUS0=',
  );
  expect(openDocument(createSecretKey(key), context, sealed)).toEqual({
    fullName: 'Nguyễn Thị Hòa',
    phones: ['+84905123456'],
  });
});

it('a grant of the first day opens', () => {
  const privateKey = privateKeyFromRaw(Buffer.alloc(32, 9));
  const sealed = base64(
    'nvpIuoaVUiekWfGxXvSZgl70crxJj9Za+SwDAfsA8mmimoQM83hAqwWit+Hn8NaxGaU9QXPdzSG+wK4v9PI7Goq2wXhnBoLkwBBo1qH9dks04GPNfJgG0nZkjhP5w3xsove7jDqLJ2nTfPED8ig0m3IQC0dXph3RSzanuTd1brl4d7c6+4YA7aMRrkc2TnYHg/S4hLF6RPoGHTkANHJaEx+nrCp/2S+hX5toeOacjylttVERfdqIzpofTIAkeDJgspxUQqLU6a52dbM9IeGePjlNOSEjSk5kQ24ZDKhOrwRjIDbwJc+n7h5LR6tKGqzrHjKenRiwSNBDL1JSpk3/PEpeR41UaJdGTpg3fnSk58j/ZE1NIe6agnOeZnYS5GqGzk5Cdm3ywAXqsw/C9t4gFg==',
  );
  expect(
    openBundle({ holder: { publicKey: rawPublicKey(privateKey), privateKey }, grant: grantOfTheFirstDay, sealed }),
  ).toEqual([
    { compartment: 'facts', version: 1, key },
    { compartment: 'identity', version: 2, key },
  ]);
});

it('a key commitment of the first day is made again', () => {
  const commitment = keyCommitment(key, { subjectId: 'file-1', compartment: 'facts', version: 1 });
  expect(commitment.toString('hex')).toBe('1cfd7a0c2d7e17d2336b9baba7dcfa227e903b97097645d9578bf1dcbfdbf904');
});

describe('a custodian with the secrets of the first day', () => {
  const purposes: readonly RingPurpose[] = ['wrap', 'vouch', 'token', 'root'];
  const secrets = purposes.map((purpose, index) => ({ purpose, version: 1, secret: Buffer.alloc(32, index + 1) }));
  const custodian = keyringCustodian(secrets, () => 0);
  const principal: PrincipalKeys = {
    principalId: 'agency-1',
    kind: 'agency',
    version: 2,
    publicKey: base64('5l71RZVzPGgA3qUZ2M1t2FVlPVX55nkRQfIe0HVmhFU='),
    vouch: base64('AAGEHDdbF56p4/yoPYbtoNh5+r77SvsWbevOmAncOWbqcJwk7bZFqTG5uzpKiGEMKoYNFsNGIeUJda1tDIpnbYMO'),
    wrappedPrivateKey: base64('AQABIxGT7/zV4UmSJQj9C9Q79TElrm1O4bOX6qTwNM92DwZ1I8Cccs3RIoRFgcjgXXdT5+rnvPR/xhV8J95z'),
    wrappedListKey: base64('AQABcgD1PFjURSX9LsT6bGUuUjuBXXBT64pj+VArZw+pUwQzdW1xrLDunlqsZVeiJAuTX6wQ4IZTYOLmCCZO'),
  };

  it('vouches for its principals and unwraps their keys', async () => {
    expect(custodian.vouchesFor(principal)).toBe(true);
    expect((await custodian.listKey(principal)).export().toString('base64')).toBe(
      'y2DZ8yKggfKFvWvlhUCIBhPfNxGBa09kIpJ9xKTTXYE=',
    );
  });

  it('opens a grant sealed to its principal today', async () => {
    const grant = grantOfTheFirstDay;
    const bundle = [{ compartment: 'facts', version: 1, key }];
    const sealed = sealBundle({ holder: principal, grant, bundle });
    expect(await custodian.openBundle(principal, grant, sealed)).toEqual(bundle);
  });

  it('derives and names the same keys', () => {
    expect(custodian.derivedKey('blind-index/search/phone').export().toString('hex')).toBe(
      'b7ff40b1439756ef99db39d4376a9219675ce23068d02be836925301ba44d0f1',
    );
    expect(custodian.tokenSigningKey().keyId).toBe('nRIE2VmKdMjL1JD7tbV7fXVgXxmv0GKnMFWRUJMTf9Q');
  });

  it('gives the same blind indexes', () => {
    const who = { fullName: 'Nguyễn Thị Hòa', birthYear: 1990, phone: '0905123456', identityNumber: '048190001234' };
    const shown = (values: readonly BlindIndexValue[]) =>
      Object.fromEntries(values.map(({ field, value }) => [field, value.toString('hex')]));
    expect(shown(searchIndexes(custodian.derivedKey, who))).toEqual({
      name_birth_year_exact: '37b5ea01',
      name_birth_year_folded: 'e955fcde',
      phone: '66e2a671a6',
      identity_number: '5c76d3e68a',
    });
    expect(shown(conflictIndexes(custodian.derivedKey, who))).toEqual({
      phone: 'b2fcbc8e80e4f5a394f099976e044461b6bc10df5d53249e8789052d3d49d596',
      identity_number: 'd66b5b7b91dfe409a98c4e488ecfdf0409bee82254bafaa3c49cf8ee3b9dac61',
    });
  });
});

it('a keyring file of the first day opens', async () => {
  const text = {
    format: 'hien-keyring-v1',
    kdf: {
      name: 'argon2id',
      version: 19,
      memoryKiB: 65536,
      iterations: 3,
      parallelism: 1,
      salt: 'eBPtEBqpa53cV2FiRLafRQ==',
    },
    sealed:
      'yQ4+eBpWB4EiVc4bg3iui5TW0DX0Qfz5q+EPiBKjxStv67NLw8/y2NZogd9O1dxnMSJFUHDDucYuL9DF8N6VhwivY9nivr8KBdiKNPpmRa2FL6jAfIMynyA0Ov3y0ZfQVkccqMNnQXili90JepV9FQZpi9l/AmIj8SFXHh+jSUe8r2+eZmZEtRTDmj0BjQDXzwSKnny26v8/hGjwxgG+P77S9UKgSAFRulU=',
  };
  const folder = await mkdtemp(join(tmpdir(), 'hien-keyring-'));
  try {
    const file = join(folder, 'keyring.json');
    await writeFile(file, JSON.stringify(text), { mode: 0o600 });
    const custodian = await openKeyring({ file, passphrase: secret('bốn con đường nhỏ') });
    expect(custodian.tokenSigningKey().keyId).toBe('1ejx3mi0FCFnqyz5XfMcUe2r4Fg03pn-COJb9hnzX3E');
    expect(custodian.derivedKey('a').export().toString('hex')).toBe(
      '880d172edced2a0f79dd71281888b0a417ce384e7c26f01d302154d5f7dd5603',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
