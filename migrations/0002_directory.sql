-- The directory: versioned data, never code. A row is never rewritten when the law changes:
-- it gets an end, and a new row begins (domain: areas reuse codes, so a key is code + valid_from).
set role hien_owner;

create table hien.area (
  code text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  parent text,
  level text not null check (level in ('province', 'commune')),
  primary key (code, valid_from)
);
create index area_parent on hien.area (parent);

create table hien.agency (
  id uuid primary key,
  name_vi text not null,
  name_en text not null,
  kind text not null,
  area_code text not null,
  responsible_head text,
  desk_phone text,
  desk_hours text,
  valid_from date not null,
  valid_to date
);
create table hien.agency_sector (
  agency_id uuid not null references hien.agency,
  sector text not null,
  primary key (agency_id, sector)
);
create table hien.agency_area (
  agency_id uuid not null references hien.agency,
  area_code text not null,
  primary key (agency_id, area_code)
);
create table hien.agency_service (
  agency_id uuid not null references hien.agency,
  service text not null,
  primary key (agency_id, service)
);

create table hien.code_list (
  list text not null,
  version int not null,
  name_vi text not null,
  name_en text not null,
  valid_from date not null,
  valid_to date,
  source text,
  verified boolean not null,
  primary key (list, version)
);
create table hien.code (
  list text not null,
  version int not null,
  code text not null,
  position int not null,
  name_vi text not null,
  name_en text not null,
  hint_vi text,
  hint_en text,
  valid_from date not null,
  valid_to date,
  verified boolean not null,
  meta jsonb not null default '{}',
  primary key (list, version, code),
  foreign key (list, version) references hien.code_list
);

create table hien.service (
  code text not null,
  sector text not null,
  name_vi text not null,
  name_en text not null,
  default_urgency text not null,
  valid_from date not null,
  valid_to date,
  source text,
  verified boolean not null,
  primary key (code, valid_from)
);
create table hien.clock_rule (
  code text not null,
  trigger_vi text not null,
  trigger_en text not null,
  actor_vi text not null,
  actor_en text not null,
  time_limit text,
  calendar text not null,
  valid_from date not null,
  valid_to date,
  source text,
  verified boolean not null,
  primary key (code, valid_from)
);
create table hien.purpose (
  code text not null,
  name_vi text not null,
  name_en text not null,
  default_for text[] not null,
  allowed_for text[] not null,
  valid_from date not null,
  valid_to date,
  primary key (code, valid_from)
);
create table hien.hotline (
  code text not null,
  number text not null,
  name_vi text not null,
  name_en text not null,
  valid_from date not null,
  valid_to date,
  source text,
  verified boolean not null,
  primary key (code, valid_from)
);

-- Facts about this installation: demonstration or not, cluster epoch of the audit log.
create table hien.installation (
  only_row boolean primary key default true check (only_row),
  is_demonstration boolean not null default false,
  audit_epoch int not null default 1,
  created_at timestamptz not null default now()
);
insert into hien.installation default values;

grant select on hien.area, hien.agency, hien.agency_sector, hien.agency_area, hien.agency_service, hien.code_list, hien.code,
  hien.service, hien.clock_rule, hien.purpose, hien.hotline, hien.installation to hien_app, hien_auditor, hien_definer;
reset role;
