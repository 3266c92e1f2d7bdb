import { insertRows } from '../db/insert-rows.ts';
import type { Work } from '../db/work.ts';

/** What an earlier request with this key made; bodies are never kept. */
export async function replayOf(
  work: Work,
  key: string,
): Promise<{ requestMac: Buffer; resourceId: string } | undefined> {
  const text = 'select request_mac, resource_id from hien.idempotency where actor_id = $1 and key = $2';
  return (await work.run<{ requestMac: Buffer; resourceId: string }>(text, [work.staff.staffId, key])).rows[0];
}

/** Two racing requests with one key: the second fails on the primary key and is rolled back whole. */
export async function rememberReplay(
  work: Work,
  made: { key: string; mac: Buffer; status: number; resourceId: string | undefined },
): Promise<void> {
  if (made.resourceId === undefined) throw new Error('a replayable endpoint must name what it made');
  const row = {
    actorId: work.staff.staffId,
    key: made.key,
    requestMac: made.mac,
    status: made.status,
    resourceId: made.resourceId,
    createdAt: new Date(),
  };
  await insertRows(work, 'idempotency', [row]);
}
