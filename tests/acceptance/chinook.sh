#!/usr/bin/env bash
# Loads Chinook over the HTTP API of the generated service, compares every row, and walks pages by cursor under writes;
# on both databases. About two minutes after the builds.
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
need_backgen
for database in $DATABASES; do
    build_service chinook "$database"
    database_url chinook "$database"
    start_service "$WORK/chinook-$database" chinook "$DATABASE_URL" "$BINARY"
    python3 tests/acceptance/chinook.py "http://127.0.0.1:$SERVICE_PORT/api"
    stop_services
done
say "Chinook: loaded, equal, walked on $DATABASES"
