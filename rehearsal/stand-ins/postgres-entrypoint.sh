#!/bin/sh
# Sets the database up by POSTGRES_USER, POSTGRES_DB and POSTGRES_PASSWORD where there is none yet, then runs the command.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "${POSTGRES_PASSWORD:?}" > /tmp/password
  initdb --username="${POSTGRES_USER:=postgres}" --pwfile=/tmp/password --auth=scram-sha-256 --encoding=UTF8 > /dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  echo "CREATE DATABASE \"${POSTGRES_DB:=$POSTGRES_USER}\"" | postgres --single -E -j postgres > /dev/null
fi
exec "$@" -c listen_addresses='*'
