#!/usr/bin/env bash
# Races and a storm of cancelled writes against the bookshop, on both databases; after it the service is started anew and
# asked for every write that it had acknowledged. About a minute after the builds.
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
need_backgen
for database in $DATABASES; do
    build_service bookshop "$database"
    DURABILITY=durable database_url bookshop "$database"
    start_service "$WORK/bookshop-$database" bookshop "$DATABASE_URL" "$BINARY"
    AUTHORIZATION="Bearer $(token_of bookshop "$database" tester --role admin --role support)"
    export AUTHORIZATION
    python3 tests/acceptance/storm.py run "http://127.0.0.1:$SERVICE_PORT/api/v1" "$WORK/acknowledged-$database"
    kill -9 "$SERVICE_PID" # what it has not committed by now is gone
    wait "$SERVICE_PID" 2>/dev/null || true
    start_service "$WORK/bookshop-$database" bookshop "$DATABASE_URL" "$BINARY"
    python3 tests/acceptance/storm.py verify "http://127.0.0.1:$SERVICE_PORT/api/v1" "$WORK/acknowledged-$database"
    stop_services
done
say "storm: nothing lost, one winner each, no 5xx on $DATABASES"
