import type { ClientBase } from 'pg';
import type { Custodian, PrincipalKeys } from './custodian.ts';
import { GUARDIAN_ID } from './named-principals.ts';
import { sharesOfSecret } from './secret-shares.ts';
import type { ShareFile } from './share-file.ts';

/** Gives a new agency its first keys, over the owner's connection; their private halves are wrapped by the custodian. */
export async function insertPrincipal(client: ClientBase, custodian: Custodian, agencyId: string): Promise<void> {
  await insertKeys(client, await custodian.createPrincipal({ principalId: agencyId, kind: 'agency', version: 1 }));
}

/** Makes the installation's guardian; answers with the three shares of its unlock, which is nowhere else. `made` is a day. */
export async function insertGuardian(client: ClientBase, custodian: Custodian, made: string): Promise<ShareFile[]> {
  const { keys, unlock } = await custodian.createGuardian({ principalId: GUARDIAN_ID, version: 1 });
  try {
    await insertKeys(client, keys);
    return sharesOfSecret(unlock, { of: 'guardian', made });
  } finally {
    unlock.fill(0);
  }
}

async function insertKeys(client: ClientBase, keys: PrincipalKeys): Promise<void> {
  await client.query(
    'insert into hien.principal_key (principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      keys.principalId,
      keys.kind,
      keys.version,
      keys.publicKey,
      keys.vouch,
      keys.wrappedPrivateKey,
      keys.wrappedListKey,
    ],
  );
}
