-- Staff, what proves who they are, and the bound context: SQL that runs as the application's role
-- cannot choose who it is, because only hien.bind_session sets the actor, and signs what it set.
set role hien_owner;

create table hien.staff (
  id uuid primary key,
  username text not null unique check (username = lower(username)),
  display_name text not null,
  agency_id uuid not null references hien.agency,
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);
create index staff_agency on hien.staff (agency_id);

create table hien.staff_role (
  staff_id uuid not null references hien.staff on delete cascade,
  role text not null check (role in ('case_worker', 'duty_officer', 'supervisor', 'coordinator', 'auditor', 'agency_admin', 'operator')),
  primary key (staff_id, role)
);

-- verifier = SHA-256 of the argon2id output; the application never sees it.
create table hien.staff_credential (
  staff_id uuid primary key references hien.staff on delete cascade,
  parameters text not null,
  salt bytea not null check (octet_length(salt) = 16),
  verifier bytea not null check (octet_length(verifier) = 32),
  changed_at timestamptz not null default now()
);

create table hien.staff_session (
  id uuid primary key,
  staff_id uuid not null references hien.staff on delete cascade,
  public_hash bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  locked_at timestamptz,
  ended_at timestamptz,
  event_seq bigint not null default 0
) with (fillfactor = 70);
create index staff_session_staff on hien.staff_session (staff_id);

-- One session, several bearers: the cookie, and short-lived ones inside a partner's JWT.
create table hien.session_token (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  session_id uuid not null references hien.staff_session on delete cascade,
  kind text not null check (kind in ('cookie', 'bearer')),
  expires_at timestamptz not null
);
create index session_token_session on hien.session_token (session_id);

-- Keys of the context's MAC (RFC 2104 pads, ready to hash); random per installation.
create table hien.binding_secret (
  only_row boolean primary key default true check (only_row),
  inner_pad bytea not null,
  outer_pad bytea not null,
  decoy bytea not null
);
do $$
declare
  secret bytea := sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
  inner_pad bytea := decode(repeat('36', 64), 'hex');
  outer_pad bytea := decode(repeat('5c', 64), 'hex');
begin
  for i in 0..31 loop
    inner_pad := set_byte(inner_pad, i, get_byte(inner_pad, i) # get_byte(secret, i));
    outer_pad := set_byte(outer_pad, i, get_byte(outer_pad, i) # get_byte(secret, i));
  end loop;
  insert into hien.binding_secret (inner_pad, outer_pad, decoy)
  values (inner_pad, outer_pad, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
end $$;

create table hien.principal_key (
  principal_id uuid not null,
  kind text not null check (kind in ('agency', 'staff', 'statistics', 'guardian')),
  version int not null check (version > 0),
  public_key bytea not null check (octet_length(public_key) = 32),
  vouch bytea not null,
  wrapped_private_key bytea not null,
  wrapped_list_key bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (principal_id, version)
);

grant select on hien.staff, hien.staff_role to hien_app, hien_auditor, hien_definer;
grant select on hien.principal_key to hien_app;
grant select on hien.staff_credential, hien.binding_secret to hien_definer;
grant select, insert, update on hien.staff_session, hien.session_token to hien_definer;
grant delete on hien.session_token to hien_definer;
reset role;
