-- The log: appended in the deed's own transaction, never changed. Event v1 is the canonical JSON in `event`;
-- the other columns are copies for look-up. Partitions by month; the sequencer orders by (epoch, xid, id).
set role hien_owner;

create table hien.audit_event (
  id uuid not null,
  recorded_at timestamptz not null,
  occurred_at timestamptz not null,
  epoch int not null,
  xid xid8 not null default pg_current_xact_id(),
  actor_id uuid,
  agency_id uuid,
  owner_agency_id uuid,
  action text not null,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  object_kind text,
  object_id uuid,
  event bytea not null,
  primary key (recorded_at, id)
) partition by range (recorded_at);
create index audit_event_actor on hien.audit_event (actor_id, recorded_at desc);
create index audit_event_object on hien.audit_event (object_id, recorded_at desc);
create index audit_event_xid on hien.audit_event (epoch, xid);

-- Which cases an event showed or touched: lists, searches and exports name each one.
create table hien.audit_event_case (
  case_id uuid not null,
  event_id uuid not null,
  recorded_at timestamptz not null,
  primary key (case_id, recorded_at, event_id)
) partition by range (recorded_at);

create table hien.audit_event_rest partition of hien.audit_event default;
create table hien.audit_event_case_rest partition of hien.audit_event_case default;

create function hien.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'HN002';
end $$;
-- Row triggers are cloned to partitions; the statement trigger against TRUNCATE is set on each.
create trigger audit_event_fixed before update or delete on hien.audit_event for each row execute function hien.refuse_change();
create trigger audit_event_case_fixed before update or delete on hien.audit_event_case for each row execute function hien.refuse_change();

-- Makes the partitions from this month on, `months` ahead; called by every migration run.
create function hien.make_audit_partitions(months int) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  first_day date := date_trunc('month', now())::date;
  month_start date;
  base text;
  part text;
begin
  foreach base in array array['audit_event', 'audit_event_case'] loop
    for i in 0..months loop
      month_start := (first_day + make_interval(months => i))::date;
      part := base || '_' || to_char(month_start, 'YYYY_MM');
      if to_regclass('hien.' || part) is null then
        execute format('create table hien.%I partition of hien.%I for values from (%L) to (%L)', part, base, month_start, (month_start + interval '1 month')::date);
      end if;
    end loop;
    for part in select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid where h.inhparent = ('hien.' || base)::regclass loop
      execute format('alter table hien.%I enable row level security', part);
      execute format('alter table hien.%I force row level security', part);
      if not exists (select 1 from pg_trigger t where t.tgrelid = ('hien.' || part)::regclass and t.tgname = 'no_truncate') then
        execute format('create trigger no_truncate before truncate on hien.%I for each statement execute function hien.refuse_change()', part);
      end if;
    end loop;
  end loop;
end $$;
create trigger no_truncate before truncate on hien.audit_event for each statement execute function hien.refuse_change();
create trigger no_truncate before truncate on hien.audit_event_case for each statement execute function hien.refuse_change();

grant insert on hien.audit_event, hien.audit_event_case to hien_app, hien_auditor;
grant select on hien.audit_event, hien.audit_event_case to hien_auditor;
grant select on hien.audit_event, hien.audit_event_case to hien_definer;
revoke all on function hien.make_audit_partitions(int) from public;
reset role;
