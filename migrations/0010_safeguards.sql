-- Conflict of interest and break-glass. Who must not come near a case is a fact of the database: row-level security and
-- every decision look at hien.conflict_bar, and nothing that the application can do by itself writes or reads it.
set role hien_owner;

-- Keyed hashes (full width) of what identifies a member of staff; never the values.
create table hien.staff_identifier (
  staff_id uuid not null references hien.staff on delete cascade,
  field text not null check (field in ('identity_number', 'phone', 'name_birth_year_folded')),
  value bytea not null check (octet_length(value) = 32),
  primary key (staff_id, field, value)
);
create index staff_identifier_value on hien.staff_identifier (field, value);

-- 'match': the same telephone or identity number as a party, or a doubt that was confirmed; 'exclusion': the survivor's word.
create table hien.conflict_bar (
  case_id uuid not null references hien.case_file on delete cascade,
  staff_id uuid not null references hien.staff,
  origin text not null check (origin in ('match', 'exclusion')),
  field text,
  created_at timestamptz not null default now(),
  lifted_at timestamptz,
  primary key (case_id, staff_id, origin)
);
create index conflict_bar_staff on hien.conflict_bar (staff_id, case_id) where lifted_at is null;

-- The same name and year of birth proves nothing: a supervisor who is not barred says which it is.
create table hien.conflict_doubt (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references hien.case_file on delete cascade,
  staff_id uuid not null references hien.staff,
  created_at timestamptz not null default now(),
  answer text check (answer in ('bar', 'dismiss')),
  answered_by uuid references hien.staff,
  answered_at timestamptz,
  unique (case_id, staff_id)
);

create table hien.break_glass (
  id uuid primary key,
  case_id uuid not null references hien.case_file on delete cascade,
  case_code text not null,
  staff_id uuid not null references hien.staff,
  agency_id uuid not null references hien.agency,
  reason_code text not null,
  reason_key_version int not null,
  sealed_reason bytea not null,
  opened_at timestamptz not null,
  ends_at timestamptz not null,
  review_due_at timestamptz not null,
  reviewed_at timestamptz,
  reviewer_id uuid references hien.staff,
  verdict text check (verdict in ('justified', 'not_justified')),
  note_key_version int,
  sealed_note bytea,
  check (ends_at > opened_at and ends_at <= opened_at + interval '60 minutes'),
  check ((reviewed_at is null) = (reviewer_id is null) and (reviewed_at is null) = (verdict is null)),
  check (reviewer_id <> staff_id)
);
create index break_glass_staff on hien.break_glass (staff_id, opened_at desc);
create index break_glass_agency on hien.break_glass (agency_id, opened_at desc);

grant select on hien.break_glass to hien_app;
grant select, insert, delete on hien.staff_identifier to hien_definer;
grant select, insert, update (lifted_at) on hien.conflict_bar to hien_definer;
grant select, insert, update (answer, answered_by, answered_at) on hien.conflict_doubt to hien_definer;
grant select (id, case_id, staff_id, agency_id, opened_at, review_due_at, reviewed_at), insert,
  update (reviewed_at, reviewer_id, verdict, note_key_version, sealed_note) on hien.break_glass to hien_definer;
-- Of blind indexes the keyed hashes only; comparing them is what they are for.
grant select (case_id, purpose, field, value) on hien.blind_index to hien_definer;
grant select (holder_key_version) on hien.access_grant to hien_definer;
grant insert, update (member_role, begins_at, ends_at), delete on hien.case_member to hien_definer;
grant update (assignee_id) on hien.case_file to hien_definer;
reset role;

set role hien_definer;

-- Inside other definer functions only: nobody else may ask about a person of their choice.
create function hien.is_barred(who uuid, of_case uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select 1 from hien.conflict_bar b where b.case_id = of_case and b.staff_id = who and b.lifted_at is null);
end $$;

-- The last word on teams, whoever puts somebody there: nobody joins a case from which they are barred.
create function hien.refuse_barred_member() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if hien.is_barred(new.staff_id, new.case_id) then raise exception 'not to be added' using errcode = 'HN001'; end if;
  return new;
