import { sql, type RawBuilder } from 'kysely';
import type { Work } from '../db/work.ts';
import type { OutlierRule } from '../directory/audit-rules.ts';
import type { DutyHours } from './outliers.rules.ts';
import type { Stretch } from './stretch.rules.ts';

export type OutlierRow = {
  actorId: string;
  displayName: string;
  agencyId: string;
  count: number;
  binStart: Date;
  eventIds: string[];
  /** The one case that it is about, where that is its point and the auditor may know it. */
  caseCode: string | null;
};

export type Looking = {
  rule: OutlierRule;
  stretch: Stretch;
  hours: ReadonlyMap<string, DutyHours>;
  usualHours: DutyHours;
};

/** Another server's clock may run ahead, and a demonstration is recorded after it occurred; earlier months need no look. */
const SLACK = sql`interval '1 day'`;
const MOST = 50;

/** Where events fall in a stretch, for the look at a whole month as well as for the partitions that need no look. */
export function during({ from, to }: Stretch): RawBuilder<unknown> {
  return sql`e.recorded_at >= ${from}::timestamptz - ${SLACK} and e.occurred_at >= ${from}::timestamptz and e.occurred_at < ${to}::timestamptz`;
}

/**
 * The people whose deeds reach the rule's limit within one of its windows, each with the window that holds most. Windows
 * overlap by half, so that a burst across their border is not cut in two.
 */
export async function outlierRows(work: Work, looking: Looking): Promise<OutlierRow[]> {
  const { rule, stretch } = looking;
  const seconds = rule.window / 1000;
  const cases =
    rule.measure === 'distinct_cases'
      ? sql`join hien.audit_event_case k on k.recorded_at = e.recorded_at and k.event_id = e.id`
      : sql``;
  const { rows } = await sql<OutlierRow>`with found as materialized (
      select e.id, e.actor_id, e.agency_id, e.occurred_at, ${weightOf(rule)} as weight
        from hien.audit_event e ${cases} left join hien.agency o on o.id = e.agency_id
       where ${sql.join([during(stretch), ...conditionsOf(looking)], sql` and `)}),
    binned as (
      select f.*, date_bin(make_interval(secs => ${seconds}), f.occurred_at, ${stretch.from}::timestamptz - shift) as bin_start
        from found f, unnest(array[interval '0', make_interval(secs => ${seconds / 2})]) as shift),
    counted as (
      select actor_id, agency_id, bin_start, ${countOf(rule)}::int as count,
             (array_agg(distinct id order by id desc))[1:20] as event_ids, ${onlyCaseOf(rule)} as only_case
        from binned group by actor_id, agency_id, bin_start)
    select * from (
      select distinct on (c.actor_id) c.actor_id, p.display_name, c.agency_id, c.count, c.bin_start, c.event_ids,
             (select k.code from hien.case_file k where k.id = c.only_case) as case_code
        from counted c join hien.staff p on p.id = c.actor_id
       where c.count >= ${rule.limit} order by c.actor_id, c.count desc, c.bin_start) worst
     order by count desc, actor_id limit ${MOST}`.execute(work.db);
  return rows;
}

function weightOf({ measure }: OutlierRule): RawBuilder<unknown> {
  if (measure === 'distinct_cases') return sql`k.case_id`;
  if (measure === 'events') return sql`e.id`;
  return sql`coalesce((convert_from(e.event, 'UTF8')::jsonb ->> 'count')::int, 0)`;
}

function countOf({ measure }: OutlierRule): RawBuilder<unknown> {
  return measure === 'lines' ? sql`sum(weight)` : sql`count(distinct weight)`;
}

function onlyCaseOf({ condition }: OutlierRule): RawBuilder<unknown> {
  return condition === 'same_surname'
    ? sql`case when count(distinct weight) = 1 then (array_agg(weight))[1] end`
    : sql`null::uuid`;
}

function conditionsOf({ rule, hours, usualHours }: Looking): RawBuilder<unknown>[] {
  return [
    sql`e.actor_id is not null`,
    ...(rule.actions.length === 0 ? [] : [sql`e.action = any (${rule.actions}::text[])`]),
    ...(rule.outcome === null ? [] : [sql`e.outcome = ${rule.outcome}`]),
    ...(rule.condition === 'outside_area' ? [OUTSIDE_AREA] : []),
    ...(rule.condition === 'same_surname' ? [SAME_SURNAME] : []),
    ...(rule.condition === 'outside_hours' ? [outsideHours(hours, usualHours)] : []),
  ];
}

/**
 * Somebody else's case, of an agency with which the own one shares no area. A referral that was sent there is no reaching
 * out: its deeds count only where they were refused.
 */
const OUTSIDE_AREA = sql`e.owner_agency_id <> e.agency_id and not (e.outcome = 'done' and e.action like 'referral.%')
  and not exists (select 1 from hien.agency_area a join hien.agency_area b on b.area_code = a.area_code
    where a.agency_id = e.agency_id and b.agency_id = e.owner_agency_id)`;

/** A case in which somebody bears the actor's own family name, from the deed on in which that was noted. */
const SAME_SURNAME = sql`exists (select 1 from hien.surname_match m
  where m.staff_id = e.actor_id and m.case_id = k.case_id and m.noted_at <= e.occurred_at)`;

function outsideHours(hours: ReadonlyMap<string, DutyHours>, usual: DutyHours): RawBuilder<unknown> {
  const local = sql`(e.occurred_at at time zone 'Asia/Ho_Chi_Minh')`;
  const minute = sql`(extract(hour from ${local}) * 60 + extract(minute from ${local}))`;
  const within = ({ opens, closes, days }: DutyHours): RawBuilder<unknown> =>
    sql`(${minute} >= ${opens} and ${minute} < ${closes} and extract(isodow from ${local}) = any (${days}::int[]))`;
  const own = [...hours].map(([agencyId, each]) => sql`when ${agencyId}::uuid then ${within(each)}`);
  return own.length === 0
    ? sql`not ${within(usual)}`
    : sql`not case e.agency_id ${sql.join(own, sql` `)} else ${within(usual)} end`;
}
