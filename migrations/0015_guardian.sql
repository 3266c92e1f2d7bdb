-- The guardian: a principal of the installation that is granted every case, and whose private key no running server can open.
-- The keeper of keys gives its grants for what was there before it, and again when data keys are renewed.
set role hien_owner;
grant insert, delete on hien.access_grant to hien_keeper;
-- New master secrets vouch for the same keys again.
grant update (vouch) on hien.principal_key to hien_keeper;
reset role;
