-- Wall 2: which rows exist for a person at all. Applied by the migrator after every migration; the whole
-- file is one transaction, so there is never a moment without it.
--
-- How to read it: hien.actor() and hien.agency() are the person and the agency that this transaction was
-- bound to (null when the context is missing or forged: then no policy matches). `hien_definer` owns the
-- few helper functions and is let through where they need to look.
-- One way only: case_member → access_grant → case_file → documents, consents, referrals.
set local role hien_owner;

do $$
declare
  t text;
  p record;
begin
  for p in select tablename, policyname from pg_policies where schemaname = 'hien' loop
    execute format('drop policy %I on hien.%I', p.policyname, p.tablename);
  end loop;
  foreach t in array array['case_member', 'access_grant', 'case_file', 'data_key', 'sealed_document', 'blind_index', 'registration_draft',
    'idempotency', 'consent', 'referral', 'audit_event', 'audit_event_case', 'conflict_bar', 'conflict_doubt', 'break_glass',
    'erasure_request', 'erased_case', 'key_renewal', 'audit_leaf', 'audit_tile', 'audit_checkpoint', 'audit_cosignature',
    'finding', 'finding_event', 'explanation', 'surname_match'] loop
    execute format('alter table hien.%I enable row level security', t);
    execute format('alter table hien.%I force row level security', t);
  end loop;
  foreach t in array array['access_grant', 'case_file', 'consent', 'referral', 'erased_case'] loop
    execute format('create policy definer_looks on hien.%I for select to hien_definer using (true)', t);
  end loop;
  foreach t in array array['audit_event', 'audit_event_case', 'audit_leaf', 'audit_tile'] loop
    execute format('create policy definer_looks on hien.%I for select to hien_definer using (true)', t);
  end loop;
  foreach t in array array['registration_draft', 'idempotency'] loop
    execute format('create policy definer_purges on hien.%I to hien_definer using (true)', t);
  end loop;
  -- Bars and doubts are the definer's alone: the application asks functions, and sees no row.
  foreach t in array array['conflict_bar', 'conflict_doubt', 'break_glass', 'case_member', 'blind_index'] loop
    execute format('create policy definer_settles on hien.%I to hien_definer using (true) with check (true)', t);
  end loop;
  create policy definer_settles on hien.case_file for update to hien_definer using (true) with check (true);
  foreach t in array array['finding', 'explanation'] loop
    execute format('create policy definer_settles on hien.%I to hien_definer using (true) with check (true)', t);
  end loop;
  -- Whose family name somebody in a case bears: noted by the definer, who does not look at it.
  create policy definer_notes on hien.surname_match for insert to hien_definer with check (true);
  -- Of referrals whose time is over, the recipient's key and notice.
  create policy definer_purges on hien.access_grant for delete to hien_definer using (subject_kind = 'referral' and ends_at < now());
  create policy definer_purges on hien.referral for update to hien_definer using (ends_on < (now() at time zone 'Asia/Ho_Chi_Minh')::date)
    with check (recipient_key_version is null and recipient_notice is null);
  -- The statistics of a case, for whoever may not see them and writes them anew.
  foreach t in array array['sealed_document', 'data_key'] loop
    execute format('create policy definer_finds_statistics on hien.%I for select to hien_definer using (compartment = ''statistics'')', t);
    execute format('create policy definer_drops_statistics on hien.%I for delete to hien_definer using (compartment = ''statistics'')', t);
  end loop;
  create policy definer_drops_statistics on hien.access_grant for delete to hien_definer using (holder_kind = 'statistics');
  execute 'create policy definer_looks on hien.key_renewal for select to hien_definer using (true)';
  -- New data keys are asked for by the loss of a partner's grant, and by nothing else.
  execute 'create policy definer_asks on hien.key_renewal for insert to hien_definer with check (true)';
  -- The keeper of keys seals everything again under newer keys; which columns it may touch, migration 0011 says.
  foreach t in array array['access_grant', 'data_key', 'sealed_document', 'referral', 'registration_draft', 'key_renewal', 'break_glass',
    'finding', 'explanation'] loop
    execute format('create policy keeper_reads on hien.%I for select to hien_keeper using (true)', t);
  end loop;
  foreach t in array array['access_grant', 'sealed_document', 'referral', 'registration_draft', 'key_renewal', 'break_glass',
    'finding', 'explanation'] loop
    execute format('create policy keeper_reseals on hien.%I for update to hien_keeper using (true) with check (true)', t);
  end loop;
  foreach t in array array['data_key', 'key_renewal'] loop
    execute format('create policy keeper_removes on hien.%I for delete to hien_keeper using (true)', t);
  end loop;
  execute 'create policy keeper_makes on hien.data_key for insert to hien_keeper with check (true)';
  -- The sequencer reads events and lets the tree grow; what is there, triggers keep as it is.
  foreach t in array array['audit_event', 'audit_leaf', 'audit_tile', 'audit_checkpoint', 'audit_cosignature'] loop
    execute format('create policy sequencer_reads on hien.%I for select to hien_sequencer using (true)', t);
  end loop;
  foreach t in array array['audit_leaf', 'audit_tile', 'audit_checkpoint', 'audit_cosignature'] loop
    execute format('create policy sequencer_appends on hien.%I for insert to hien_sequencer with check (true)', t);
  end loop;
  execute 'create policy sequencer_grows on hien.audit_tile for update to hien_sequencer using (true) with check (true)';
  -- The keeper gives and takes the guardian's grants, and nobody else's.
  create policy keeper_guards on hien.access_grant for insert to hien_keeper with check (holder_kind = 'guardian');
  create policy keeper_replaces on hien.access_grant for delete to hien_keeper using (holder_kind = 'guardian');
