-- Cases restricted to named persons: grants held by people instead of their agency, and walls that follow.
set role hien_owner;

alter table hien.case_file add column restricted_at timestamptz;
create index case_file_restricted on hien.case_file (owner_agency_id) where restricted_at is not null;

grant select (restricted_at), update (restricted_at, version, changed_at) on hien.case_file to hien_definer;
grant insert on hien.principal_key to hien_definer;
reset role;

set role hien_definer;

-- The restricted cases of the bound person's agency that are closed to her: those of whose team she is none. Few, and asked
-- once per statement.
create function hien.closed_cases() returns uuid[]
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
begin
  return array(select c.id from hien.case_file c where c.restricted_at is not null and c.owner_agency_id = home
    and not exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = c.id
          and (m.ends_at is null or m.ends_at > now())));
end $$;

-- What a decision needs to know besides: whether the case is restricted, and whether the bound person leads its team.
create function hien.restriction_for_decision(wanted uuid) returns table (is_restricted boolean, is_lead boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  who constant uuid := hien.actor();
begin
  is_restricted := who is not null and exists (select 1 from hien.case_file c where c.id = wanted and c.restricted_at is not null);
  is_lead := exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = wanted
    and m.member_role = 'lead' and (m.ends_at is null or m.ends_at > now()));
  return next;
end $$;

-- Whether the actor may put a person under the grant that this person holds herself: on a case of her own agency that
-- she keeps. Nobody else ever works under such a grant.
create function hien.may_name(granted uuid, person uuid, kind text, subject uuid, of_case uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  home constant uuid := hien.agency();
begin
  return kind = 'case' and subject = of_case and hien.keeps_case(of_case)
    and exists (select 1 from hien.access_grant g where g.id = granted and g.holder_kind = 'staff' and g.holder_id = person
      and g.subject_kind = kind and g.subject_id = subject and g.case_id = of_case and g.owner_agency_id = home)
    and exists (select 1 from hien.staff p where p.id = person and p.agency_id = home and p.is_active);
end $$;

-- Shuts or opens a case when its grants say so already: shut when only people of the agency hold it and somebody is on the team,
-- open when the agency holds it. False otherwise, and for whom the case is not to restrict (its lead, a supervisor).
create function hien.set_restriction(wanted uuid, closed boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
  is_held_by_agency constant boolean := exists (select 1 from hien.access_grant g
    where g.subject_kind = 'case' and g.subject_id = wanted and g.holder_kind = 'agency' and g.holder_id = home);
begin
  if context is null or wanted = any (hien.closed_cases()) then return false; end if;
  if not 'supervisor' = any (string_to_array(context[3], ',')) and not exists (select 1 from hien.case_member m
       where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = wanted and m.member_role = 'lead'
         and (m.ends_at is null or m.ends_at > now()))
  then return false; end if;
  if closed and (is_held_by_agency or not exists (select 1 from hien.case_member m join hien.access_grant g on g.id = m.grant_id
       where g.holder_kind = 'staff' and m.subject_kind = 'case' and m.subject_id = wanted))
  then return false; end if;
  if not closed and not is_held_by_agency then return false; end if;
  update hien.case_file c set restricted_at = case when closed then coalesce(c.restricted_at, now()) end, version = c.version + 1, changed_at = now()
   where c.id = wanted and c.owner_agency_id = home;
  return found;
end $$;

-- The first keys of a colleague as a holder of her own, made by the custodian; if she has some, these stay. A public key that
-- the custodian does not vouch for is refused wherever it is read, so whatever is put here opens nothing.
create function hien.add_staff_principal(person uuid, new_public_key bytea, new_vouch bytea, new_private bytea, new_list bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from hien.staff p where p.id = person and p.agency_id = hien.agency() and p.is_active) then return; end if;
  insert into hien.principal_key (principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key)
  values (person, 'staff', 1, new_public_key, new_vouch, new_private, new_list) on conflict do nothing;
end $$;

-- The team of a restricted case is nobody else's to know: the question as it was, asked only where the case is not closed.
alter function hien.team_of(uuid) rename to team_of_open;
revoke all on function hien.team_of_open(uuid) from hien_app;
create function hien.team_of(wanted uuid)
returns table (staff_id uuid, display_name text, member_role text, begins_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query select t.staff_id, t.display_name, t.member_role, t.begins_at from hien.team_of_open(wanted) t
    where not exists (select 1 from hien.case_member m where m.subject_id = wanted and m.case_id = any (hien.closed_cases()));
end $$;

do $$
declare
  signature text;
begin
  foreach signature in array array['closed_cases()', 'restriction_for_decision(uuid)', 'may_name(uuid, uuid, text, uuid, uuid)',
    'set_restriction(uuid, boolean)', 'add_staff_principal(uuid, bytea, bytea, bytea, bytea)', 'team_of(uuid)'] loop
    execute format('revoke all on function hien.%s from public', signature);
    execute format('grant execute on function hien.%s to hien_app', signature);
  end loop;
end $$;
reset role;
