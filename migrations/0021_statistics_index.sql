-- Writing the statistics of a case anew: its old record is found by the case (without an index every document there is was read),
-- and two who write it at once, as two dispatches of one case do, do so one after the other.
set role hien_owner;

create index sealed_document_statistics on hien.sealed_document (subject_id) where compartment = 'statistics';

reset role;
set role hien_definer;

create or replace function hien.drop_statistics(wanted uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not hien.keeps_case(wanted) then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(wanted::text, 16));
  delete from hien.sealed_document d where d.subject_id = wanted and d.compartment = 'statistics';
  delete from hien.data_key k where k.subject_id = wanted and k.compartment = 'statistics';
  delete from hien.access_grant g where g.subject_id = wanted and g.holder_kind = 'statistics';
end $$;

reset role;
