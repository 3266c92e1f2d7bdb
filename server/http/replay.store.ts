import type { Work } from '../db/work.ts';

/** What an earlier request with this key made; bodies are never kept. */
export async function replayOf(
  work: Work,
  key: string,
): Promise<{ requestMac: Buffer; resourceId: string } | undefined> {
  return work.db
    .selectFrom('idempotency')
    .select(['requestMac', 'resourceId'])
    .where('actorId', '=', work.staff.staffId)
    .where('key', '=', key)
    .executeTakeFirst();
}

/** Two racing requests with one key: the second fails on the primary key and is rolled back whole. */
export async function rememberReplay(
  work: Work,
  made: { key: string; mac: Buffer; status: number; resourceId: string | undefined },
): Promise<void> {
  if (made.resourceId === undefined) throw new Error('a replayable endpoint must name what it made');
  await work.db
    .insertInto('idempotency')
    .values({
      actorId: work.staff.staffId,
      key: made.key,
      requestMac: made.mac,
      status: made.status,
      resourceId: made.resourceId,
      createdAt: new Date(),
    })
    .execute();
}
