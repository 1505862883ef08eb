#!/usr/bin/env bash
# What it costs to know the caller: GET by id of one service with `access: authenticated` against the same with `public`, a
# PASETO with each request, in rounds by turns, on both databases; writes the table of docs/PERFORMANCE.md. About two minutes
# after the builds. `SECONDS_A_ROUND`, `ROUNDS`, `ROWS` and `DATABASES` change what it does.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/postgres.sh
. tests/service.sh
root=$PWD
seconds=${SECONDS_A_ROUND:-3} rounds=${ROUNDS:-7} rows=${ROWS:-10000}
work=$root/target/bench/token
data=$(mktemp -d "${TMPDIR:-/tmp}/backgen-token.XXXXXX")
chmod 755 "$data"
export TMPDIR=$data

trap 'stop_services; stop_postgres; rm -rf "$data"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need_rust
need_postgres
export CARGO_PROFILE_RELEASE_LTO=thin CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1
say "building"
cargo build --release
BACKGEN=${CARGO_TARGET_DIR:-$root/target}/release/backgen
cargo build --release --manifest-path benches/load/Cargo.toml --target-dir "$root/target/bench/target"
load=$root/target/bench/target/release/load
rm -rf "$work"
mkdir -p "$work/bin"
# Both know callers, so that they share their tables, and differ in one word.
cp -R benches/spec "$work/spec-open"
printf 'auth:\n  roles: []\n' >>"$work/spec-open/backgen.yaml"
cp -R "$work/spec-open" "$work/spec-signed"
sed -i 's/get: Item, access: public/get: Item, access: authenticated/' "$work/spec-signed/specs/stock.yaml"

build() {
    local database=$1 kind=$2 specs=$3
    make_project "$specs" "$work/$kind-$database" "$database"
    cargo build --release --manifest-path "$work/$kind-$database/Cargo.toml" --target-dir "$root/target/bench/target"
    cp "$root/target/bench/target/release/stockroom" "$work/bin/$kind-$database"
}

start() {
    start_service "$work/$1-$2" stockroom "$3" "$work/bin/$1-$2" STOCKROOM__DATABASE__CONNECTIONS=16
}

measure() {
    local database=$1 name=$2 url=$3 pid port
    start open "$database" "$url"
    "$load" seed "http://127.0.0.1:$SERVICE_PORT" "$rows"
    pid=$SERVICE_PID port=$SERVICE_PORT
    start signed "$database" "$url"
    AUTHORIZATION="Bearer $(cd "$work/signed-$database" && "$work/bin/signed-$database" token --subject bench)"
    export AUTHORIZATION
    ONLY=get TARGET=0.95 "$load" compare "$name" "http://127.0.0.1:$port" "$pid" "http://127.0.0.1:$SERVICE_PORT" \
        "$SERVICE_PID" "$seconds" "$rounds" | tee "$work/$database.md"
    unset AUTHORIZATION
    stop_services
}

for database in ${DATABASES:-sqlite postgres}; do
    build "$database" open "$work/spec-open"
    build "$database" signed "$work/spec-signed"
done
for database in ${DATABASES:-sqlite postgres}; do
    if [ "$database" = sqlite ]; then
        measure sqlite SQLite "sqlite://$data/token.db"
    else
        start_postgres durable
        postgres_sql "create database token"
        measure postgres PostgreSQL "$POSTGRES_URL/token"
        stop_postgres
    fi
done

{
    echo
    echo "$(nproc) cores shared by client, service and database; 32 connections; medians of $rounds rounds of $seconds s, by turns."
    echo
    echo "| database | operation | public, requests/s | with a token, requests/s | ratio (least to most) | p99 ratio | CPU public, us | CPU with a token, us | ratio | target | held |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|"
    for database in ${DATABASES:-sqlite postgres}; do
        grep -v memory "$work/$database.md"
    done
    echo
} | put_section docs/PERFORMANCE.md token
say "docs/PERFORMANCE.md is written"
if grep -h '| NO |' "$work"/*.md; then
    die "a target was missed"
fi
