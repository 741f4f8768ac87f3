#!/bin/sh
# Make the secrets that compose.yaml mounts, random and once: what exists is never replaced.
# The folder is closed to others. Its files are readable, because each container's own user must
# read them through a mount, which keeps the modes of this machine.
set -eu
folder="$(cd "$(dirname "$0")" && pwd)/secrets"
if [ -e "$folder" ]; then
  echo "$folder exists already; nothing was changed." >&2
  exit 1
fi
umask 077
mkdir "$folder"
cd "$folder"

random() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c "$1"; }
put() { printf '%s' "$2" >"$1"; chmod 444 "$1"; }

app="$(random 40)"
owner="$(random 40)"
broker="$(random 40)"
put secret_key "$(random 64)"
put postgres_password "$(random 40)"
put tracker_app_password "$app"
put tracker_owner_password "$owner"
put database_url "postgres://tracker_app:$app@postgres:5432/tracker"
put migrate_database_url "postgres://tracker_owner:$owner@postgres:5432/tracker"
put broker_url "amqp://tracker:$broker@rabbitmq:5672//"
put rabbitmq_user.conf "default_user = tracker
default_pass = $broker
"
echo "Secrets are in $folder. Keep a copy where you keep your backups." >&2
