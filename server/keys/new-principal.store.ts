import type { ClientBase } from 'pg';
import type { Custodian } from './custodian.ts';

/** Gives a new agency its first keys, over the owner's connection; their private halves are wrapped by the custodian. */
export async function insertPrincipal(client: ClientBase, custodian: Custodian, agencyId: string): Promise<void> {
  const keys = await custodian.createPrincipal({ principalId: agencyId, kind: 'agency', version: 1 });
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
