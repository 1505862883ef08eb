#!/usr/bin/env bash
# The bookshop as tools from outside see it, on both databases: Schemathesis (PyPI), Redocly and Spectral (npm), a TypeScript
# client (openapi-typescript, openapi-fetch) and a Rust client (progenitor), both generated from openapi.json and calling
# the live service. Everything is installed into a temporary folder. About a quarter of an hour.
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
examples=${EXAMPLES:-100} least=${LEAST_CASES:-2000}

need_tools() {
    command -v npm >/dev/null || install_packages npm
    python3 -m venv "$WORK/venv" 2>/dev/null || { install_packages python3-venv; python3 -m venv "$WORK/venv"; }
    "$WORK/venv/bin/pip" install --quiet 'schemathesis==4.32.5'
    cp -R tests/acceptance/clients/. "$WORK/clients"
    (cd "$WORK/clients/typescript" && npm install --no-audit --no-fund --silent)
}

fetch() {
    python3 - "$1" "$2" <<'PY'
import sys, urllib.request
open(sys.argv[2], "wb").write(urllib.request.urlopen(sys.argv[1]).read())
PY
}

fuzz() {
    say "Schemathesis, all checks, all phases ($1)"
    # More workers bring down CPython 3.11, whose ast.parse counts the calls of all threads together (python/cpython#106905).
    SCHEMATHESIS_HOOKS=$WORK/clients/schemathesis/hooks.py "$WORK/venv/bin/st" \
        --config-file "$WORK/clients/schemathesis/schemathesis.toml" run "$base/openapi.json" \
        --phases examples,coverage,fuzzing,stateful --checks all --mode all --max-examples "$examples" --workers 1 \
        --header "Authorization: Bearer $token" --continue-on-failure --report json --report-json-path "$WORK/fuzz.json" || true
    python3 - "$WORK/fuzz.json" "$least" <<'PY'
import json, sys
report, least = json.load(open(sys.argv[1])), int(sys.argv[2])
cases, phases = report["test_cases"], report["phases"]
print("cases:", cases["generated"], "failures:", len(report["failures"]), {name: it["status"] for name, it in phases.items()})
print("warnings:", {name: len(it) for name, it in report["warnings"].items() if it})
skipped = [name for name, it in phases.items() if it["status"] == "skip" and name != "examples"]
if report["failures"] or report["errors"] or cases["errored"] or skipped or cases["generated"] < least:
    sys.exit(f"Schemathesis: failures, errors, phases that did not run {skipped}, or fewer than {least} cases")
PY
}

lint() {
    say "Redocly and Spectral"
    (
        cd "$WORK/clients/typescript"
        cp "$WORK/openapi.json" openapi.json
        npx redocly lint openapi.json --extends=recommended
        npx spectral lint openapi.json --ruleset spectral.yaml --fail-severity=error
    )
}

call_typescript() {
    say "TypeScript client"
    (
        cd "$WORK/clients/typescript"
        # What has a default may be left out of a request.
        npx openapi-typescript openapi.json --default-non-nullable=false --output schema.d.ts
        npx tsc --noEmit --project .
        AUTHORIZATION="Bearer $token" npx tsx client.ts "$base"
    )
}

call_rust() {
    say "Rust client"
    # progenitor reads no 3.1.
    "$BACKGEN" inspect openapi --openapi 3.0 --project "$WORK/bookshop-$1" >"$WORK/clients/rust/openapi.json"
    AUTHORIZATION="Bearer $token" cargo run --quiet --manifest-path "$WORK/clients/rust/Cargo.toml" --target-dir "$TARGET/client" -- "$base"
}

need_backgen
need_tools
for database in $DATABASES; do
    build_service bookshop "$database"
    database_url bookshop "$database"
    start_service "$WORK/bookshop-$database" bookshop "$DATABASE_URL" "$BINARY"
    base=http://127.0.0.1:$SERVICE_PORT
    token=$(token_of bookshop "$database" tester --role admin --role support --for 24h)
    fetch "$base/openapi.json" "$WORK/openapi.json"
    [ "$database" = "${DATABASES%% *}" ] && lint
    call_typescript
    call_rust "$database"
    fuzz "$database"
    stop_services
done
say "clients: all content on $DATABASES"
