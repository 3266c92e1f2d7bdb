import { inject } from 'vitest';
import type { Custodian, PrincipalKeys } from '../../../server/keys/custodian.ts';
import { columnsOf } from '../../../server/keys/subject-keys.ts';
import type { GrantRow } from '../../../server/keys/grants.store.ts';
import { keyringCustodian } from '../../../server/keys/keyring-custodian.ts';
import { decodeRingSecrets } from '../../../server/keys/ring-secrets.ts';
import { rotatePrincipals, type Rotating, type RotationReport } from '../../../server/keys/rotate-principals.ts';
import { keeperPorts } from '../../../server/commands/keeper.ts';
import type { TestApp } from '../../support/app.ts';

/** A custodian over the keyring that all test applications share, as the process of a command opens it. */
export function anotherCustodian(): Custodian {
  const secrets = decodeRingSecrets(Buffer.from(inject('house').ringSecrets, 'base64')) ?? [];
  return keyringCustodian(secrets, () => performance.now());
}

export async function rotate(
  app: TestApp,
  principalId: string | null,
  heard: Partial<Pick<Rotating, 'onStep' | 'onProgress'>> = {},
): Promise<RotationReport> {
  const custodian = anotherCustodian();
  const ports = keeperPorts(app.ownerUrl);
  try {
    return await rotatePrincipals({ ports, custodian, onStep: () => {}, onProgress: () => {}, ...heard }, principalId);
  } finally {
    await ports.close();
    custodian.close();
  }
}

/** Those whose keys the custodian opens: the guardian's rest with people. */
export function principalRows(app: TestApp): Promise<(PrincipalKeys & { destroyedAt: Date | null })[]> {
  return app.database.ask(`select principal_id as "principalId", kind, version, public_key as "publicKey", vouch,
    wrapped_private_key as "wrappedPrivateKey", wrapped_list_key as "wrappedListKey", destroyed_at as "destroyedAt"
    from hien.principal_key where kind <> 'guardian' order by principal_id, version`);
}

export function grantRows(app: TestApp): Promise<GrantRow[]> {
  return app.database
    .ask(`select id, holder_kind as "holderKind", holder_id as "holderId", holder_key_version as "holderKeyVersion",
    subject_kind as "subjectKind", subject_id as "subjectId", case_id as "caseId", owner_agency_id as "ownerAgencyId",
    basis_kind as "basisKind", basis_id as "basisId", begins_at as "beginsAt", ends_at as "endsAt", latest_end as "latestEnd", bundle
    from hien.access_grant where holder_kind <> 'guardian'`);
}

/** Whether a grant opens with these keys, taken as if it had been sealed to their version. */
export async function opens(custodian: Custodian, keys: PrincipalKeys, grant: GrantRow): Promise<boolean> {
  return custodian.openBundle(keys, columnsOf({ ...grant, holderKeyVersion: keys.version }), grant.bundle).then(
    () => true,
    () => false,
  );
}
