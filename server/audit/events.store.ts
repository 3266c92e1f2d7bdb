import { sql } from 'kysely';
import type { Work } from '../db/work.ts';

export type EventFilter = {
  actor: string | null;
  caseId: string | null;
  action: string | null;
  agency: string | null;
  outcome: string | null;
  from: Date | null;
  to: Date | null;
  before: { recordedAt: Date; id: string } | null;
  limit: number;
};

export type EventRow = {
  id: string;
  recordedAt: Date;
  occurredAt: Date;
  actorId: string | null;
  displayName: string | null;
  agencyId: string | null;
  ownerAgencyId: string | null;
  action: string;
  outcome: 'done' | 'refused' | 'failed';
  objectKind: string | null;
  objectId: string | null;
  caseCode: string | null;
  event: Buffer;
};

/** Events within the bound auditor's area, newest first. With a case, the look-up is driven from the list of cases. */
export async function findEvents(work: Work, filter: EventFilter): Promise<EventRow[]> {
  const { before } = filter;
  const source =
    filter.caseId === null
      ? sql`hien.audit_event e`
      : sql`hien.audit_event_case k join hien.audit_event e on e.recorded_at = k.recorded_at and e.id = k.event_id and k.case_id = ${filter.caseId}::uuid`;
  const { rows } =
    await sql<EventRow>`select e.id, e.recorded_at, e.occurred_at, e.actor_id, p.display_name, e.agency_id, e.owner_agency_id, e.action, e.outcome,
      e.object_kind, e.object_id, e.event,
      (select c.code from hien.case_file c where c.id = coalesce(${filter.caseId}::uuid, case when e.object_kind = 'case' then e.object_id end)) as case_code
    from ${source} left join hien.staff p on p.id = e.actor_id
    where (${filter.actor}::uuid is null or e.actor_id = ${filter.actor}::uuid)
      and (${filter.action}::text is null or e.action = ${filter.action})
      and (${filter.outcome}::text is null or e.outcome = ${filter.outcome})
      and (${filter.agency}::uuid is null or e.agency_id = ${filter.agency}::uuid)
      and (${filter.from}::timestamptz is null or e.occurred_at >= ${filter.from}::timestamptz)
      and (${filter.to}::timestamptz is null or e.occurred_at < ${filter.to}::timestamptz)
      and (${before?.recordedAt ?? null}::timestamptz is null or (e.recorded_at, e.id) < (${before?.recordedAt ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by e.recorded_at desc, e.id desc limit ${filter.limit}`.execute(work.db);
  return rows;
}

export async function caseIdByCode(work: Work, code: string): Promise<string | null> {
  const row = await work.db.selectFrom('caseFile').select('id').where('code', '=', code).executeTakeFirst();
  return row?.id ?? null;
}

/** Staff of the agencies inside the bound auditor's area. */
export async function staffInScope(work: Work): Promise<{ id: string; displayName: string; agencyId: string }[]> {
  const { rows } = await sql<{
    id: string;
    displayName: string;
    agencyId: string;
  }>`select id, display_name, agency_id from hien.staff
    where agency_id = any ((select hien.audit_scope())::uuid[]) order by display_name limit 2000`.execute(work.db);
  return rows;
}
