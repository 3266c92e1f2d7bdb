-- What an event costs must not grow with the log. The look-up of cases had its rows by the case first, so each event wrote into a
-- place of its own among all of the month's, and after every checkpoint PostgreSQL logs a whole page for each place written: with
-- 80,000 events in the month an event left 2.3 times as much write-ahead log as with 10,000. Rows of one day now lie together, and
-- whoever looks for a case goes through the days (one probe each). The day is that of UTC, as the partitions' months are.
set role hien_owner;

alter table hien.audit_event_case add column recorded_on date not null generated always as ((recorded_at at time zone 'UTC')::date) stored;
alter table hien.audit_event_case drop constraint audit_event_case_pkey;
alter table hien.audit_event_case add primary key (recorded_on, case_id, recorded_at, event_id);

-- Nobody looks for events by their object; cases are found by the look-up above.
drop index hien.audit_event_object;
reset role;

set role hien_definer;
-- The first day (UTC) on which the log shows a case; null where it shows none. A search by a case need not go further back.
create function hien.audit_case_days_begin() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(k.recorded_on) from hien.audit_event_case k
$$;
revoke all on function hien.audit_case_days_begin() from public;
grant execute on function hien.audit_case_days_begin() to hien_auditor;

-- As before, but day by day backwards, until there are enough. The log's first day is the end, and no row of the case itself:
-- whoever wrote a later one there would hide who looked.
create or replace function hien.accesses_of_case(wanted uuid, before_at timestamptz, most int, only_deeds boolean)
returns table (id uuid, recorded_at timestamptz, occurred_at timestamptz, action text, outcome text, agency_id uuid, display_name text, event bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  last_day constant date := (least(before_at, now() + interval '1 day') at time zone 'UTC')::date;
  first_day constant date := hien.audit_case_days_begin();
begin
  if not hien.sees_case(wanted) then return; end if;
  return query select e.id, e.recorded_at, e.occurred_at, e.action, e.outcome, e.agency_id, p.display_name, e.event
    from (select last_day - n as day from generate_series(0, last_day - first_day) n) d
    cross join lateral (select k.recorded_at, k.event_id from hien.audit_event_case k
      where k.recorded_on = d.day and k.case_id = wanted and k.recorded_at < before_at
        and k.recorded_at >= d.day::timestamp at time zone 'UTC' and k.recorded_at < (d.day + 1)::timestamp at time zone 'UTC') k
    join hien.audit_event e on e.recorded_at = k.recorded_at and e.id = k.event_id and e.recorded_at < before_at
    left join hien.staff p on p.id = e.actor_id
   where not only_deeds or (e.outcome = 'done' and e.action not in ('case.open', 'case.list', 'case.search', 'case.view_accesses', 'consent.list',
       'referral.open', 'referral.list', 'referral.options', 'conflict.list', 'break_glass.list'))
   order by d.day desc, k.recorded_at desc limit least(most, 200);
end $$;
reset role;
