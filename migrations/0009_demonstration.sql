-- How far the demonstration has come. A history that was cut off (a killed start) is continued at the next start,
-- from its own first moment on, and never begun a second time.
set role hien_owner;

alter table hien.installation
  add column demonstration_began_at timestamptz,
  add column demonstration_done_at timestamptz;
update hien.installation set demonstration_began_at = created_at, demonstration_done_at = now() where is_demonstration;

reset role;
