-- Statistics: a coarsened record of each case whose survivor agreed to it, under a key per reporting period. Whoever writes
-- it cannot read it, nor what was there before; so what was there goes through a function.
set role hien_owner;
grant select (subject_id, compartment), delete on hien.sealed_document, hien.data_key to hien_definer;
reset role;

set role hien_definer;

-- The first keys of a period, made by the custodian; if there are some, these stay. Its id is made of its name, as in
-- server/keys/named-principals.ts. A public key that the custodian does not vouch for is refused wherever it is read.
create function hien.add_statistics_principal(period text, new_public_key bytea, new_vouch bytea, new_private bytea, new_list bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  hex constant text := encode(sha256(convert_to('hien-principal:statistics/' || period, 'UTF8')), 'hex');
begin
  if hien.actor() is null or period !~ '^[0-9]{4}-[A-Z0-9]{1,10}$' then return; end if;
  insert into hien.principal_key (principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key)
  values (overlay(overlay(left(hex, 32) placing '8' from 13) placing '8' from 17)::uuid, 'statistics', 1,
    new_public_key, new_vouch, new_private, new_list) on conflict do nothing;
end $$;

-- Takes the statistics of a case that the bound person keeps: the record, its key's commitment and its grant.
create function hien.drop_statistics(wanted uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not hien.keeps_case(wanted) then return; end if;
  delete from hien.sealed_document d where d.subject_id = wanted and d.compartment = 'statistics';
  delete from hien.data_key k where k.subject_id = wanted and k.compartment = 'statistics';
  delete from hien.access_grant g where g.subject_id = wanted and g.holder_kind = 'statistics';
end $$;

do $$
declare
  signature text;
begin
  foreach signature in array array['add_statistics_principal(text, bytea, bytea, bytea, bytea)', 'drop_statistics(uuid)'] loop
    execute format('revoke all on function hien.%s from public', signature);
    execute format('grant execute on function hien.%s to hien_app', signature);
  end loop;
end $$;
reset role;