end $$;

-- Questions that several policies ask, answered for the bound person alone: each verifies the binding itself and takes
-- no word for who is asking. They look past row-level security, so that a question costs one look at an index
-- instead of the policies of the next table, and of the one after that. The cost tells the planner to ask seldom. What is
-- asked of every row that is written is one query: each step of a function, each call of another, costs as much again.
set local role hien_definer;

-- Cases from which the bound person is barred: a handful at most, asked once per statement.
create or replace function hien.barred_cases() returns uuid[]
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  who constant uuid := hien.actor();
begin
  return array(select b.case_id from hien.conflict_bar b where b.staff_id = who and b.lifted_at is null);
end $$;

create or replace function hien.on_team(kind text, subject uuid) returns boolean
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  who constant uuid := hien.actor();
begin
  return exists (select 1 from hien.case_member m
    where m.staff_id = who and m.subject_kind = kind and m.subject_id = subject and (m.ends_at is null or m.ends_at > now())
      and not hien.is_barred(who, m.case_id));
end $$;

create or replace function hien.works_under(wanted uuid) returns boolean
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  who constant uuid := hien.actor();
begin
  return exists (select 1 from hien.case_member m
    where m.grant_id = wanted and m.staff_id = who and (m.ends_at is null or m.ends_at > now()) and not hien.is_barred(who, m.case_id));
end $$;

-- The rule of case_seen, asked about a case by its id.
create or replace function hien.sees_case(wanted uuid) returns boolean
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
begin
  return context is not null
    and not exists (select 1 from hien.conflict_bar b where b.case_id = wanted and b.staff_id = who and b.lifted_at is null)
    and (exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = wanted
           and (m.ends_at is null or m.ends_at > now()))
      or ('supervisor' = any (string_to_array(context[3], ','))
        and exists (select 1 from hien.case_file c where c.id = wanted and c.owner_agency_id = home and c.restricted_at is null)));
end $$;

-- A search: the cases with this code or with any of these blind indexes (fields and values pairwise) that the person sees,
-- newest first. Whether a case matched that is hidden from her must not show in the time: whatever was found is judged
-- together with the newest case, again and again, up to the next multiple of eight; every part of the rule of case_seen is
-- looked up for each ("offset 0"), none is saved, and no policy is asked row by row.
create or replace function hien.find_cases(wanted_code text, fields text[], hashes bytea[]) returns setof uuid
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
  is_supervisor constant boolean := 'supervisor' = any (string_to_array(context[3], ','));
