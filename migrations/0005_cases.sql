-- Cases, the one access list (grants and their members) and sealed documents.
-- In the clear stands only what work lists need; everything that tells the story is sealed.
set role hien_owner;

create table hien.case_file (
  id uuid primary key,
  code text not null unique,
  owner_agency_id uuid not null references hien.agency,
  stage text not null,
  priority smallint not null check (priority between 0 and 4),
  due_at timestamptz,
  assignee_id uuid references hien.staff,
  basis_kind text not null check (basis_kind in ('consent', 'legal')),
  version int not null default 1,
  created_by uuid not null references hien.staff,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  is_demonstration boolean not null default false
);
create index case_file_owner on hien.case_file (owner_agency_id, id desc);

-- A grant is a key: data keys sealed to the holder (HPKE), with basis and end.
create table hien.access_grant (
  id uuid primary key,
  holder_kind text not null check (holder_kind in ('agency', 'staff', 'statistics', 'guardian')),
  holder_id uuid not null,
  holder_key_version int not null,
  subject_kind text not null check (subject_kind in ('case', 'referral')),
  subject_id uuid not null,
  case_id uuid not null references hien.case_file on delete cascade,
  owner_agency_id uuid not null,
  basis_kind text not null,
  basis_id uuid,
  begins_at timestamptz not null,
  ends_at timestamptz,
  bundle bytea not null
);
create index access_grant_holder on hien.access_grant (holder_id, subject_id);
create index access_grant_subject on hien.access_grant (subject_id);
create index access_grant_case on hien.access_grant (case_id);

-- The team: who within the holder works under this grant. Falls with the grant.
create table hien.case_member (
  grant_id uuid not null references hien.access_grant on delete cascade,
  staff_id uuid not null references hien.staff,
  agency_id uuid not null,
  subject_kind text not null check (subject_kind in ('case', 'referral')),
  subject_id uuid not null,
  case_id uuid not null,
  member_role text not null check (member_role in ('lead', 'member')),
  begins_at timestamptz not null,
  ends_at timestamptz,
  primary key (grant_id, staff_id)
);
create index case_member_staff on hien.case_member (staff_id, subject_kind, subject_id desc);
create index case_member_subject on hien.case_member (subject_id);
create index case_member_case on hien.case_member (case_id);

-- HMAC commitments of the data keys, one per subject, compartment and version.
create table hien.data_key (
  subject_id uuid not null,
  compartment text not null,
  version int not null,
  subject_kind text not null check (subject_kind in ('case', 'referral')),
  case_id uuid not null references hien.case_file on delete cascade,
  owner_agency_id uuid not null,
  commitment bytea not null check (octet_length(commitment) = 32),
  created_at timestamptz not null,
  primary key (subject_id, compartment, version)
);

create table hien.sealed_document (
  id uuid not null,
  revision int not null check (revision > 0),
  is_current boolean not null default true,
  subject_kind text not null check (subject_kind in ('case', 'referral')),
  subject_id uuid not null,
  case_id uuid not null references hien.case_file on delete cascade,
  owner_agency_id uuid not null,
  record_kind text not null,
  record_id uuid not null,
  compartment text not null,
  key_version int not null,
  sealed bytea not null,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (id, revision)
);
create index sealed_document_subject on hien.sealed_document (subject_id) where is_current;
create index sealed_document_case on hien.sealed_document (case_id);

create table hien.blind_index (
  case_id uuid not null references hien.case_file on delete cascade,
  owner_agency_id uuid not null,
  record_kind text not null,
  record_id uuid not null,
  purpose text not null check (purpose in ('search', 'conflict', 'match')),
  field text not null,
  value bytea not null
);
create index blind_index_value on hien.blind_index (purpose, field, value);
create index blind_index_case on hien.blind_index (case_id);

create table hien.registration_draft (
  id uuid primary key,
  staff_id uuid not null references hien.staff,
  agency_id uuid not null,
  page smallint not null,
  version int not null,
  key_version int not null,
  sealed bytea not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null
);
create index registration_draft_staff on hien.registration_draft (staff_id, updated_at desc);

create table hien.idempotency (
  actor_id uuid not null,
  key text not null,
  request_mac bytea not null,
  status smallint not null,
  resource_id uuid not null,
  created_at timestamptz not null,
  primary key (actor_id, key)
);

create table hien.consent (
  id uuid primary key,
  case_id uuid not null references hien.case_file on delete cascade,
  owner_agency_id uuid not null,
  recipient_agency_id uuid not null references hien.agency,
  state text not null check (state in ('valid', 'withdrawn')),
  valid_until date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  version int not null default 1
);
create index consent_case on hien.consent (case_id);

grant select, insert on hien.case_file, hien.access_grant, hien.case_member, hien.data_key, hien.sealed_document, hien.blind_index,
  hien.registration_draft, hien.idempotency, hien.consent to hien_app;
grant update (stage, priority, due_at, assignee_id, version, changed_at) on hien.case_file to hien_app;
grant update (ends_at) on hien.access_grant, hien.case_member to hien_app;
grant update (is_current) on hien.sealed_document to hien_app;
grant update (page, version, key_version, sealed, updated_at, expires_at) on hien.registration_draft to hien_app;
grant update (state, withdrawn_at, version) on hien.consent to hien_app;
grant delete on hien.access_grant, hien.case_member, hien.data_key, hien.sealed_document, hien.blind_index, hien.registration_draft to hien_app;

-- Definers see the shape of things, never a sealed byte.
grant select (id, code, owner_agency_id, stage, assignee_id, version, created_by) on hien.case_file to hien_definer;
grant select (id, code, owner_agency_id) on hien.case_file to hien_auditor;
grant select (id, holder_kind, holder_id, subject_kind, subject_id, case_id, owner_agency_id, begins_at, ends_at) on hien.access_grant to hien_definer;
grant select on hien.case_member to hien_definer;
grant select (id, case_id, owner_agency_id, state) on hien.consent to hien_definer;
grant select (staff_id, expires_at), delete on hien.registration_draft to hien_definer;
grant select (created_at), delete on hien.idempotency to hien_definer;
reset role;
