#!/usr/bin/env bash
# The README's two commands in as bare an environment as can be made, as root on Debian or Ubuntu: a fresh minimal system
# (debootstrap, variant minbase) with a C compiler and this machine's Rust toolchain, entered by chroot with an empty
# environment and an empty home. Not root, or `BARE=home`: the same without the chroot. Says how long `new` took to its first answer.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tests/postgres.sh
. tests/service.sh
mode=${BARE:-$([ "$(id -u)" -eq 0 ] && echo chroot || echo home)}
folder=$(mktemp -d "${TMPDIR:-/tmp}/backgen-bare.XXXXXX")
running=""

stop() {
    [ -n "$running" ] || return 0
    kill -- "-$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
    running=""
    # cargo does not wait for the service, which serves on for a while before it stops.
    for _ in $(seq 300); do
        status_of 8080 / >/dev/null || return 0
        sleep 0.1
    done
}
clean() {
    stop
    umount "$folder/system/proc" 2>/dev/null || true
    rm -rf "$folder"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
need_rust
toolchain=$(rustc --print sysroot)

# Both give enter COMMAND: as a new user's shell would run it, in the copy of the repository.
prepare_chroot() {
    local suite mirror
    command -v debootstrap >/dev/null || install_packages debootstrap
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v '^ *#' |
        grep -oE 'https?://[^ ]+/(debian|ubuntu)/?( |$)' | head -n 1 || true)
    say "a minimal $suite in $folder/system"
    debootstrap --variant=minbase --include=build-essential,ca-certificates "$suite" "$folder/system" ${mirror:+"${mirror%% *}"} >"$folder/log" ||
        { tail -n 20 "$folder/log" >&2; die "debootstrap failed; BARE=home does without"; }
    cp /etc/resolv.conf /etc/hosts "$folder/system/etc/"
    # What this machine needs to reach its registries is no part of the test.
    cp -R /etc/ssl/certs/. "$folder/system/etc/ssl/certs/"
    cp -R /usr/local/share/ca-certificates/. "$folder/system/usr/local/share/ca-certificates/" 2>/dev/null || true
    mkdir -p "$folder/system/opt/rust" "$folder/system/home/new"
    cp -R "$toolchain/bin" "$toolchain/lib" "$folder/system/opt/rust/"
    mount -t proc proc "$folder/system/proc" 2>/dev/null || true
    enter() { chroot "$folder/system" /usr/bin/env -i HOME=/home/new PATH=/opt/rust/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        "${network[@]}" CI=true sh -c "cd /home/new/backgen && $1"; }
    copy=$folder/system/home/new/backgen
}

prepare_home() {
    say "an empty home in $folder/home"
    mkdir -p "$folder/home"
    enter() { env -i HOME="$folder/home" PATH="$toolchain/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
        "${network[@]}" CI=true sh -c "cd '$folder/home/backgen' && $1"; }
    copy=$folder/home/backgen
}

# Proxies and certificates, where this machine cannot do without them.
network=()
while IFS= read -r line; do
    network+=("$line")
done < <(env | grep -iE '^(https?_proxy|no_proxy|ssl_cert_file|cargo_http_cainfo)=' || true)

"prepare_$mode"
mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard | tar --null --create --files-from=- | tar --extract --directory "$copy"

# first_answer COMMAND: milliseconds until the service on its usual port answers.
first_answer() {
    local begin
    ! status_of 8080 / >/dev/null || die "something listens on port 8080 already"
    begin=$(date +%s%N)
    set -m
    enter "$1" >"$folder/serve.log" 2>&1 &
    running=$!
    set +m
    until [ "$(status_of 8080 /health/ready || true)" = 200 ]; do
        kill -0 "$running" 2>/dev/null || { tail -n 40 "$folder/serve.log" >&2; die "\`$1\` ended without an answer"; }
        sleep 0.1
    done
    elapsed=$((($(date +%s%N) - begin) / 1000000))
    [ "$(status_of 8080 /openapi.json)" = 200 ] || die "no openapi.json"
    stop
}

say "cargo run --release -- new bookshop --serve"
first_answer "cargo run --release -- new bookshop --serve"
whole=$elapsed
say "the same with backgen built, and a service built from nothing"
first_answer "./target/release/backgen new another --serve"
echo "from \`cargo run\` on a fresh clone to the first answer: $((whole / 1000)) s (downloads and the build of backgen included)"
echo "from \`backgen new\` to the first answer: $((elapsed / 1000)) s (build of the service included)"
enter "rm -rf bookshop another"
if [ "${SKIP_TEST:-}" != yes ]; then
    say "./test"
    enter "./test"
fi
say "bare ($mode): both commands work"
