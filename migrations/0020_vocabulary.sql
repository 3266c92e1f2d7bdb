-- What the log must know to tell everything: whose session or account was tried, and which access rules were in force.
-- `noted_policies`: digests of the rules as the last start recorded them, sorted.
set role hien_owner;
alter table hien.installation add column noted_policies text[];
grant update (noted_policies) on hien.installation to hien_definer;
reset role;

set role hien_definer;

-- Whose session a bearer belongs to, locked or not; the log names the agency to its auditor.
create function hien.session_holder(token bytea) returns table (session_id uuid, staff_id uuid, agency_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.staff_id, p.agency_id from hien.session_token t join hien.staff_session s on s.id = t.session_id join hien.staff p on p.id = s.staff_id
   where t.token_hash = sha256(token) and s.ended_at is null and s.expires_at > clock_timestamp()
$$;

-- The digests of the rules in force (those of files as given, that of row-level security read from the catalogue), or
-- null where the last start recorded the same.
create function hien.changed_policies(files text[]) returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  in_force text[];
begin
  select array_agg(d order by d) into in_force from (
    select unnest(files) as d
    union all
    select 'rows_in_force:' || encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', p.tablename, p.policyname, p.permissive,
             p.roles::text, p.cmd, p.qual, p.with_check), chr(10) order by p.tablename, p.policyname), ''), 'UTF8')), 'hex')
      from pg_policies p where p.schemaname = 'hien'
  ) digests;
  return (select in_force from hien.installation i where i.noted_policies is distinct from in_force);
end $$;

create function hien.note_policies(digests text[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update hien.installation set noted_policies = digests
$$;

-- Whether the bound auditor's area holds every agency: deeds that belong to none (of the system, or of nobody known) are hers.
create function hien.audits_everywhere() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope constant uuid[] := hien.audit_scope();
begin
  return cardinality(scope) > 0 and not exists (select 1 from hien.agency a where a.id <> all (scope));
end $$;

revoke all on function hien.session_holder(bytea), hien.changed_policies(text[]), hien.note_policies(text[]), hien.audits_everywhere() from public;
grant execute on function hien.session_holder(bytea), hien.changed_policies(text[]), hien.note_policies(text[]) to hien_app;
grant execute on function hien.audits_everywhere() to hien_auditor;
reset role;

-- Months of the log that leave the database: an auditor asks, an operator confirms; leaves, tiles and checkpoints stay.
-- `audit_keep_months`: how long events stay here at least (10 years: not read in any source yet, so unverified).
set role hien_owner;
alter table hien.installation add column audit_keep_months int not null default 120 check (audit_keep_months between 12 and 1200);

create table hien.log_archive_request (
  month date primary key check (extract(day from month) = 1),
  asked_by uuid not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null
);
-- What remains here of an archived month: the certificate is canonical JSON of ids, counts, days and checksums.
create table hien.log_archive (
  month date primary key check (extract(day from month) = 1),
  archived_at timestamptz not null,
  certificate text not null
);
create trigger log_archive_fixed before update or delete on hien.log_archive for each row execute function hien.refuse_change();
create trigger no_truncate before truncate on hien.log_archive for each statement execute function hien.refuse_change();
grant select (month) on hien.log_archive to hien_auditor;

-- The partitions of one month, with their guards; nothing where they are there already.
create function hien.make_audit_month(month_start date) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  base text;
  part text;
begin
  foreach base in array array['audit_event', 'audit_event_case'] loop
    part := base || '_' || to_char(month_start, 'YYYY_MM');
    continue when to_regclass('hien.' || part) is not null;
    execute format('create table hien.%I partition of hien.%I for values from (%L) to (%L)', part, base, month_start, (month_start + interval '1 month')::date);
    execute format('alter table hien.%I enable row level security', part);
    execute format('alter table hien.%I force row level security', part);
    execute format('create trigger no_truncate before truncate on hien.%I for each statement execute function hien.refuse_change()', part);
  end loop;
end $$;

-- As before, but what stands is not touched: the log can be written while this runs.
create or replace function hien.make_audit_partitions(months int) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  part text;
begin
  for i in 0..months loop
    perform hien.make_audit_month((date_trunc('month', now()) + make_interval(months => i))::date);
  end loop;
  for part in select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid
    where h.inhparent in ('hien.audit_event'::regclass, 'hien.audit_event_case'::regclass) and not c.relforcerowsecurity loop
    execute format('alter table hien.%I enable row level security', part);
    execute format('alter table hien.%I force row level security', part);
  end loop;
  for part in select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid
    where h.inhparent in ('hien.audit_event'::regclass, 'hien.audit_event_case'::regclass)
      and not exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'no_truncate') loop
    execute format('create trigger no_truncate before truncate on hien.%I for each statement execute function hien.refuse_change()', part);
  end loop;
end $$;

-- The running server keeps a year and a half of partitions ahead. It has no right of its own to make a table: this makes
-- those of the months to come and no others, so it belongs to the owner.
create function hien.keep_audit_partitions() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '5s' as $$
begin
  perform hien.make_audit_partitions(18);
end $$;
revoke all on function hien.make_audit_month(date), hien.keep_audit_partitions() from public;
grant execute on function hien.keep_audit_partitions() to hien_app;
reset role;

-- Asked by whoever archives.
set role hien_definer;
grant execute on function hien.audits_everywhere() to hien_archivist;
reset role;
