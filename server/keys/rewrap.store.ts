import type { Run } from '../db/bound-kysely.ts';
import type { PrincipalKeys } from './custodian.ts';

export type WrappedRow = PrincipalKeys;

/** Versions of principals' keys, destroyed ones too, that an older secret wrapped or vouched for. */
export async function wrappedByOlder(run: Run, newest: { wrap: number; vouch: number }): Promise<WrappedRow[]> {
  const { rows } = await run<WrappedRow>(
    `select principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key from hien.principal_key
      where substring(vouch from 1 for 2) <> $1
         or (octet_length(wrapped_private_key) > 0 and substring(wrapped_private_key from 2 for 2) <> $2)
         or (octet_length(wrapped_list_key) > 0 and substring(wrapped_list_key from 2 for 2) <> $2)
      order by principal_id, version`,
    [u16(newest.vouch), u16(newest.wrap)],
  );
  return rows;
}

/** Left alone where somebody else changed the row meanwhile, such as by destroying its private parts. */
export async function replaceWrapped(run: Run, was: WrappedRow, now: WrappedRow): Promise<number> {
  const { count } = await run(
    `update hien.principal_key set vouch = $3, wrapped_private_key = $4, wrapped_list_key = $5
      where principal_id = $1 and version = $2 and vouch = $6 and wrapped_private_key = $7 and wrapped_list_key = $8`,
    [
      was.principalId,
      was.version,
      now.vouch,
      now.wrappedPrivateKey,
      now.wrappedListKey,
      was.vouch,
      was.wrappedPrivateKey,
      was.wrappedListKey,
    ],
  );
  return count;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
