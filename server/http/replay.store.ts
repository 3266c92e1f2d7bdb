import { insertRows } from '../db/insert-rows.ts';
import type { Question, Work } from '../db/work.ts';

/** Asks what an earlier request of the bound person with this key made; bodies are never kept. */
export function questionOfReplay(key: string): Question {
  const text = `select request_mac as "requestMac", resource_id as "resourceId" from hien.idempotency
    where actor_id = (select hien.actor()) and key = $1`;
  return { name: 'replay', text, values: [key] };
}

export async function replayOf(
  work: Work,
  key: string,
): Promise<{ requestMac: Buffer; resourceId: string } | undefined> {
  const [made] = await work.ask<{ requestMac: Buffer; resourceId: string }>(questionOfReplay(key));
  return made;
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
