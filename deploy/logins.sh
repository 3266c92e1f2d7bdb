#!/usr/bin/env bash
# Once, when the database is made: the three logins of the application. Rights come from `migrate`.
set -euo pipefail
service=$(cat /run/secrets/service_password)
auditor=$(cat /run/secrets/auditor_password)
sequencer=$(cat /run/secrets/sequencer_password)
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v service="$service" -v auditor="$auditor" -v sequencer="$sequencer" <<'SQL'
create role hien_service login nosuperuser nobypassrls password :'service';
create role hien_service_auditor login nosuperuser nobypassrls password :'auditor';
create role hien_service_sequencer login nosuperuser nobypassrls password :'sequencer';
SQL