end $$;

-- Takes barred people off everything of a case. Where the case's own team loses its lead, an unbarred supervisor of the
-- owning agency takes it, or else its desk, or else a case worker. HN003 where `must` and nobody is left to take it.
create function hien.take_off_barred(of_case uuid, must boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  home uuid;
  taker uuid;
begin
  select c.owner_agency_id into home from hien.case_file c where c.id = of_case;
  delete from hien.case_member m where m.case_id = of_case and hien.is_barred(m.staff_id, of_case);
  if not found then return; end if;
  select m.staff_id into taker from hien.case_member m
   where m.subject_kind = 'case' and m.subject_id = of_case and m.member_role = 'lead' and (m.ends_at is null or m.ends_at > now());
  if taker is null then
    select p.id into taker from hien.staff p join hien.staff_role r on r.staff_id = p.id
     where p.agency_id = home and p.is_active and r.role in ('supervisor', 'duty_officer', 'case_worker') and not hien.is_barred(p.id, of_case)
     order by array_position(array['supervisor', 'duty_officer', 'case_worker'], r.role), p.id limit 1;
    if taker is null then
      if must then raise exception 'nobody may take the case' using errcode = 'HN003'; end if;
      return;
    end if;
    insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at, ends_at)
    select g.id, taker, home, 'case', of_case, of_case, 'lead', now(), g.ends_at from hien.access_grant g
     where g.subject_kind = 'case' and g.subject_id = of_case and g.holder_kind = 'agency' and g.holder_id = home and (g.ends_at is null or g.ends_at > now())
     order by g.begins_at limit 1
    on conflict (grant_id, staff_id) do update set member_role = 'lead', ends_at = excluded.ends_at;
  end if;
  update hien.case_file c set assignee_id = taker where c.id = of_case and hien.is_barred(c.assignee_id, of_case);
end $$;

-- Compares the parties of a case with all staff, takes down whom the survivor named (null: nothing said about it), and acts
-- on it. Answers whether the acting person is barred now; null where the case is not hers to change.
create function hien.settle_conflicts(of_case uuid, named uuid[]) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not hien.keeps_case(of_case) then return null; end if;
  insert into hien.conflict_bar (case_id, staff_id, origin, field)
  select distinct on (s.staff_id) of_case, s.staff_id, 'match', s.field
    from hien.blind_index b join hien.staff_identifier s on s.field = b.field and s.value = b.value
   where b.case_id = of_case and b.purpose = 'conflict' and b.field in ('identity_number', 'phone')
   order by s.staff_id, s.field
  on conflict do nothing;
  insert into hien.conflict_doubt (case_id, staff_id)
  select distinct of_case, s.staff_id
    from hien.blind_index b join hien.staff_identifier s on s.field = b.field and s.value = b.value
   where b.case_id = of_case and b.purpose = 'conflict' and b.field = 'name_birth_year_folded' and not hien.is_barred(s.staff_id, of_case)
  on conflict do nothing;
  if named is not null then
    insert into hien.conflict_bar (case_id, staff_id, origin)
    select of_case, p.id, 'exclusion' from hien.staff p where p.id = any (named)
    on conflict (case_id, staff_id, origin) do update set lifted_at = null;
    update hien.conflict_bar set lifted_at = now()
     where case_id = of_case and origin = 'exclusion' and lifted_at is null and staff_id <> all (named);
  end if;
  perform hien.take_off_barred(of_case, true);
  return hien.is_barred(hien.actor(), of_case);
end $$;