begin
  if context is null then return; end if;
  return query with found as materialized (
      select c.id from hien.case_file c where c.code = wanted_code
      union
      select i.case_id from unnest(fields, hashes) w (field, hash) cross join lateral (
        select b.case_id from hien.blind_index b where b.purpose = 'search' and b.field = w.field and b.value = w.hash offset 0) i),
    judged as (
      select k.id, k.is_found,
        exists (select 1 from hien.conflict_bar b where b.case_id = k.id and b.staff_id = who and b.lifted_at is null offset 0) as is_barred,
        exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = k.id
          and (m.ends_at is null or m.ends_at > now()) offset 0) as is_member,
        exists (select 1 from hien.case_file c where c.id = k.id and c.owner_agency_id = home and c.restricted_at is null offset 0) as is_open
      from (select f.id, true as is_found from found f
        union all
        select n.id, false from (select c.id from hien.case_file c order by c.id desc limit 1) n
          cross join generate_series(1, 8 - (select count(*)::int from found) % 8)) k
      offset 0)
    select j.id from judged j where j.is_found and not j.is_barred and (j.is_member or (is_supervisor and j.is_open))
      order by j.id desc limit 200;
end $$;

-- A case that the person sees and that belongs to her own agency.
create or replace function hien.keeps_case(wanted uuid) returns boolean
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  home constant uuid := context[2];
begin
  return exists (select 1 from hien.case_file c where c.id = wanted and c.owner_agency_id = home
    and not exists (select 1 from hien.conflict_bar b where b.case_id = wanted and b.staff_id = who and b.lifted_at is null)
    and (('supervisor' = any (string_to_array(context[3], ',')) and c.restricted_at is null)
      or exists (select 1 from hien.case_member m where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = wanted
           and (m.ends_at is null or m.ends_at > now()))));
end $$;

-- The rule of referral_seen, asked about a referral by its id.
create or replace function hien.sees_referral(wanted uuid) returns boolean
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
begin
  return context is not null and exists (select 1 from hien.referral r where r.id = wanted
    and not exists (select 1 from hien.conflict_bar b where b.case_id = r.case_id and b.staff_id = context[1]::uuid and b.lifted_at is null)
    and ((r.sender_agency_id = context[2]::uuid and hien.sees_case(r.case_id))
      or (r.recipient_agency_id = context[2]::uuid and r.state not in ('draft', 'awaiting_consent')
        and (string_to_array(context[3], ',') && array['duty_officer', 'supervisor']
          or exists (select 1 from hien.case_member m where m.staff_id = context[1]::uuid and m.subject_kind = 'referral' and m.subject_id = wanted
               and (m.ends_at is null or m.ends_at > now()))))));
end $$;

-- Whose the envelope is to read: the sender's, and from acceptance on those whom the recipient's desk assigned.
create or replace function hien.opens_envelope(wanted uuid) returns boolean
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
begin
  return context is not null and exists (select 1 from hien.referral r where r.id = wanted
    and not exists (select 1 from hien.conflict_bar b where b.case_id = r.case_id and b.staff_id = context[1]::uuid and b.lifted_at is null)
    and (r.sender_agency_id = context[2]::uuid
      or (r.state in ('accepted', 'in_service', 'completed') and exists (select 1 from hien.case_member m
            where m.staff_id = context[1]::uuid and m.subject_kind = 'referral' and m.subject_id = wanted
              and (m.ends_at is null or m.ends_at > now())))));
end $$;

create or replace function hien.is_referral_of(wanted uuid, of_case uuid, sender uuid) returns boolean
language plpgsql stable security definer cost 2000 set search_path = pg_catalog, pg_temp as $$
begin
  return hien.sees_referral(wanted)
    and exists (select 1 from hien.referral r where r.id = wanted and r.case_id = of_case and r.sender_agency_id = sender);
