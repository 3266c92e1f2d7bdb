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

-- A case that is opened shows what was done for it, not who looked. Looks are many (each list names each case on it), deeds few:
-- finding these among those would make a case slower to open with every look at it. Which actions are looks is the vocabulary's to say
-- (classes read, list, search and audit), so whoever writes a row says it; for the rows of earlier releases it is said here once.
set role hien_definer;
create function hien.was_deed(moment timestamptz, of_event uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select e.outcome = 'done' and e.action not in ('case.open', 'case.list', 'case.search', 'case.view_accesses', 'consent.list',
      'referral.open', 'referral.list', 'referral.options', 'conflict.list', 'break_glass.list') and e.action !~ '^(audit|finding|explanation)\.'
    from hien.audit_event e where e.recorded_at = moment and e.id = of_event), false)
$$;
revoke all on function hien.was_deed(timestamptz, uuid) from public;
grant execute on function hien.was_deed(timestamptz, uuid) to hien_owner;
reset role;

set role hien_owner;
alter table hien.audit_event_case add column is_deed boolean not null default false;
-- Written anew this way and not by an update, which the table refuses.
alter table hien.audit_event_case alter column is_deed drop default, alter column is_deed type boolean using hien.was_deed(recorded_at, event_id);
create index audit_event_case_deed on hien.audit_event_case (case_id, recorded_at desc) where is_deed;
reset role;
set role hien_definer;
drop function hien.was_deed(timestamptz, uuid);
reset role;

set role hien_definer;
-- The first day (UTC) on which the log shows a case; null where it shows none. A search by a case need not go further back.
create function hien.audit_case_days_begin() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(k.recorded_on) from hien.audit_event_case k
$$;
revoke all on function hien.audit_case_days_begin() from public;
grant execute on function hien.audit_case_days_begin() to hien_auditor;

-- As before, but deeds by their own index, and everything day by day backwards, until there are enough. The log's first day is the
-- end, and no row of the case itself: whoever wrote a later one there would hide who looked.
create or replace function hien.accesses_of_case(wanted uuid, before_at timestamptz, most int, only_deeds boolean)
returns table (id uuid, recorded_at timestamptz, occurred_at timestamptz, action text, outcome text, agency_id uuid, display_name text, event bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  last_day constant date := (least(before_at, now() + interval '1 day') at time zone 'UTC')::date;
  first_day constant date := hien.audit_case_days_begin();
begin
  if not hien.sees_case(wanted) then return; end if;
  if only_deeds then
    return query select e.id, e.recorded_at, e.occurred_at, e.action, e.outcome, e.agency_id, p.display_name, e.event
      from (select k.recorded_at, k.event_id from hien.audit_event_case k
        where k.is_deed and k.case_id = wanted and k.recorded_at < before_at order by k.recorded_at desc limit least(most, 200)) k
      cross join lateral (select * from hien.audit_event a where a.recorded_at = k.recorded_at and a.id = k.event_id offset 0) e
      left join hien.staff p on p.id = e.actor_id
      order by k.recorded_at desc;
    return;
  end if;
  return query select e.id, e.recorded_at, e.occurred_at, e.action, e.outcome, e.agency_id, p.display_name, e.event
    from (select last_day - n as day from generate_series(0, last_day - first_day) n) d
    cross join lateral (select k.recorded_at, k.event_id from hien.audit_event_case k
      where k.recorded_on = d.day and k.case_id = wanted and k.recorded_at < before_at
        and k.recorded_at >= d.day::timestamp at time zone 'UTC' and k.recorded_at < (d.day + 1)::timestamp at time zone 'UTC') k
    join hien.audit_event e on e.recorded_at = k.recorded_at and e.id = k.event_id and e.recorded_at < before_at
    left join hien.staff p on p.id = e.actor_id
   order by d.day desc, k.recorded_at desc limit least(most, 200);
end $$;
reset role;

-- What the check of a closed day found, so that an overview need not hash a month of events at each look. Only the function below
-- writes here, as a role that nobody signs in as, and only what it has just computed; whoever serves the application may not even
-- read it. Nothing but a whole day is kept: one with a doubt is looked at anew each time.
set role hien_owner;
create table hien.audit_day_check (
  day date primary key,
  events bigint not null check (events > 0),
  checked_at timestamptz not null
);
grant select, insert, update, delete on hien.audit_day_check to hien_definer;
reset role;

set role hien_definer;
drop function hien.audit_days(date, int, text);
-- How the days of the log (of Viet Nam) stand, for auditors: events, those in the tree, and those that are broken: the stored bytes do
-- not hash to the leaf, the leaf is not the one in the tile, or the event is gone. Counts only, of the whole log. `checked_at`: when
-- this was computed; now, unless the day is over, was whole, and was checked less than a day ago. `anew` checks all of them now.
create function hien.audit_days(from_day date, days int, anew boolean)
returns table (day date, events bigint, sealed bigint, broken bigint, checked_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  zone constant text := 'Asia/Ho_Chi_Minh';
  begins timestamptz;
  ends timestamptz;
begin
  if not hien.has_role('auditor') then return; end if;
  for day in select from_day + n from generate_series(0, least(days, 366) - 1) n loop
    begins := day::timestamp at time zone zone;
    ends := (day + 1)::timestamp at time zone zone;
    select c.events, c.events, 0, c.checked_at into events, sealed, broken, checked_at
      from hien.audit_day_check c where c.day = audit_days.day and not anew and c.checked_at > now() - interval '1 day';
    if not found then
      checked_at := clock_timestamp();
      with e as (select a.id, sha256('\x00'::bytea || a.event) as hash from hien.audit_event a where a.recorded_at >= begins and a.recorded_at < ends),
        l as (select f.event_id, f.leaf_hash,
                f.leaf_hash is distinct from substr(t.hashes, (f.leaf_index % 256)::int * 32 + 1, 32) as is_off
                from hien.audit_leaf f left join hien.audit_tile t on t.level = 0 and t.tile_index = f.leaf_index / 256
               where f.recorded_at >= begins and f.recorded_at < ends)
      select count(e.id), count(l.event_id), count(*) filter (where l.event_id is not null and (l.is_off or l.leaf_hash is distinct from e.hash))
        into events, sealed, broken from e full join l on l.event_id = e.id;
      delete from hien.audit_day_check c where c.day = audit_days.day;
      -- What began to be written before midnight may still come in for a while.
      if events > 0 and sealed = events and broken = 0 and ends < now() - interval '1 hour' then
        insert into hien.audit_day_check (day, events, checked_at) values (audit_days.day, audit_days.events, audit_days.checked_at)
          on conflict (day) do update set events = excluded.events, checked_at = excluded.checked_at;
      end if;
    end if;
    if events > 0 or sealed > 0 then return next; end if;
  end loop;
end $$;
revoke all on function hien.audit_days(date, int, boolean) from public;
grant execute on function hien.audit_days(date, int, boolean) to hien_auditor;
reset role;
