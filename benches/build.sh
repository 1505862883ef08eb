#!/usr/bin/env bash
# Cold `cargo build` of the bookshop and of the hand-written service, by turns, offline; writes the table of
# docs/PERFORMANCE.md. `RUNS` and `DATABASES` change what it does.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/postgres.sh
. tests/service.sh
runs=${RUNS:-3} databases=${DATABASES:-sqlite postgres} work=$PWD/target/bench/build

need_rust
cargo build --release
BACKGEN=${CARGO_TARGET_DIR:-$PWD/target}/release/backgen
unset CARGO_TARGET_DIR
rm -rf "$work"
mkdir -p "$work"

# cold DATABASE NAME MANIFEST [ARGUMENT]...: seconds by the clock and of processors, appended to DATABASE-NAME.
cold() {
    local database=$1 name=$2 manifest=$3 TIMEFORMAT='%R %U %S'
    shift 3
    rm -rf "$work/target"
    { time cargo build --quiet --offline --manifest-path "$manifest" --target-dir "$work/target" "$@" 2>"$work/cargo.log"; } \
        2>"$work/time" || { cat "$work/cargo.log" >&2; die "the build failed"; }
    awk '{ print $1, $2 + $3 }' "$work/time" >>"$work/$database-$name"
    say "$database, $name: $(tail -n 1 "$work/$database-$name") s (clock, processors)"
}

least() { cut -d ' ' -f "$2" "$1" | sort -n | head -n 1; }
crates() { cargo tree --offline --manifest-path "$1" --prefix none --edges normal,build "${@:2}" | sed 's/ (\*)$//' | sort -u | wc -l; }

for database in $databases; do
    make_project specs/bookshop "$work/$database" "$database"
    cargo fetch --quiet --manifest-path "$work/$database/Cargo.toml"
done
cargo fetch --quiet --manifest-path benches/hand/Cargo.toml
for _ in $(seq "$runs"); do
    for database in $databases; do
        cold "$database" hand benches/hand/Cargo.toml --no-default-features --features "$database"
        cold "$database" bookshop "$work/$database/Cargo.toml"
    done
done
rm -rf "$work/target"

{
    echo
    echo "$(nproc) cores; debug profile; the least of $runs runs, by turns; by the clock, and of all processors together."
    echo
    echo "| database | by hand, s | crates | bookshop, s | crates | ratio | CPU by hand, s | CPU bookshop, s | ratio | target |"
    echo "|---|---|---|---|---|---|---|---|---|---|"
    for database in $databases; do
        hand=$work/$database-hand bookshop=$work/$database-bookshop
        awk -v database="$database" -v hand="$(least "$hand" 1)" -v bookshop="$(least "$bookshop" 1)" \
            -v cpu_hand="$(least "$hand" 2)" -v cpu_bookshop="$(least "$bookshop" 2)" \
            -v a="$(crates benches/hand/Cargo.toml --no-default-features --features "$database")" \
            -v b="$(crates "$work/$database/Cargo.toml")" 'BEGIN {
                printf "| %s | %.1f | %d | %.1f | %d | **%.2f** |", database, hand, a, bookshop, b, bookshop / hand
                printf " %.0f | %.0f | %.2f | 1.25 |\n", cpu_hand, cpu_bookshop, cpu_bookshop / cpu_hand
            }'
    done
    echo
} | tee "$work.md" >&2
put_section docs/PERFORMANCE.md build <"$work.md"
awk -F'|' '/\*\*/ { gsub(/\*| /, "", $7); if ($7 + 0 > 1.25) bad = 1 } END { exit bad }' "$work.md" || die "a target was missed"