end $$;

do $$
declare
  signature text;
begin
  foreach signature in array array['barred_cases()', 'on_team(text, uuid)', 'works_under(uuid)', 'sees_case(uuid)', 'keeps_case(uuid)', 'sees_referral(uuid)',
    'opens_envelope(uuid)', 'is_referral_of(uuid, uuid, uuid)', 'find_cases(text, text[], bytea[])'] loop
    execute format('revoke all on function hien.%s from public', signature);
    execute format('grant execute on function hien.%s to hien_app', signature);
  end loop;
end $$;
set local role hien_owner;

-- Team: one's own memberships; a supervisor sees those of her agency; the desk those of its referrals.
create policy member_seen on hien.case_member for select to hien_app
  using (case_id <> all ((select hien.barred_cases())::uuid[]) and (staff_id = (select hien.actor())
    or (agency_id = (select hien.agency()) and (select hien.has_role('supervisor')))
    or (agency_id = (select hien.agency()) and subject_kind = 'referral' and (select hien.has_role('duty_officer')))));
create policy member_added on hien.case_member for insert to hien_app
  with check (agency_id = (select hien.agency()) and hien.may_join(grant_id, subject_kind, subject_id, case_id));
create policy member_ended on hien.case_member for update to hien_app
  using (case_id <> all ((select hien.barred_cases())::uuid[]) and agency_id = (select hien.agency())
    and ((select hien.has_role('supervisor')) or (subject_kind = 'referral' and (select hien.has_role('duty_officer')))))
  with check (agency_id = (select hien.agency()));
create policy member_removed on hien.case_member for delete to hien_app
  using (case_id <> all ((select hien.barred_cases())::uuid[]) and agency_id = (select hien.agency())
    and ((select hien.has_role('supervisor')) or (subject_kind = 'referral' and (select hien.has_role('duty_officer')))));

-- Grants: seen by those who work under them, and by the sender's team and supervisor for what was shared (to take it back).
create policy grant_seen on hien.access_grant for select to hien_app
  using (case_id <> all ((select hien.barred_cases())::uuid[]) and ((holder_id = (select hien.agency()) and (select hien.has_role('supervisor')))
    or (holder_id = (select hien.agency()) and subject_kind = 'referral' and (select hien.has_role('duty_officer')))
    or hien.works_under(id)
    or (owner_agency_id = (select hien.agency()) and subject_kind = 'referral'
      and ((select hien.has_role('supervisor')) or hien.on_team('case', case_id)))));
create policy grant_given on hien.access_grant for insert to hien_app
  with check (owner_agency_id = (select hien.agency()) and hien.may_grant(subject_kind, subject_id, case_id));
create policy grant_shortened on hien.access_grant for update to hien_app
  using (owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id)) with check (owner_agency_id = (select hien.agency()));
create policy grant_revoked on hien.access_grant for delete to hien_app
  using ((owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id))
    or (case_id <> all ((select hien.barred_cases())::uuid[])
      and holder_id = (select hien.agency()) and subject_kind = 'referral' and (select hien.has_role('duty_officer'))));

-- The grants of guardian and statistics exist for no person, not even to take them away; she can only give them. (The
-- archivist is a member of hien_app, and dumps and erases all.) The records of the statistics neither, nor their keys.
create policy grant_guarded on hien.access_grant as restrictive for select to hien_app
  using (holder_kind not in ('guardian', 'statistics') or current_user = 'hien_archivist');
create policy grant_stays_guarded on hien.access_grant as restrictive for update to hien_app
  using (holder_kind not in ('guardian', 'statistics') or current_user = 'hien_archivist') with check (holder_kind not in ('guardian', 'statistics') or current_user = 'hien_archivist');
create policy grant_guarded_for_good on hien.access_grant as restrictive for delete to hien_app
  using (holder_kind not in ('guardian', 'statistics') or current_user = 'hien_archivist');

do $$
declare
  t text;
