-- Erasure with proof, and what dumps need. `hien_archivist` reads and writes whole tables for dump, restore and erasure;
-- nobody signs in as it, and a login of the application that could become it is refused at start.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'hien_archivist') then
    create role hien_archivist nologin nosuperuser nobypassrls;
  end if;
  execute format('grant hien_archivist to %I', current_user);
end $$;
grant hien_app to hien_archivist;
grant usage on schema hien to hien_archivist;

set role hien_owner;

-- Which installation a dump belongs to, and for how many days copies of keys are kept at most.
alter table hien.installation
  add column id uuid not null default gen_random_uuid(),
  add column key_copy_days int not null default 35 check (key_copy_days between 1 and 366);

-- Somebody asked that a case be erased; somebody else has seven days to confirm it.
create table hien.erasure_request (
  case_id uuid primary key,
  owner_agency_id uuid not null,
  reason text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null
);

-- What remains of an erased case: that it was erased. The certificate is canonical JSON of ids, counts and days.
create table hien.erased_case (
  case_id uuid primary key,
  code text not null unique,
  owner_agency_id uuid not null,
  erased_at timestamptz not null,
  certificate text not null
);
grant select (case_id, code) on hien.erased_case to hien_definer;
reset role;

-- Neither id nor code of an erased case is ever given out again, and no row of it comes back by mistake.
set role hien_definer;
create function hien.refuse_erased_case() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select 1 from hien.erased_case e where e.case_id = new.id or e.code = new.code) then
    raise exception 'this case was erased' using errcode = 'HN004';
  end if;
  return new;
end $$;
revoke all on function hien.refuse_erased_case() from public;
grant execute on function hien.refuse_erased_case() to hien_owner;
reset role;

set role hien_owner;
create trigger never_again before insert on hien.case_file for each row execute function hien.refuse_erased_case();
reset role;
