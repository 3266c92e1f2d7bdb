-- Who may touch what. Three login-less roles hold the rights; deployments grant hien_app and
-- hien_auditor to the users of DATABASE_URL and DATABASE_AUDITOR_URL.
--   hien_owner    owns every table; nobody signs in as it
--   hien_definer  owns the few definer functions; sees what they need, never sealed content
--   hien_app      the application: owns nothing, bypasses nothing
--   hien_auditor  the auditor's pool: reads events, adds its own
do $$
declare
  role_name text;
begin
  foreach role_name in array array['hien_owner', 'hien_definer', 'hien_app', 'hien_auditor'] loop
    if not exists (select 1 from pg_roles where rolname = role_name) then
      execute format('create role %I nologin nosuperuser nobypassrls', role_name);
    end if;
  end loop;
end $$;

do $$
begin
  execute format('grant hien_owner, hien_definer to %I', current_user);
  execute format('grant create, connect on database %I to hien_owner', current_database());
end $$;

create schema hien authorization hien_owner;
grant usage on schema hien to hien_definer, hien_app, hien_auditor;
-- CREATE is needed only while the migrator hands functions over to hien_definer.
grant create on schema hien to hien_definer;
