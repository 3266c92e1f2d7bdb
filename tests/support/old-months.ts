import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import { isDeed } from '../../server/audit/vocabulary.ts';
import { newId } from '../../server/kernel/ids.ts';
import { rootFromTiles, type Tile } from '../../server/audit/tlog/tiles.ts';
import type { TestApp } from './app.ts';

type Office = { staffId: string; agencyId: string };

/** Puts events of a month long gone into the log, in bytes like those of today. */
export async function eventsOfMonth(app: TestApp, month: string, { count, by }: { count: number; by: Office }) {
  await app.database.ask('select hien.make_audit_month($1::date)', [`${month}-01`]);
  for (let n = 0; n < count; n += 1) {
    const time = new Date(Date.parse(`${month}-05T01:00:00Z`) + n * 60_000).toISOString();
    await eventAt(app, { time, caseId: randomUUID(), by });
  }
}

/** `isOlder`: in a database of a release that did not yet tell deeds from looks. */
type OldEvent = { time: string; caseId: string; by: Office; action?: string; isOlder?: boolean };

/** Puts a deed on a case, its opening unless told, at some time into the log, which has that month; answers with the event's id. */
export async function eventAt(
  app: Pick<TestApp, 'database'>,
  { time, caseId, by, action = 'case.open', isOlder = false }: OldEvent,
): Promise<string> {
  const event = {
    ...{ v: 1, id: newId(), time, recorded: time, actor: by.staffId, agency: by.agencyId, owner: by.agencyId },
    ...{ roles: ['case_worker'], session: null, seq: null, action, objectKind: 'case', objectId: caseId },
    ...{ cases: [caseId], compartments: ['facts'], fields: [], purpose: 'case_work', reason: null, outcome: 'done' },
    ...{ policies: ['case.team_opens'], request: randomUUID(), count: null },
  };
  await app.database.ask(
    `insert into hien.audit_event (id, recorded_at, occurred_at, epoch, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id, event)
       values ($1, $2, $2, 1, $3, $4, $4, $5, 'done', 'case', $6, convert_to($7, 'UTF8'))`,
    [event.id, time, by.staffId, by.agencyId, action, caseId, canonicalJson(event)],
  );
  const [column, place, told] = isOlder ? ['', '', []] : [', is_deed', ', $4', [isDeed(event)]];
  await app.database.ask(
    `insert into hien.audit_event_case (case_id, event_id, recorded_at${column}) values ($1, $2, $3${place})`,
    [caseId, event.id, time, ...told],
  );
  return event.id;
}

/** Whether every event of today is in the tree. */
export async function isAllSealed(app: TestApp): Promise<boolean> {
  const [row] = await app.database.ask<{ left: number }>(
    `select count(*)::int as left from hien.audit_event e where not exists (select 1 from hien.audit_leaf l where l.event_id = e.id)`,
  );
  return row?.left === 0;
}

/** The newest checkpoint beside the root that the stored tiles give for its size. */
export async function rootsOf(app: TestApp): Promise<{ size: number; signed: string; ofTiles: string }> {
  const [head] = await app.database.ask<{ size: number; root: Buffer }>(
    'select size::int, root from hien.audit_checkpoint order by size desc limit 1',
  );
  const readTile = async ({ level, index, width }: Tile): Promise<Buffer> => {
    const [tile] = await app.database.ask<{ hashes: Buffer }>(
      'select hashes from hien.audit_tile where level = $1 and tile_index = $2',
      [level, index],
    );
    return (tile?.hashes ?? Buffer.alloc(0)).subarray(0, width * 32);
  };
  const size = head?.size ?? 0;
  return {
    size,
    signed: head?.root.toString('hex') ?? '',
    ofTiles: (await rootFromTiles(size, readTile)).toString('hex'),
  };
}
