-- Keys that change: the keeper of keys seals the same things again under newer keys, and takes the old keys away.
--   hien_keeper   re-seals grants, notices, drafts and documents; reads no name, sets no state; nobody signs in as it
-- The application's role gains one right: to ask for new data keys. It cannot see that it asked.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'hien_keeper') then
    create role hien_keeper nologin nosuperuser nobypassrls;
  end if;
  execute format('grant hien_keeper to %I', current_user);
end $$;
grant usage on schema hien to hien_keeper;

set role hien_owner;

-- A destroyed version keeps its public half, so that its number is never given again; its private halves are empty.
alter table hien.principal_key add column destroyed_at timestamptz;
alter table hien.principal_key add check (destroyed_at is null
  or (retired_at is not null and octet_length(wrapped_private_key) = 0 and octet_length(wrapped_list_key) = 0));

-- Subjects whose data keys are to be renewed: something of them was shared and taken back.
create table hien.key_renewal (
  id uuid primary key,
  subject_kind text not null check (subject_kind in ('case', 'referral')),
  subject_id uuid not null,
  case_id uuid not null references hien.case_file on delete cascade,
  owner_agency_id uuid not null,
  asked_at timestamptz not null default clock_timestamp(),
  renewed_at timestamptz
);
create index key_renewal_asked on hien.key_renewal (asked_at);
create index key_renewal_case on hien.key_renewal (case_id);

-- A grant sealed to a key that has been destroyed meanwhile could never be opened: better no grant, and an error. Asked at
-- the commit; the destruction of a key waits for whoever is asking, and they for it.
create function hien.refuse_dead_holder() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.holder_id::text, 11));
  if exists (select 1 from hien.principal_key p
       where p.principal_id = new.holder_id and p.version = new.holder_key_version and p.destroyed_at is not null)
  then raise exception 'the key of this holder is destroyed' using errcode = 'HN005'; end if;
  return null;
end $$;
create constraint trigger grant_holder_lives after insert on hien.access_grant deferrable initially deferred
  for each row execute function hien.refuse_dead_holder();

grant insert (id, subject_kind, subject_id, case_id, owner_agency_id) on hien.key_renewal to hien_app;
grant select, delete, update (renewed_at) on hien.key_renewal to hien_keeper;
grant select (id) on hien.key_renewal to hien_definer;
grant select, insert, update (retired_at, destroyed_at, wrapped_private_key, wrapped_list_key) on hien.principal_key to hien_keeper;
grant select, update (holder_key_version, bundle) on hien.access_grant to hien_keeper;
grant select, insert, delete on hien.data_key to hien_keeper;
grant select, update (key_version, sealed) on hien.sealed_document to hien_keeper;
grant select (id, case_id, sender_agency_id, recipient_agency_id, sender_key_version, sender_notice, recipient_key_version, recipient_notice),
  update (sender_key_version, sender_notice, recipient_key_version, recipient_notice) on hien.referral to hien_keeper;
grant select (id, staff_id, agency_id, version, key_version, sealed), update (key_version, sealed) on hien.registration_draft to hien_keeper;
grant select (audit_epoch) on hien.installation to hien_keeper;
-- Asked by the trigger that guards the steps of a referral.
grant select on hien.referral_step to hien_keeper;
grant insert on hien.audit_event, hien.audit_event_case to hien_keeper;
reset role;

set role hien_definer;
-- Whether anything waits; not what.
create function hien.renewals_wait() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from hien.key_renewal)
$$;
revoke all on function hien.renewals_wait() from public;
grant execute on function hien.renewals_wait() to hien_app;
grant execute on function hien.advance_session(int), hien.bound(), hien.actor(), hien.agency() to hien_keeper;
reset role;
