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
