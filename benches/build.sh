#!/usr/bin/env bash
# Cold `cargo build` of the bookshop and of the hand-written service, by turns, offline; writes the table of
# docs/PERFORMANCE.md. `RUNS` changes how often.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/postgres.sh
. tests/service.sh
runs=${RUNS:-3} work=$PWD/target/bench/build

need_rust
cargo build --release
BACKGEN=${CARGO_TARGET_DIR:-$PWD/target}/release/backgen
unset CARGO_TARGET_DIR
rm -rf "$work"
mkdir -p "$work"

# cold DATABASE NAME MANIFEST [ARGUMENT]...: seconds, appended to DATABASE-NAME.
cold() {
    local database=$1 name=$2 manifest=$3 begin end
    shift 3
    rm -rf "$work/target"
    begin=$(date +%s%N)
    cargo build --quiet --offline --manifest-path "$manifest" --target-dir "$work/target" "$@"
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000)) >>"$work/$database-$name"
    say "$database, $name: $(((end - begin) / 1000000)) ms"
}

least() { sort -n "$1" | head -n 1; }
crates() { cargo tree --offline --manifest-path "$1" --prefix none --edges normal,build "${@:2}" | sed 's/ (\*)$//' | sort -u | wc -l; }

for database in sqlite postgres; do
    make_project specs/bookshop "$work/$database" "$database"
    cargo fetch --quiet --manifest-path "$work/$database/Cargo.toml"
done
cargo fetch --quiet --manifest-path benches/hand/Cargo.toml
for _ in $(seq "$runs"); do
    for database in sqlite postgres; do
        cold "$database" hand benches/hand/Cargo.toml --no-default-features --features "$database"
        cold "$database" bookshop "$work/$database/Cargo.toml"
    done
done
rm -rf "$work/target"

{
    echo
    echo "$(nproc) cores; debug profile; the least of $runs runs, by turns."
    echo
    echo "| database | by hand, s | crates | bookshop, s | crates | ratio | target |"
    echo "|---|---|---|---|---|---|---|"
    for database in sqlite postgres; do
        hand=$(least "$work/$database-hand") bookshop=$(least "$work/$database-bookshop")
        awk -v database="$database" -v hand="$hand" -v bookshop="$bookshop" \
            -v a="$(crates benches/hand/Cargo.toml --no-default-features --features "$database")" \
            -v b="$(crates "$work/$database/Cargo.toml")" 'BEGIN {
                printf "| %s | %.1f | %d | %.1f | %d | **%.2f** | 1.25 |\n", database, hand / 1000, a, bookshop / 1000, b, bookshop / hand
            }'
    done
    echo
} | tee "$work.md" >&2
put_section docs/PERFORMANCE.md build <"$work.md"
awk -F'|' '/\*\*/ { gsub(/\*| /, "", $7); if ($7 + 0 > 1.25) bad = 1 } END { exit bad }' "$work.md" || die "a target was missed"
