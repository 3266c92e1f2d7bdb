set role hien_owner;

create table hien.referral (
  id uuid primary key,
  case_id uuid not null references hien.case_file on delete cascade,
  sender_agency_id uuid not null references hien.agency,
  recipient_agency_id uuid not null references hien.agency,
  state text not null,
  priority smallint not null check (priority between 0 and 4),
  basis_kind text check (basis_kind in ('consent', 'legal')),
  consent_id uuid references hien.consent,
  ends_on date not null,
  created_by uuid not null references hien.staff,
  created_at timestamptz not null,
  sent_at timestamptz,
  due_at timestamptz,
  received_at timestamptz,
  answered_at timestamptz,
  opened_at timestamptz,
  closed_at timestamptz,
  version int not null default 1,
  sender_key_version int,
  sender_notice bytea,
  recipient_key_version int,
  recipient_notice bytea
);
create index referral_case on hien.referral (case_id);
create index referral_inbox on hien.referral (recipient_agency_id, id desc);
create index referral_outbox on hien.referral (sender_agency_id, id desc);
create index referral_consent on hien.referral (consent_id) where consent_id is not null;

-- The table of steps, equal to server/referrals/referral-states.rules.ts (a test compares them).
create table hien.referral_step (
  from_state text not null,
  to_state text not null,
  primary key (from_state, to_state)
);
insert into hien.referral_step values
  ('draft', 'awaiting_consent'), ('draft', 'sent'),
  ('awaiting_consent', 'draft'), ('awaiting_consent', 'sent'),
  ('sent', 'received'), ('sent', 'accepted'), ('sent', 'declined'), ('sent', 'withdrawn'), ('sent', 'recalled'), ('sent', 'expired'),
  ('received', 'accepted'), ('received', 'declined'), ('received', 'withdrawn'), ('received', 'recalled'), ('received', 'expired'),
  ('accepted', 'in_service'), ('accepted', 'completed'), ('accepted', 'withdrawn'), ('accepted', 'recalled'), ('accepted', 'expired'),
  ('in_service', 'completed'), ('in_service', 'withdrawn'), ('in_service', 'recalled'), ('in_service', 'expired');

create function hien.guard_referral_step() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state not in ('draft', 'awaiting_consent') then raise exception 'a referral begins as a draft' using errcode = 'HN001'; end if;
    return new;
  end if;
  if new.state <> old.state and not exists (select 1 from hien.referral_step s where s.from_state = old.state and s.to_state = new.state) then
    raise exception 'no such step' using errcode = 'HN001';
  end if;
  if (new.id, new.case_id, new.sender_agency_id, new.recipient_agency_id) is distinct from (old.id, old.case_id, old.sender_agency_id, old.recipient_agency_id) then
    raise exception 'parties of a referral are fixed' using errcode = 'HN001';
  end if;
  return new;
end $$;
create trigger referral_step before insert or update on hien.referral for each row execute function hien.guard_referral_step();

grant select on hien.referral_step to hien_app, hien_definer;
grant select, insert, delete on hien.referral to hien_app;
grant update (state, priority, basis_kind, consent_id, ends_on, sent_at, due_at, received_at, answered_at, opened_at, closed_at, version,
  sender_key_version, sender_notice, recipient_key_version, recipient_notice) on hien.referral to hien_app;
grant select (id, case_id, sender_agency_id, recipient_agency_id, state, priority, sent_at, answered_at) on hien.referral to hien_definer;
reset role;
