# Sourced by ./test and by the scripts in benches/ and tests/acceptance/: a PostgreSQL of our own, gone at exit.
# Enters: TMPDIR. Leaves: functions, and from start_postgres the variable POSTGRES_URL (without a database's name).

die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }
say() { printf '\n== %s\n' "$*"; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

# PostgreSQL refuses to run as root; Debian's package brings a user for it.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

postgres_bin() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$found" ] && [ -x "$found/initdb" ]; then
        echo "$found"
    elif command -v initdb >/dev/null; then
        dirname "$(command -v initdb)"
    fi
}

install_packages() {
    command -v apt-get >/dev/null || die "please install: $*"
    say "installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
    if ! command -v cargo >/dev/null && [ -f "${HOME:-/nonexistent}/.cargo/env" ]; then
        . "$HOME/.cargo/env"
    fi
    command -v cargo >/dev/null || die "no cargo on the PATH: install a Rust toolchain from https://rustup.rs"
    command -v cc >/dev/null || install_packages build-essential # bundled SQLite and ring are C
}

need_postgres() {
    [ -n "$(postgres_bin)" ] || install_packages postgresql
    [ -n "$(postgres_bin)" ] || die "no PostgreSQL server found"
}

postgres_folder=""
stop_postgres() {
    [ -n "$postgres_folder" ] || return 0
    as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$postgres_folder"
    postgres_folder=""
}

# start_postgres fast: for tests, nothing synced. start_postgres durable: as in production.
start_postgres() {
    local bin port settings
    bin=$(postgres_bin)
    settings="-c listen_addresses=127.0.0.1 -c max_connections=300"
    if [ "$1" = fast ]; then
        settings="$settings -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    fi
    postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/backgen-pg.XXXXXX")
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$postgres_folder"
    fi
    as_postgres "$bin/initdb" -D "$postgres_folder/data" -U backgen -A trust -E UTF8 --locale=C -N >/dev/null
    for _ in 1 2 3 4 5; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 40000))
        if as_postgres "$bin/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/log" -w -t 30 \
            -o "-p $port -k $postgres_folder $settings" start >/dev/null; then
            POSTGRES_URL="postgres://backgen@127.0.0.1:$port"
            return
        fi
    done
    cat "$postgres_folder/log" >&2
    die "PostgreSQL did not start"
}

# postgres_sql STATEMENT...: each on its own, as `create database` wants it.
postgres_sql() {
    local statement
    for statement in "$@"; do
        "$(postgres_bin)/psql" -qX -v ON_ERROR_STOP=1 "$POSTGRES_URL/postgres" -c "$statement"
    done
}
