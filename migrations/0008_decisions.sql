-- What Cedar needs to know before any row is shown: relations, no content. An unknown id yields the
-- same shape with nothing in it, so that outside both look and cost the same.
set role hien_definer;

create function hien.case_for_decision(wanted uuid)
returns table (is_found boolean, owner_agency_id uuid, stage text, is_member boolean, is_own_agency boolean, is_barred boolean, version int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
begin
  select c.id is not null, c.owner_agency_id, c.stage, c.version,
         exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = wanted
                   and (m.ends_at is null or m.ends_at > now()))
    into is_found, owner_agency_id, stage, version, is_member
    from (select 1) one left join hien.case_file c on c.id = wanted and context is not null;
  is_own_agency := coalesce(owner_agency_id = context[2]::uuid, false);
  is_barred := false;
  return next;
end $$;

create function hien.referral_for_decision(wanted uuid)
returns table (is_found boolean, case_id uuid, sender_agency_id uuid, recipient_agency_id uuid, state text,
  is_case_member boolean, is_assigned boolean, is_sender boolean, is_recipient boolean, is_barred boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
begin
  select r.id is not null, r.case_id, r.sender_agency_id, r.recipient_agency_id, r.state,
         exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = r.case_id
                   and (m.ends_at is null or m.ends_at > now())),
         exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'referral' and m.subject_id = wanted
                   and (m.ends_at is null or m.ends_at > now()))
    into is_found, case_id, sender_agency_id, recipient_agency_id, state, is_case_member, is_assigned
    from (select 1) one left join hien.referral r on r.id = wanted and context is not null;
  is_sender := coalesce(sender_agency_id = context[2]::uuid, false);
  is_recipient := coalesce(recipient_agency_id = context[2]::uuid, false);
  is_barred := false;
  return next;
end $$;

create function hien.consent_for_decision(wanted uuid)
returns table (is_found boolean, case_id uuid, owner_agency_id uuid, state text, is_member boolean, is_own_agency boolean, is_barred boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
begin
  select k.id is not null, k.case_id, k.owner_agency_id, k.state,
         exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = k.case_id
                   and (m.ends_at is null or m.ends_at > now()))
    into is_found, case_id, owner_agency_id, state, is_member
    from (select 1) one left join hien.consent k on k.id = wanted and context is not null;
  is_own_agency := coalesce(owner_agency_id = context[2]::uuid, false);
  is_barred := false;
  return next;
end $$;