begin
  foreach t in array array['sealed_document', 'data_key'] loop
    execute format('create policy statistics_unseen on hien.%I as restrictive for select to hien_app
      using (compartment <> ''statistics'' or current_user = ''hien_archivist'')', t);
    execute format('create policy statistics_untaken on hien.%I as restrictive for delete to hien_app
      using (compartment <> ''statistics'' or current_user = ''hien_archivist'')', t);
  end loop;
end $$;
-- (Keys need none of these: no person changes a key.)
create policy statistics_unchanged on hien.sealed_document as restrictive for update to hien_app
  using (compartment <> 'statistics' or current_user = 'hien_archivist')
  with check (compartment <> 'statistics' or current_user = 'hien_archivist');

-- Cases restricted to named persons: each of these holds a grant of her own, and nobody else of the agency, its
-- supervisor included, has anything of the case. The restrictive ones only ever take away; what hangs on a case needs
-- none, because hien.sees_case knows of the restriction.
create policy member_named on hien.case_member for insert to hien_app
  with check (agency_id = (select hien.agency()) and hien.may_name(grant_id, staff_id, subject_kind, subject_id, case_id));
create policy grant_named on hien.access_grant for select to hien_app
  using (holder_kind = 'staff' and owner_agency_id = (select hien.agency()) and hien.on_team('case', case_id));
create policy case_closed on hien.case_file as restrictive to hien_app using (id <> all ((select hien.closed_cases())::uuid[]));
create policy member_closed on hien.case_member as restrictive to hien_app using (case_id <> all ((select hien.closed_cases())::uuid[]));
create policy grant_closed on hien.access_grant as restrictive to hien_app using (case_id <> all ((select hien.closed_cases())::uuid[]));

-- Cases: for the team, and for supervisors of the owning agency. Partners have no case.
-- (Work lists look at many cases at once: asked within the statement, and "offset 0" so that each case asks for itself.)
create policy case_seen on hien.case_file for select to hien_app
  using (id <> all ((select hien.barred_cases())::uuid[]) and ((owner_agency_id = (select hien.agency()) and (select hien.has_role('supervisor')))
    or exists (select 1 from hien.case_member m where m.staff_id = (select hien.actor()) and m.subject_kind = 'case'
           and m.subject_id = case_file.id and (m.ends_at is null or m.ends_at > now()) offset 0)));
create policy case_registered on hien.case_file for insert to hien_app
  with check (owner_agency_id = (select hien.agency()) and created_by = (select hien.actor()));
create policy case_changed on hien.case_file for update to hien_app
  using (owner_agency_id = (select hien.agency()) and hien.keeps_case(id)) with check (owner_agency_id = (select hien.agency()));

-- Referrals: the sender's case team; at the recipient the desk, supervisors and whom the desk assigned.
-- Drafts do not exist for the recipient.
create policy referral_seen on hien.referral for select to hien_app
  using ((sender_agency_id = (select hien.agency()) and hien.sees_case(case_id))
    or (case_id <> all ((select hien.barred_cases())::uuid[]) and recipient_agency_id = (select hien.agency()) and state not in ('draft', 'awaiting_consent')
      and ((select hien.has_role('duty_officer')) or (select hien.has_role('supervisor')) or hien.on_team('referral', id))));
create policy referral_drafted on hien.referral for insert to hien_app
  with check (sender_agency_id = (select hien.agency()) and created_by = (select hien.actor()) and hien.keeps_case(case_id));
create policy referral_moved on hien.referral for update to hien_app
  using (hien.sees_referral(id))
  with check (sender_agency_id = (select hien.agency()) or (recipient_agency_id = (select hien.agency()) and state not in ('draft', 'awaiting_consent', 'withdrawn', 'recalled')));
create policy referral_dropped on hien.referral for delete to hien_app
  using (sender_agency_id = (select hien.agency()) and state in ('draft', 'awaiting_consent') and hien.keeps_case(case_id));

-- Consents: the case's own team.
create policy consent_seen on hien.consent for select to hien_app
  using (hien.sees_case(case_id));
create policy consent_recorded on hien.consent for insert to hien_app
  with check (owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id));
create policy consent_withdrawn on hien.consent for update to hien_app
  using (owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id)) with check (owner_agency_id = (select hien.agency()));

