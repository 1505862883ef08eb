#!/usr/bin/env bash
# Two customers of the bookshop, on both databases: Schemathesis as each of them tries the ids of the other, reads nothing
# of theirs and changes nothing; and the time of an answer tells nobody whether a row of somebody else is there. Minutes.
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
examples=${EXAMPLES:-20}

fuzz() {
    say "Schemathesis as $1, with the ids of $2"
    PEERS=$WORK/peers.json PEER=$2 SCHEMATHESIS_HOOKS=$WORK/schemathesis/peers.py "$WORK/venv/bin/st" \
        --config-file "$WORK/schemathesis/schemathesis.toml" run "$origin/openapi.json" \
        --phases examples,coverage,fuzzing,stateful --checks all --mode all --max-examples "$examples" --workers 1 \
        --header "Authorization: Bearer $3" --continue-on-failure --report json --report-json-path "$WORK/fuzz.json" || true
    python3 - "$WORK/fuzz.json" <<'PY'
import json, sys
report = json.load(open(sys.argv[1]))
print("cases:", report["test_cases"]["generated"], "failures:", len(report["failures"]))
if report["failures"] or report["errors"] or report["test_cases"]["errored"]:
    sys.exit("Schemathesis: failures or errors")
PY
}

need_backgen
python3 -m venv "$WORK/venv" 2>/dev/null || { install_packages python3-venv; python3 -m venv "$WORK/venv"; }
"$WORK/venv/bin/pip" install --quiet 'schemathesis==4.32.5'
cp -R tests/acceptance/clients/schemathesis "$WORK/schemathesis"
for database in $DATABASES; do
    build_service bookshop "$database"
    database_url bookshop "$database"
    start_service "$WORK/bookshop-$database" bookshop "$DATABASE_URL" "$BINARY"
    origin=http://127.0.0.1:$SERVICE_PORT
    ADMIN=$(token_of bookshop "$database" staff --role admin --role support --for 24h)
    ANN=$(token_of bookshop "$database" ann --for 24h)
    BEN=$(token_of bookshop "$database" ben --for 24h)
    export ADMIN ANN BEN
    python3 tests/acceptance/peers.py seed "$origin/api/v1" "$WORK/peers.json"
    say "does time tell?"
    python3 tests/acceptance/peers.py time "$origin/api/v1" "$WORK/peers.json"
    fuzz ann ben "$ANN"
    python3 tests/acceptance/peers.py verify "$origin/api/v1" "$WORK/peers.json"
    stop_services
done
say "peers: nobody sees or changes what is another's, on $DATABASES"
