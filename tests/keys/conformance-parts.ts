import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';

import type { Custodian, PrincipalKeys } from '../../server/keys/custodian.ts';
import type { GrantColumns } from '../../server/keys/data-keys.ts';

/** A provider under test. */
export type Provider = {
  name: Custodian['provider'];
  custodian: Custodian;
  /** Another process over the same master secrets. */
  again(): Promise<Custodian>;
  /** Another installation's. */
  elsewhere(): Promise<Custodian>;
  /** Another process after the wrapping and the vouching key got a second version; afterwards `custodian` may know it too. */
  rotated(): Promise<Custodian>;
  /** Opened keys grow old. */
  passMinute(): void;
};

export type People = Provider & { agency: PrincipalKeys; stranger: PrincipalKeys };

export const broken = expect.objectContaining({ name: 'SealError', code: 'SEAL_BROKEN' });
export const bundle = [{ compartment: 'facts', version: 1, key: randomBytes(32) }];

export function grantTo(p: PrincipalKeys): GrantColumns {
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

export function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
}
