-- Who has had a case before her in which somebody bears her own family name, where that name is rare enough to say something
-- (audit-rules.json of the directory). For the auditor's list of what is unusual, and for nothing else: a row of its own and not a
-- part of the event, because the log is never changed and leaves the house, and this goes when the case is erased.
-- The agencies are copies, as in access_grant: those of the person and of the case when it was noted.
set role hien_owner;
create table hien.surname_match (
  case_id uuid not null references hien.case_file on delete cascade,
  staff_id uuid not null references hien.staff,
  agency_id uuid not null references hien.agency,
  owner_agency_id uuid not null references hien.agency,
  noted_at timestamptz not null,
  primary key (staff_id, case_id)
);
create index surname_match_case on hien.surname_match (case_id);
grant insert on hien.surname_match to hien_definer;
grant select on hien.surname_match to hien_auditor;
reset role;

set role hien_definer;

-- Notes it about the bound person and nobody else, once for each case whose words she may have: of her team, or by an envelope
-- that is hers to read. Says nothing, so that nobody learns by it what was noted before. `moment` is the time of the deed's event.
create function hien.note_surname_match(of_case uuid, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
begin
  if context is null or not (hien.sees_case(of_case)
    or exists (select 1 from hien.referral r where r.case_id = of_case and r.recipient_agency_id = context[2]::uuid and hien.opens_envelope(r.id)))
    then return; end if;
  insert into hien.surname_match (case_id, staff_id, agency_id, owner_agency_id, noted_at)
  select c.id, context[1]::uuid, context[2]::uuid, c.owner_agency_id, moment from hien.case_file c where c.id = of_case
  on conflict do nothing;
end $$;

revoke all on function hien.note_surname_match(uuid, timestamptz) from public;
grant execute on function hien.note_surname_match(uuid, timestamptz) to hien_app;
reset role;
