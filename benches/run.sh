#!/usr/bin/env bash
# Measures the generated service against the one written by hand, on both databases, in rounds by turns, and writes the
# table of docs/PERFORMANCE.md. Takes about ten minutes after the builds. `SECONDS_A_ROUND`, `ROUNDS`, `ROWS` and
# `DATABASES` change what it does.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/postgres.sh
. tests/service.sh
root=$PWD
seconds=${SECONDS_A_ROUND:-3} rounds=${ROUNDS:-7} rows=${ROWS:-100000} pool=16
work=$root/target/bench

# In memory where there is room: both sides still sync every commit, but a slow disk would make them alike. `BENCH_DATA` moves it.
roomy() { [ -d "$1" ] && [ "$(df -Pk "$1" | awk 'END { print $4 }')" -gt 3000000 ]; }
place=${BENCH_DATA:-$(roomy /dev/shm && echo /dev/shm || echo "${TMPDIR:-/tmp}")}
data=$(mktemp -d "$place/backgen-bench.XXXXXX")
chmod 755 "$data"
export TMPDIR=$data

trap 'stop_services; stop_postgres; rm -rf "$data"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need_rust
need_postgres
# The same profile for both, whatever their manifests say.
export CARGO_PROFILE_RELEASE_LTO=thin CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 CARGO_PROFILE_RELEASE_DEBUG=false
export CARGO_PROFILE_RELEASE_PANIC=unwind CARGO_PROFILE_RELEASE_OPT_LEVEL=3

say "building"
cargo build --release
BACKGEN=${CARGO_TARGET_DIR:-$root/target}/release/backgen
cargo build --release --manifest-path benches/load/Cargo.toml --target-dir "$work/target"
load=$work/target/release/load
mkdir -p "$work/bin"

build() {
    local database=$1
    cargo build --release --manifest-path benches/hand/Cargo.toml --target-dir "$work/target" \
        --no-default-features --features "$database"
    cp "$work/target/release/hand" "$work/bin/hand-$database"
    rm -rf "$work/$database"
    make_project benches/spec "$work/$database" "$database"
    cargo build --release --manifest-path "$work/$database/Cargo.toml" --target-dir "$work/target"
    cp "$work/target/release/stockroom" "$work/bin/generated-$database"
    # What starts here reads no `.env` and no log but its own.
    mkdir -p "$work/$database/by-hand"
}

start_generated() {
    start_service "$work/$1" stockroom "$2" "$work/bin/generated-$1" \
        STOCKROOM__DATABASE__CONNECTIONS=$pool
}

compare() {
    local database=$1 name=$2 generated_url=$3 hand_url=$4 pid port
    start_generated "$database" "$generated_url"
    pid=$SERVICE_PID port=$SERVICE_PORT
    start_service "$work/$database/by-hand" hand "$hand_url" "$work/bin/hand-$database" "POOL=$pool"
    "$load" compare "$name" "http://127.0.0.1:$SERVICE_PORT" "$SERVICE_PID" "http://127.0.0.1:$port" "$pid" \
        "$seconds" "$rounds" | tee "$work/$database.md"
    stop_services
}

sqlite() {
    say "SQLite: $rows rows"
    start_generated sqlite "sqlite://$data/generated.db"
    "$load" seed "http://127.0.0.1:$SERVICE_PORT" "$rows"
    stop_services # closes the last connection, which folds the log into the file
    cp "$data/generated.db" "$data/hand.db"
    if [ -s "$data/generated.db-wal" ]; then
        cp "$data/generated.db-wal" "$data/hand.db-wal"
    fi
    compare sqlite SQLite "sqlite://$data/generated.db" "sqlite://$data/hand.db"
}

postgres() {
    say "PostgreSQL: $rows rows"
    start_postgres durable
    postgres_sql "create database generated"
    start_generated postgres "$POSTGRES_URL/generated"
    "$load" seed "http://127.0.0.1:$SERVICE_PORT" "$rows"
    stop_services
    postgres_sql "create database hand template generated" "vacuum analyze"
    compare postgres PostgreSQL "$POSTGRES_URL/generated" "$POSTGRES_URL/hand"
    stop_postgres
}

for database in ${DATABASES:-sqlite postgres}; do
    build "$database"
done
for database in ${DATABASES:-sqlite postgres}; do
    "$database"
done

{
    echo
    echo "$(nproc) cores shared by client, service and database; 32 connections; $rows rows in $place; medians of $rounds rounds of"
    echo "$seconds s, by turns; p99 as a ratio. $(rustc --version | cut -d' ' -f1,2), $("$(postgres_bin)/postgres" --version | cut -d' ' -f1-3)."
    echo
    echo "| database | operation | by hand, requests/s | generated, requests/s | ratio (least to most) | p99 ratio | CPU by hand, us | CPU generated, us | ratio | target | held |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|"
    for database in ${DATABASES:-sqlite postgres}; do
        cat "$work/$database.md"
    done
    echo
} | put_section docs/PERFORMANCE.md requests
say "docs/PERFORMANCE.md is written"
if grep -h '| NO |' "$work"/*.md; then
    die "a target was missed"
fi