-- Sealed documents, their key commitments and blind indexes follow the case. An envelope is there for the sender,
-- and once accepted for those whom the recipient's desk assigned; nobody else at the recipient has it.
create policy document_seen on hien.sealed_document for select to hien_app
  using ((subject_kind = 'case' and hien.sees_case(subject_id))
    or (subject_kind = 'referral' and hien.sees_referral(subject_id)
      and (compartment = 'feedback' or hien.opens_envelope(subject_id))));
create policy document_written on hien.sealed_document for insert to hien_app
  with check (written_by = (select hien.actor())
    and ((subject_kind = 'case' and owner_agency_id = (select hien.agency()) and subject_id = case_id and hien.keeps_case(subject_id))
      or (subject_kind = 'referral' and hien.is_referral_of(subject_id, case_id, owner_agency_id))));
create policy document_superseded on hien.sealed_document for update to hien_app
  using (owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id)) with check (owner_agency_id = (select hien.agency()));
create policy document_destroyed on hien.sealed_document for delete to hien_app
  using (owner_agency_id = (select hien.agency()) and subject_kind = 'referral' and hien.keeps_case(case_id));

create policy key_seen on hien.data_key for select to hien_app
  using ((subject_kind = 'case' and hien.sees_case(subject_id)) or (subject_kind = 'referral' and hien.sees_referral(subject_id)));
create policy key_made on hien.data_key for insert to hien_app
  with check (owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id));
create policy key_destroyed on hien.data_key for delete to hien_app
  using (owner_agency_id = (select hien.agency()) and subject_kind = 'referral' and hien.keeps_case(case_id));

create policy index_seen on hien.blind_index for select to hien_app
  using (hien.sees_case(case_id));
create policy index_written on hien.blind_index for insert to hien_app
  with check (owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id));
create policy index_replaced on hien.blind_index for delete to hien_app
  using (owner_agency_id = (select hien.agency()) and hien.keeps_case(case_id));

-- Uses of break-glass: for who used it, the lead of the case, and supervisors of the agency; nobody who is barred from it.
create policy break_glass_seen on hien.break_glass for select to hien_app
  using (case_id <> all ((select hien.barred_cases())::uuid[]) and (staff_id = (select hien.actor())
    or (agency_id = (select hien.agency()) and (select hien.has_role('supervisor')))
    or exists (select 1 from hien.case_member m where m.staff_id = (select hien.actor()) and m.subject_kind = 'case'
           and m.subject_id = break_glass.case_id and m.member_role = 'lead' and (m.ends_at is null or m.ends_at > now()))));

-- Drafts and replay keys are their author's alone.
create policy draft_own on hien.registration_draft to hien_app
  using (staff_id = (select hien.actor())) with check (staff_id = (select hien.actor()) and agency_id = (select hien.agency()));
create policy replay_own on hien.idempotency to hien_app, hien_auditor
  using (actor_id = (select hien.actor())) with check (actor_id = (select hien.actor()));

-- The log: everybody writes only in their own name; only auditors read, within their area.
create policy event_appended on hien.audit_event for insert to hien_app, hien_auditor
  with check (actor_id is not distinct from (select hien.actor()) and agency_id is not distinct from (select hien.agency()));
create policy event_case_appended on hien.audit_event_case for insert to hien_app, hien_auditor, hien_keeper, hien_sequencer with check (true);
create policy event_of_keeper on hien.audit_event for insert to hien_keeper
  with check (actor_id is null and agency_id is null and action in ('keys.rotate', 'keys.reencrypt', 'keys.guardian', 'keys.cover', 'keys.renew_ring', 'reports.open_statistics'));
create policy event_audited on hien.audit_event for select to hien_auditor
  using ((select hien.audit_scope()) && array[agency_id, owner_agency_id]
    or (select hien.audits_everywhere()));
