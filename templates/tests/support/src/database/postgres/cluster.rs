//! A PostgreSQL server for the time of one test run, behind a socket in a folder of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Ends the server when its standard input closes, which the end of the tests does, whatever kind of end it is.
const SCRIPT: &str = r#"
set -e
cd /
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] && PATH=$bin:$PATH
dir=$(mktemp -d "${TMPDIR:-/tmp}/service-test-pg.XXXXXX")
trap 'rm -rf "$dir"' EXIT
initdb -D "$dir/data" -U test -A trust -E UTF8 --locale=C -N >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
postgres -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=300 -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off </dev/null >"$dir/log" 2>&1 &
server=$!
trap 'kill -QUIT "$server" 2>/dev/null || true; wait "$server" || true; rm -rf "$dir"' EXIT
tries=0
until pg_isready -q -h "$dir"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { cat "$dir/log" >&2; exit 1; }
    sleep 0.1
done
chmod 755 "$dir"
echo "$dir"
read -r _ || true
"#;

/// Where it listens; started by whoever asks first.
pub fn url() -> String {
    static SERVER: OnceLock<(Child, String)> = OnceLock::new();
    let (_, folder) = SERVER.get_or_init(start);
    format!("postgres://test@localhost/postgres?host={folder}")
}

fn start() -> (Child, String) {
    let mut shell = Command::new("sh");
    // PostgreSQL refuses to run as root; its packages bring a user for it.
    if is_root() {
        shell = Command::new("runuser");
        shell.args(["-u", "postgres", "--", "sh"]);
    }
    shell.args(["-c", SCRIPT]);
    shell.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = shell.spawn().expect("a shell");
    let mut folder = String::new();
    let mut lines = BufReader::new(child.stdout.take().expect("its output"));
    lines.read_line(&mut folder).expect("the server's folder");
    let folder = folder.trim().to_owned();
    assert!(
        !folder.is_empty(),
        "no PostgreSQL server started: set TEST_DATABASE_URL, or install one so that initdb is found"
    );
    (child, folder)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
