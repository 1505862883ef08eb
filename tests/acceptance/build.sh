# Sourced by the scripts beside it: both databases, services built from specs, and what they need installed.
# Enters: DATABASES. Leaves: BACKGEN, WORK, and functions.
set -euo pipefail
exec </dev/null
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
. tests/postgres.sh
. tests/service.sh
DATABASES=${DATABASES:-sqlite postgres}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/backgen-acceptance.XXXXXX")
TARGET=$ROOT/target/acceptance

trap 'stop_services; stop_postgres; rm -rf "$WORK"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need_backgen() {
    need_rust
    command -v python3 >/dev/null || install_packages python3
    cargo build --release
    BACKGEN=${CARGO_TARGET_DIR:-$ROOT/target}/release/backgen
}

# build_service DOMAIN DATABASE: in $WORK/DOMAIN-DATABASE, its binary in $BINARY.
build_service() {
    say "$1 on $2"
    make_project "specs/$1" "$WORK/$1-$2" "$2"
    cargo build --release --manifest-path "$WORK/$1-$2/Cargo.toml" --target-dir "$TARGET"
    BINARY=$WORK/$1-$2/$1
    cp "$TARGET/release/$1" "$BINARY"
}

# token_of DOMAIN DATABASE SUBJECT [--role ROLE]...: a bearer token that the service in $BINARY makes and believes.
token_of() {
    (cd "$WORK/$1-$2" && DATABASE_URL=$DATABASE_URL "$BINARY" token --subject "${@:3}")
}

# database_url DOMAIN DATABASE: of an empty database.
database_url() {
    if [ "$2" = postgres ]; then
        [ -n "$postgres_folder" ] || { need_postgres; start_postgres "${DURABILITY:-fast}"; }
        postgres_sql "create database $1"
        DATABASE_URL=$POSTGRES_URL/$1
    else
        DATABASE_URL=sqlite://$WORK/$1-$2/$1.db
    fi
}
