#!/usr/bin/env bash
# Times `backgen generate` and `check` for projects of 100 and 1,000 entities with full CRUD, and writes the table of
# docs/PERFORMANCE.md. `SIZES` and `RUNS` change what it does.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/postgres.sh
. tests/service.sh
sizes=${SIZES:-100 1000} runs=${RUNS:-5}
work=$PWD/target/bench/generate

mkdir -p "$work"
need_rust
command -v python3 >/dev/null || install_packages python3
cargo build --release
backgen=${CARGO_TARGET_DIR:-$PWD/target}/release/backgen

# write_project FOLDER ENTITIES: features of ten entities, each with eight fields of the usual types and a reference.
write_project() {
    local folder=$1 entities=$2 feature number
    rm -rf "$folder"
    mkdir -p "$folder/specs"
    printf 'service: large\ndatabase: sqlite\napi: { prefix: /api, envelope: data }\n' >"$folder/backgen.yaml"
    for feature in $(seq 1 $((entities / 10))); do
        {
            echo "description: Part $feature of a large service."
            echo "entities:"
            for number in $(seq 1 10); do
                echo "  Thing${feature}x$number:"
                echo "    fields:"
                echo "      name: { type: string, min: 1, max: 120, search: true }"
                echo "      code: { type: string, max: 40, unique: true }"
                echo "      price: { type: decimal, precision: 10, scale: 2, min: 0 }"
                echo "      amount: { type: int, min: 0, default: 0 }"
                echo "      state: { enum: [draft, active, retired], default: draft }"
                echo "      active: { type: bool, default: true }"
                echo "      day: date?"
                echo "      note: { type: text, optional: true, max: 2000 }"
                if [ "$number" -gt 1 ]; then
                    echo "      owner: { ref: Thing${feature}x1, as: things_$number, on_delete: restrict }"
                fi
            done
            echo "crud:"
            for number in $(seq 1 10); do
                echo "  Thing${feature}x$number: { read: public, write: public }"
            done
        } >"$folder/specs/part_$feature.yaml"
    done
}

# measure FOLDER: milliseconds of generate (from nothing) and check, the least of some runs, and the most memory in MB.
measure() {
    python3 - "$backgen" "$1" "$runs" <<'PY'
import os, resource, shutil, subprocess, sys, time

backgen, specs, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])


def run(verb, folder):
    begin = time.perf_counter()
    child = subprocess.Popen([backgen, verb, "--project", folder], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{verb}: status {child.returncode}")
    return (time.perf_counter() - begin) * 1000, usage.ru_maxrss / 1024


generate, check = [], []
for number in range(runs):
    # A new folder each time: where many files were deleted just now, a file system is slow to make new ones.
    folder = f"{specs}-{number}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(specs, folder)
    os.sync()
    generate.append(run("generate", folder))
    check.append(run("check", folder))
files = sum(len(names) for _, _, names in os.walk(folder))
memory = max(most for _, most in generate + check)
# rustfmt runs as a child of backgen; its memory is its own.
print(files, *(f"{min(ms for ms, _ in times):.0f}" for times in (generate, check)), f"{memory:.0f}")
PY
}

{
    echo
    echo "$(nproc) cores; the least of $runs runs; formatting included; memory is that of backgen's own process."
    echo
    echo "| entities | files | generate, ms | check, ms | memory, MB |"
    echo "|---|---|---|---|---|"
    for size in $sizes; do
        write_project "$work/$size" "$size"
        read -r files generate check memory <<<"$(measure "$work/$size")"
        echo "| $size | $files | $generate | $check | $memory |"
    done
    echo
} | tee "$work.md" >&2
put_section docs/PERFORMANCE.md generate <"$work.md"
rm -rf "$work"

awk -F'|' '
    $2 + 0 == 100 { at100 = $4; if ($4 >= 1000 || $5 >= 500 || $6 >= 200) bad = 1 }
    $2 + 0 == 1000 { if ($4 > 10 * at100) bad = 1 }
    END { exit bad }
' "$work.md" || die "a target was missed: 100 entities in 1 s, check in 0.5 s, 200 MB; 1,000 at most ten times as long"
