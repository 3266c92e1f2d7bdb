#!/usr/bin/env sh
# Turns mounted secrets into the URLs that the process reads; a secret that is not mounted yields no URL.
set -eu
url() { printf 'postgresql://%s:%s@%s:5432/hien' "$1" "$(cat "/run/secrets/$2")" "$DATABASE_HOST"; }
if [ -r /run/secrets/service_password ]; then DATABASE_URL=$(url hien_service service_password); export DATABASE_URL; fi
if [ -r /run/secrets/auditor_password ]; then DATABASE_AUDITOR_URL=$(url hien_service_auditor auditor_password); export DATABASE_AUDITOR_URL; fi
if [ -r /run/secrets/sequencer_password ]; then DATABASE_SEQUENCER_URL=$(url hien_service_sequencer sequencer_password); export DATABASE_SEQUENCER_URL; fi
if [ -r /run/secrets/postgres_password ]; then DATABASE_OWNER_URL=$(url hien_migrator postgres_password); export DATABASE_OWNER_URL; fi
exec "$@"
