#!/bin/sh
# Run once by the PostgreSQL image when the volume is empty: the owner migrates, the service only works with rows.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$ZHENGXINLU_OWNER_PASSWORD" --set service_password="$ZHENGXINLU_SERVICE_PASSWORD" <<'SQL'
create role zhengxinlu_owner login nosuperuser nocreaterole createdb password :'owner_password';
create role zhengxinlu_service login nosuperuser nocreaterole nocreatedb password :'service_password';
alter role zhengxinlu_service set idle_in_transaction_session_timeout = '5s';
alter role zhengxinlu_service set statement_timeout = '30s';
alter role zhengxinlu_service set lock_timeout = '10s';
create database zhengxinlu owner zhengxinlu_owner;
SQL