-- Whether the actor may give a grant: on a case of her own agency that she sees, or that she has only just registered
-- (nobody holds anything of it yet); on a referral that her agency sends from such a case.
create function hien.may_grant(kind text, subject uuid, of_case uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
begin
  if context is null then return false; end if;
  if kind = 'referral' then
    return exists (select 1 from hien.referral r where r.id = subject and r.case_id = of_case and r.sender_agency_id = home)
      and hien.sees_case(of_case);
  end if;
  return kind = 'case' and subject = of_case and (hien.keeps_case(of_case)
    or (exists (select 1 from hien.case_file c where c.id = of_case and c.owner_agency_id = home and c.created_by = who)
      and not exists (select 1 from hien.access_grant g where g.case_id = of_case)));
end $$;

-- Whether the actor may put people under a grant of her agency: on a case as above, with nobody on it yet for who has
-- only just registered it; on a referral as the recipient's desk or supervisor.
create function hien.may_join(granted uuid, kind text, subject uuid, of_case uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
begin
  if context is null or not exists (select 1 from hien.access_grant g where g.id = granted and g.holder_id = home
       and g.subject_kind = kind and g.subject_id = subject and g.case_id = of_case)
  then return false; end if;
  if kind = 'referral' then
    return string_to_array(context[3], ',') && array['duty_officer', 'supervisor'] and hien.sees_referral(subject);
  end if;
  return kind = 'case' and (hien.keeps_case(of_case)
    or (exists (select 1 from hien.case_file c where c.id = of_case and c.owner_agency_id = home and c.created_by = who)
      and not exists (select 1 from hien.case_member m where m.case_id = of_case)));
end $$;

-- The team of a subject that the actor may see (its member, its agency's supervisor, the desk of a referral's recipient).
create function hien.team_of(wanted uuid)
returns table (staff_id uuid, display_name text, member_role text, begins_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
  is_supervisor constant boolean := coalesce('supervisor' = any (string_to_array(context[3], ',')), false);
  is_desk constant boolean := coalesce('duty_officer' = any (string_to_array(context[3], ',')), false);
begin
  return query select m.staff_id, p.display_name, m.member_role, m.begins_at
    from hien.case_member m join hien.staff p on p.id = m.staff_id
   where m.subject_id = wanted and (m.ends_at is null or m.ends_at > now())
     and (m.agency_id = home or exists (select 1 from hien.case_member s where s.staff_id = who and s.subject_kind = 'case' and s.case_id = m.case_id))
     and (is_supervisor or (m.subject_kind = 'referral' and is_desk)
       or exists (select 1 from hien.case_member s where s.subject_id = wanted and s.staff_id = who)
       or exists (select 1 from hien.case_member s where s.staff_id = who and s.subject_kind = 'case' and s.case_id = m.case_id));
end $$;

-- Who has touched this case, for its own team and its agency's supervisor: the events, not their content.
-- Planned once per connection: with a partition for every month, planning costs more than looking.
create function hien.accesses_of_case(wanted uuid, before_at timestamptz, most int, only_deeds boolean)
returns table (id uuid, recorded_at timestamptz, occurred_at timestamptz, action text, outcome text, agency_id uuid, display_name text, event bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
  is_supervisor constant boolean := coalesce('supervisor' = any (string_to_array(context[3], ',')), false);
begin
  if not exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = wanted
                   and (m.ends_at is null or m.ends_at > now()))
     and not (is_supervisor and exists (select 1 from hien.case_file c where c.id = wanted and c.owner_agency_id = home))
  then return; end if;
  return query select e.id, e.recorded_at, e.occurred_at, e.action, e.outcome, e.agency_id, p.display_name, e.event
    from hien.audit_event_case k
    join hien.audit_event e on e.recorded_at = k.recorded_at and e.id = k.event_id and e.recorded_at < before_at
    left join hien.staff p on p.id = e.actor_id
   where k.case_id = wanted and k.recorded_at < before_at
     and (not only_deeds or (e.outcome = 'done' and e.action not in ('case.open', 'case.list', 'case.search', 'case.view_accesses', 'consent.list',
       'referral.open', 'referral.list', 'referral.options')))
   order by k.recorded_at desc limit least(most, 200);
end $$;

-- Agencies inside the area subtree of the bound auditor's agency.
create function hien.audit_scope() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  home constant uuid := context[2];
begin
  if not coalesce('auditor' = any (string_to_array(context[3], ',')), false) then return '{}'; end if;
  return (with recursive own as (select a.area_code as code from hien.agency a where a.id = home),
    subtree as (select code from own union select r.code from hien.area r join subtree s on r.parent = s.code)
    select coalesce(array_agg(a.id), '{}') from hien.agency a where a.area_code in (select code from subtree));
end $$;

-- Median hours from dispatch to answer over 90 days, only from 5 answers on; a figure of agencies, not of cases.
create function hien.median_answer_hours(recipients uuid[])
returns table (agency_id uuid, hours double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.recipient_agency_id, percentile_cont(0.5) within group (order by extract(epoch from r.answered_at - r.sent_at) / 3600)
    from hien.referral r
   where hien.actor() is not null and r.recipient_agency_id = any (recipients) and r.answered_at is not null and r.sent_at > now() - interval '90 days'
   group by 1 having count(*) >= 5
$$;

-- Removes what has outlived its time: drafts after 7 days, idempotency keys after 2.
create function hien.purge_expired() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone int;
begin
  delete from hien.registration_draft where expires_at < now();
  get diagnostics gone = row_count;
  delete from hien.idempotency where created_at < now() - interval '2 days';
  return gone;
end $$;

revoke all on function hien.case_for_decision(uuid), hien.referral_for_decision(uuid), hien.consent_for_decision(uuid), hien.team_of(uuid),
  hien.may_grant(text, uuid, uuid), hien.may_join(uuid, text, uuid, uuid),
  hien.accesses_of_case(uuid, timestamptz, int, boolean), hien.median_answer_hours(uuid[]), hien.purge_expired(), hien.audit_scope() from public;
grant execute on function hien.case_for_decision(uuid), hien.referral_for_decision(uuid), hien.consent_for_decision(uuid), hien.team_of(uuid),
  hien.accesses_of_case(uuid, timestamptz, int, boolean), hien.median_answer_hours(uuid[]), hien.purge_expired(),
  hien.may_grant(text, uuid, uuid), hien.may_join(uuid, text, uuid, uuid) to hien_app;
grant execute on function hien.audit_scope() to hien_auditor;
reset role;