create policy event_case_audited on hien.audit_event_case for select to hien_auditor
  using (exists (select 1 from hien.audit_event e where e.recorded_at = audit_event_case.recorded_at and e.id = audit_event_case.event_id));
create policy event_of_sequencer on hien.audit_event for insert to hien_sequencer
  with check (actor_id is null and agency_id is null and action = 'audit.heartbeat');
-- The tree: hashes of the whole log, for every auditor; which event a leaf stands for, within the auditor's area only.
create policy leaf_audited on hien.audit_leaf for select to hien_auditor
  using (exists (select 1 from hien.audit_event e where e.recorded_at = audit_leaf.recorded_at and e.id = audit_leaf.event_id));
create policy tile_audited on hien.audit_tile for select to hien_auditor using ((select hien.has_role('auditor')));
create policy checkpoint_audited on hien.audit_checkpoint for select to hien_auditor using ((select hien.has_role('auditor')));
create policy cosignature_audited on hien.audit_cosignature for select to hien_auditor using ((select hien.has_role('auditor')));
create policy case_code_audited on hien.case_file for select to hien_auditor
  using (owner_agency_id = any ((select hien.audit_scope())::uuid[]));

-- Whose family name somebody in a case bears: for the auditors of that person's agency and of the case's, and for nobody else.
create policy surname_match_audited on hien.surname_match for select to hien_auditor
  using ((select hien.audit_scope()) && array[agency_id, owner_agency_id]);

-- Findings: of the auditor's own agency, never about herself; they rest on events that she may read. Whoever is asked for
-- an explanation sees what she was asked, and nothing of the finding.
create policy finding_seen on hien.finding for select to hien_auditor
  using (agency_id = (select hien.agency()) and (select hien.has_role('auditor')) and actor_id <> (select hien.actor()));
create policy finding_recorded on hien.finding for insert to hien_auditor
  with check (agency_id = (select hien.agency()) and (select hien.has_role('auditor')) and auditor_id = (select hien.actor())
    and actor_id <> (select hien.actor()));
create policy finding_moved on hien.finding for update to hien_auditor
  using (agency_id = (select hien.agency()) and (select hien.has_role('auditor')) and actor_id <> (select hien.actor()))
  with check (agency_id = (select hien.agency()));
create policy finding_event_seen on hien.finding_event for select to hien_auditor
  using (exists (select 1 from hien.finding f where f.id = finding_event.finding_id));
create policy finding_event_recorded on hien.finding_event for insert to hien_auditor
  with check (exists (select 1 from hien.finding f join hien.audit_event e on e.actor_id = f.actor_id
    where f.id = finding_event.finding_id and e.recorded_at = finding_event.recorded_at and e.id = finding_event.event_id));
create policy explanation_seen on hien.explanation for select to hien_auditor
  using (exists (select 1 from hien.finding f where f.id = explanation.finding_id));
create policy explanation_asked on hien.explanation for insert to hien_auditor
  with check (asked_by = (select hien.actor()) and agency_id = (select hien.agency())
    and exists (select 1 from hien.finding f where f.id = explanation.finding_id and f.actor_id = explanation.staff_id));
create policy explanation_mine on hien.explanation for select to hien_app
  using (staff_id = (select hien.actor()));

-- Dump, restore and erasure work on whole tables, as a role that nobody signs in as; the log they can only add to.
do $$
declare
  t text;
begin
  grant select, insert, update, delete on all tables in schema hien to hien_archivist;
  for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'hien' and c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity loop
    execute format('create policy archivist_keeps on hien.%I to hien_archivist using (true) with check (true)', t);
  end loop;
  for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'hien' and c.relname like 'audit\_%' and c.relkind in ('r', 'p') loop
    execute format('revoke update, delete on hien.%I from hien_archivist', t);
  end loop;
  -- That a day was found whole, only the function that looked may say.
  revoke all on hien.audit_day_check from hien_archivist;
end $$;