-- On hiring, and whenever a number changes: replaces what identifies a colleague, and compares it with every case of every
-- agency. Says nothing of what was found. False where the acting person does not keep that person's account.
create function hien.identify_staff(wanted uuid, fields text[], hashes bytea[]) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  touched uuid;
begin
  if context is null or not 'agency_admin' = any (string_to_array(context[3], ','))
     or not exists (select 1 from hien.staff p where p.id = wanted and p.agency_id = context[2]::uuid)
  then return false; end if;
  delete from hien.staff_identifier where staff_id = wanted;
  insert into hien.staff_identifier (staff_id, field, value) select wanted, f, h from unnest(fields, hashes) as given (f, h);
  for touched in
    with barred as (
      insert into hien.conflict_bar (case_id, staff_id, origin, field)
      select distinct on (b.case_id) b.case_id, wanted, 'match', s.field
        from hien.staff_identifier s join hien.blind_index b on b.purpose = 'conflict' and b.field = s.field and b.value = s.value
       where s.staff_id = wanted and s.field in ('identity_number', 'phone')
       order by b.case_id, s.field
      on conflict do nothing returning case_id)
    select case_id from barred
  loop
    perform hien.take_off_barred(touched, false);
  end loop;
  insert into hien.conflict_doubt (case_id, staff_id)
  select distinct b.case_id, wanted
    from hien.staff_identifier s join hien.blind_index b on b.purpose = 'conflict' and b.field = s.field and b.value = s.value
   where s.staff_id = wanted and s.field = 'name_birth_year_folded' and not hien.is_barred(wanted, b.case_id)
  on conflict do nothing;
  return true;
end $$;

