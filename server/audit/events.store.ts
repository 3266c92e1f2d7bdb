import { sql, type RawBuilder } from 'kysely';
import type { Work } from '../db/work.ts';
import { DAY_MS } from '../kernel/clock.ts';

export type EventFilter = {
  actor: string | null;
  caseId: string | null;
  /** Only these, or all but those. */
  actions: { only: readonly string[] } | { without: readonly string[] };
  agency: string | null;
  outcome: string | null;
  from: Date | null;
  to: Date | null;
  weekday: number | null;
  hour: number | null;
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

/** Events may bear the clock of another server that runs a little ahead; partitions of later months need no look. */
const AHEAD_MS = 60_000;

/**
 * Events within the bound auditor's area, newest first. With a case, the look-up is driven from the list of cases.
 * Only what is asked for stands in the statement, so that each kind of search has a plan of its own.
 */
export async function findEvents(work: Work, filter: EventFilter): Promise<EventRow[]> {
  const { caseId } = filter;
  const source = caseId === null ? sql`hien.audit_event e` : showing(caseId, filter);
  const place = caseId === null ? sql`(e.recorded_at, e.id)` : sql`(k.recorded_at, k.event_id)`;
  const order =
    caseId === null ? sql`e.recorded_at desc, e.id desc` : sql`d.day desc, k.recorded_at desc, k.event_id desc`;
  const object = caseId === null ? OBJECT : sql`${caseId}::uuid`;
  const { rows } =
    await sql<EventRow>`select ${columnsWith(object)} from ${source} left join hien.staff p on p.id = e.actor_id
    where ${sql.join(conditionsOf(filter, place), sql` and `)} order by ${order} limit ${filter.limit}`.execute(
      work.db,
    );
  return rows;
}

/** Nothing is recorded before it occurs, but another server's clock may be a little behind. */
const BEHIND_MS = DAY_MS;

/** Events that show a case, `d.day` being their day (UTC), newest first: the look-up lies day by day, and each is one probe. */
function showing(caseId: string, { from, before }: EventFilter): Condition {
  const latest = before?.recordedAt ?? new Date(Date.now() + AHEAD_MS);
  const earliest = from === null ? null : new Date(from.getTime() - BEHIND_MS);
  const [last, first] = [latest, earliest].map((at) => sql`(${at}::timestamptz at time zone 'UTC')::date`);
  return sql`(select ${last} - n as day
      from generate_series(0, ${last} - greatest(${first}, (select hien.audit_case_days_begin()))) n) d
    cross join lateral (select s.recorded_at, s.event_id from hien.audit_event_case s
      where s.recorded_on = d.day and s.case_id = ${caseId}::uuid and s.recorded_at >= d.day::timestamp at time zone 'UTC'
        and s.recorded_at < (d.day + 1)::timestamp at time zone 'UTC') k
    join hien.audit_event e on e.recorded_at = k.recorded_at and e.id = k.event_id`;
}

/** The events that a finding rests on, oldest first. */
export async function eventsOfFinding(work: Work, findingId: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`select ${columnsWith(OBJECT)}
    from hien.finding_event f join hien.audit_event e on e.recorded_at = f.recorded_at and e.id = f.event_id
    left join hien.staff p on p.id = e.actor_id where f.finding_id = ${findingId}::uuid order by e.recorded_at, e.id`.execute(
    work.db,
  );
  return rows;
}

/** The case that an event is about, as far as it is about one. */
const OBJECT = sql`case when e.object_kind = 'case' then e.object_id
  when e.object_kind in ('referral', 'consent') then (convert_from(e.event, 'UTF8')::jsonb -> 'cases' ->> 0)::uuid end`;

function columnsWith(object: Condition): Condition {
  return sql`e.id, e.recorded_at, e.occurred_at, e.actor_id, p.display_name, e.agency_id, e.owner_agency_id, e.action, e.outcome,
    e.object_kind, e.object_id, e.event, (select c.code from hien.case_file c where c.id = ${object}) as case_code`;
}

type Condition = RawBuilder<unknown>;

function conditionsOf(filter: EventFilter, place: Condition): Condition[] {
  const { actor, caseId, actions, agency, outcome, from, to, before } = filter;
  const local = sql`e.occurred_at at time zone 'Asia/Ho_Chi_Minh'`;
  const latest = new Date(Date.now() + AHEAD_MS);
  return [
    sql`e.recorded_at < ${latest}::timestamptz`,
    ...given(caseId, () => sql`k.recorded_at < ${latest}::timestamptz`),
    ...given(actor, (id) => sql`e.actor_id = ${id}::uuid`),
    'only' in actions
      ? sql`e.action = any (${actions.only}::text[])`
      : sql`e.action <> all (${actions.without}::text[])`,
    ...given(outcome, (name) => sql`e.outcome = ${name}`),
    ...given(agency, (id) => sql`e.agency_id = ${id}::uuid`),
    ...given(from, (at) => sql`e.occurred_at >= ${at}::timestamptz`),
    ...given(to, (at) => sql`e.occurred_at < ${at}::timestamptz`),
    ...given(filter.weekday, (day) => sql`extract(isodow from ${local}) = ${day}`),
    ...given(filter.hour, (hour) => sql`extract(hour from ${local}) = ${hour}`),
    ...given(before, (last) => sql`${place} < (${last.recordedAt}::timestamptz, ${last.id}::uuid)`),
  ];
}

function given<T>(value: T | null, condition: (value: T) => Condition): Condition[] {
  return value === null ? [] : [condition(value)];
}

/** Months (`YYYY-MM`) of a period whose events have left the database, oldest first. */
export async function archivedMonths(work: Work, { from, to }: Pick<EventFilter, 'from' | 'to'>): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`select to_char(month, 'YYYY-MM') as month from hien.log_archive
    where (${from}::timestamptz is null or month + interval '1 month' > ${from}::timestamptz)
      and (${to}::timestamptz is null or month < ${to}::timestamptz) order by 1`.execute(work.db);
  return rows.map(({ month }) => month);
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
