#!/bin/sh
# Runs once, when the database is made. The superuser stays with the server; tracker_owner
# migrates; tracker_app serves and works, and gets its rights table by table from `migrate`.
set -eu
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set=owner_password="$(cat /run/secrets/tracker_owner_password)" \
  --set=app_password="$(cat /run/secrets/tracker_app_password)" \
  --set=database="$POSTGRES_DB" <<'SQL'
BEGIN;
CREATE ROLE tracker_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE tracker_app LOGIN PASSWORD :'app_password';
ALTER DATABASE :"database" OWNER TO tracker_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO tracker_app;
COMMIT;
SQL