-- Who may not come near a case: for its team whom the survivor named, for an unbarred supervisor of the owning agency all of
-- it, and the doubts that are not about herself.
create function hien.conflicts_of(wanted uuid)
returns table (kind text, id uuid, staff_id uuid, display_name text, agency_id uuid, origin text, since timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  supervises boolean;
begin
  if context is null or not hien.sees_case(wanted) then return; end if;
  supervises := 'supervisor' = any (string_to_array(context[3], ','))
    and exists (select 1 from hien.case_file c where c.id = wanted and c.owner_agency_id = context[2]::uuid);
  return query select 'bar', null::uuid, b.staff_id, p.display_name, p.agency_id, b.origin, b.created_at
      from hien.conflict_bar b join hien.staff p on p.id = b.staff_id
     where b.case_id = wanted and b.lifted_at is null and (supervises or b.origin = 'exclusion')
    union all
    select 'doubt', d.id, d.staff_id, p.display_name, p.agency_id, null::text, d.created_at
      from hien.conflict_doubt d join hien.staff p on p.id = d.staff_id
     where supervises and d.case_id = wanted and d.answer is null and d.staff_id <> who and not hien.is_barred(d.staff_id, wanted)
    order by 7, 3;
end $$;

-- False where the doubt is not this supervisor's to answer, or answered already.
create function hien.answer_doubt(wanted uuid, given text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  about record;
begin
  if context is null or not 'supervisor' = any (string_to_array(context[3], ',')) then return false; end if;
  select d.case_id, d.staff_id into about from hien.conflict_doubt d
   where d.id = wanted and d.answer is null and d.staff_id <> who and hien.keeps_case(d.case_id) for update;
  if not found then return false; end if;
  update hien.conflict_doubt set answer = given, answered_by = who, answered_at = now() where id = wanted;
  if given = 'bar' then
    insert into hien.conflict_bar (case_id, staff_id, origin, field) values (about.case_id, about.staff_id, 'match', 'name_birth_year_folded')
    on conflict (case_id, staff_id, origin) do update set lifted_at = null;
    perform hien.take_off_barred(about.case_id, true);
  end if;
  return true;
end $$;

-- Who of these colleagues cannot be assigned to a referral; for the recipient's desk and supervisor, who need no reason.
create function hien.unassignable(wanted uuid, people uuid[]) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not hien.sees_referral(wanted) then return; end if;
  return query select p.id from hien.staff p join hien.referral r on r.id = wanted
    where p.id = any (people) and p.agency_id = hien.agency() and hien.is_barred(p.id, r.case_id);
end $$;

-- Whether everybody at the recipient's desk is barred: then nobody there would ever see it. Tells the sender no name.
create function hien.desk_is_barred(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return hien.sees_referral(wanted) and coalesce((select bool_and(hien.is_barred(p.id, r.case_id))
    from hien.referral r join hien.staff p on p.agency_id = r.recipient_agency_id and p.is_active
    join hien.staff_role d on d.staff_id = p.id and d.role = 'duty_officer'
   where r.id = wanted), false);
end $$;

-- Emergency access for who proves the password once more: a worker of the owning agency outside the team, for one case, until
-- `minutes` from now. 'opened', or why not: 'refused', 'wrong_password', 'overdue' (an earlier use was not reviewed in time).
create function hien.open_break_glass(new_id uuid, of_case uuid, proof bytea, reason text, key_version int, sealed bytea, minutes int)
returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
  granted record;
  until timestamptz;
begin
  if context is null or not string_to_array(context[3], ',') && array['case_worker', 'duty_officer', 'supervisor'] or hien.is_barred(who, of_case)
    then return 'refused'; end if;
  if not exists (select 1 from hien.staff_credential c where c.staff_id = who and c.verifier = sha256(proof)) then return 'wrong_password'; end if;
  if exists (select 1 from hien.break_glass b where b.staff_id = who and b.reviewed_at is null and b.review_due_at < now()) then return 'overdue'; end if;
  select g.id, g.ends_at, c.code into granted from hien.case_file c join hien.access_grant g on g.subject_kind = 'case' and g.subject_id = c.id
   where c.id = of_case and c.owner_agency_id = home and g.holder_kind = 'agency' and g.holder_id = home
     and (g.ends_at is null or g.ends_at > now())
     and not exists (select 1 from hien.case_member m where m.subject_kind = 'case' and m.subject_id = of_case and m.staff_id = who
           and (m.ends_at is null or m.ends_at > now()))
   order by g.begins_at limit 1;
  if not found then return 'refused'; end if;
  until := least(now() + make_interval(mins => least(minutes, 60)), granted.ends_at);
  insert into hien.break_glass (id, case_id, case_code, staff_id, agency_id, reason_code, reason_key_version, sealed_reason, opened_at, ends_at, review_due_at)
  values (new_id, of_case, granted.code, who, home, reason, key_version, sealed, now(), until, now() + interval '72 hours');
  insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at, ends_at)
  values (granted.id, who, home, 'case', of_case, of_case, 'member', now(), until)
  on conflict (grant_id, staff_id) do update set member_role = 'member', begins_at = excluded.begins_at, ends_at = excluded.ends_at;
  return 'opened';
end $$;

-- 'reviewed', 'refused' (not this person's to review), or 'reviewed_before'.
create function hien.review_break_glass(wanted uuid, given text, key_version int, sealed bytea) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  about record;
begin
  if context is null or not 'supervisor' = any (string_to_array(context[3], ',')) then return 'refused'; end if;
  select b.reviewed_at into about from hien.break_glass b
   where b.id = wanted and b.agency_id = context[2]::uuid and b.staff_id <> who and not hien.is_barred(who, b.case_id) for update;
  if not found then return 'refused'; end if;
  if about.reviewed_at is not null then return 'reviewed_before'; end if;
  update hien.break_glass set reviewed_at = now(), reviewer_id = who, verdict = given, note_key_version = key_version, sealed_note = sealed
   where id = wanted;
  return 'reviewed';
end $$;

-- Decisions, as in 0008, now with the truth about bars.
create or replace function hien.case_for_decision(wanted uuid)
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
  is_barred := hien.is_barred(who, wanted);
  return next;
end $$;

create or replace function hien.referral_for_decision(wanted uuid)
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
  is_barred := hien.is_barred(who, case_id);
  return next;
end $$;

create or replace function hien.consent_for_decision(wanted uuid)
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
  is_barred := hien.is_barred(who, case_id);
  return next;
end $$;

-- A case by what a person outside its team can know: its id or its code.
create function hien.named_case_for_decision(wanted text)
returns table (is_found boolean, case_id uuid, owner_agency_id uuid, stage text, is_member boolean, is_own_agency boolean, is_barred boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  is_id constant boolean := wanted ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  found_id uuid;
begin
  if is_id then found_id := wanted::uuid;
  else select c.id into found_id from hien.case_file c where c.code = wanted and hien.bound() is not null; end if;
  return query select d.is_found, case when d.is_found then found_id end, d.owner_agency_id, d.stage, d.is_member, d.is_own_agency, d.is_barred
    from hien.case_for_decision(found_id) d;
end $$;

-- The case of a doubt; a doubt about the asking person is none.
create function hien.doubt_for_decision(wanted uuid)
returns table (is_found boolean, case_id uuid, owner_agency_id uuid, stage text, is_member boolean, is_own_agency boolean, is_barred boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  found_id uuid;
begin
  select d.case_id into found_id from hien.conflict_doubt d where d.id = wanted and d.staff_id <> hien.actor();
  return query select d.is_found, case when d.is_found then found_id end, d.owner_agency_id, d.stage, d.is_member, d.is_own_agency, d.is_barred
    from hien.case_for_decision(found_id) d;
end $$;

create function hien.break_glass_for_decision(wanted uuid)
returns table (is_found boolean, case_id uuid, owner_agency_id uuid, is_own_agency boolean, is_mine boolean, is_barred boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
begin
  select b.id is not null, b.case_id, b.agency_id, coalesce(b.agency_id = context[2]::uuid, false), coalesce(b.staff_id = who, false)
    into is_found, case_id, owner_agency_id, is_own_agency, is_mine
    from (select 1) one left join hien.break_glass b on b.id = wanted and context is not null;
  is_barred := hien.is_barred(who, case_id);
  return next;
end $$;

-- As in 0008; nothing of a case for who is barred from it, or whose membership is over.
create or replace function hien.team_of(wanted uuid)
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
   where m.subject_id = wanted and (m.ends_at is null or m.ends_at > now()) and not hien.is_barred(who, m.case_id)
     and (m.agency_id = home or hien.on_team('case', m.case_id))
     and (is_supervisor or (m.subject_kind = 'referral' and is_desk) or hien.on_team(m.subject_kind, wanted) or hien.on_team('case', m.case_id));
end $$;

create or replace function hien.accesses_of_case(wanted uuid, before_at timestamptz, most int, only_deeds boolean)
returns table (id uuid, recorded_at timestamptz, occurred_at timestamptz, action text, outcome text, agency_id uuid, display_name text, event bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  if not hien.sees_case(wanted) then return; end if;
  return query select e.id, e.recorded_at, e.occurred_at, e.action, e.outcome, e.agency_id, p.display_name, e.event
    from hien.audit_event_case k
    join hien.audit_event e on e.recorded_at = k.recorded_at and e.id = k.event_id and e.recorded_at < before_at
    left join hien.staff p on p.id = e.actor_id
   where k.case_id = wanted and k.recorded_at < before_at
     and (not only_deeds or (e.outcome = 'done' and e.action not in ('case.open', 'case.list', 'case.search', 'case.view_accesses', 'consent.list',
       'referral.open', 'referral.list', 'referral.options', 'conflict.list', 'break_glass.list')))
   order by k.recorded_at desc limit least(most, 200);
end $$;

do $$
declare
  signature text;
begin
  foreach signature in array array['is_barred(uuid, uuid)', 'refuse_barred_member()', 'take_off_barred(uuid, boolean)', 'settle_conflicts(uuid, uuid[])',
    'identify_staff(uuid, text[], bytea[])', 'conflicts_of(uuid)', 'answer_doubt(uuid, text)', 'unassignable(uuid, uuid[])', 'desk_is_barred(uuid)',
    'open_break_glass(uuid, uuid, bytea, text, int, bytea, int)', 'review_break_glass(uuid, text, int, bytea)', 'named_case_for_decision(text)',
    'doubt_for_decision(uuid)', 'break_glass_for_decision(uuid)'] loop
    execute format('revoke all on function hien.%s from public', signature);
    if signature like 'refuse%' then execute format('grant execute on function hien.%s to hien_owner', signature); end if;
    if signature !~ '^(is_barred|refuse_barred_member|take_off_barred)' then
      execute format('grant execute on function hien.%s to hien_app', signature);
    end if;
  end loop;
end $$;
reset role;

set role hien_owner;
create trigger not_barred before insert on hien.case_member for each row execute function hien.refuse_barred_member();
reset role;
