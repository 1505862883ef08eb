//! A PostgreSQL to run the tables in: `TEST_DATABASE_URL`, or a server of our own in a temporary directory.

use super::*;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Everything is rolled back; a statement that fails takes only itself back.
const BEGIN: &str = "\\set ON_ERROR_ROLLBACK on\nbegin;\n";

#[test]
fn postgres_takes_them() {
    let Some(server) = Server::find() else {
        eprintln!("skipped: there is neither TEST_DATABASE_URL nor a PostgreSQL to start");
        return;
    };
    takes_the_tables(&server);
    takes_and_refuses(&server);
}

fn takes_the_tables(server: &Server) {
    let mut script = BEGIN.to_owned();
    script += "create schema backgen_edges;\nset local search_path = backgen_edges;\n";
    let schema = Schema::of(&fixture::service());
    for step in ddl(&schema, Database::Postgres) {
        script += &format!("{}\n", step.sql);
    }
    let grown = Schema::of(&with_more_indexes());
    for step in diff(&schema, &grown, Database::Postgres).unwrap() {
        script += &format!("{}\n", step.sql);
    }
    let edges = edges::all();
    let statements: Vec<_> = edges.iter().map(|edge| edge.postgres.to_owned()).collect();
    let said = server.run(&script, &statements);
    for (edge, message) in edges.iter().zip(said) {
        edge.check_postgres(message.as_deref());
    }
}

fn takes_and_refuses(server: &Server) {
    for row in values::all() {
        let script = format!("{BEGIN}{};\n", row.table(Database::Postgres));
        let literals: Vec<_> = row.literals(Database::Postgres).collect();
        let inserts = literals
            .iter()
            .map(|it| format!("insert into t values ({})", it.0));
        let said = server.run(&script, &inserts.collect::<Vec<_>>());
        for ((literal, is_taken), message) in literals.iter().zip(said) {
            assert_eq!(
                message.is_none(),
                *is_taken,
                "{:?}: {literal}: {message:?}",
                row.ty
            );
        }
    }
}

/// Where psql connects to.
pub(crate) struct Server {
    psql: PathBuf,
    /// A URL, or the parts of one for a socket.
    target: String,
    own: Option<Own>,
}

/// A server that ends with the test.
struct Own {
    pg_ctl: PathBuf,
    dir: TempDir,
}

impl Server {
    pub(crate) fn find() -> Option<Self> {
        if let Ok(target) = std::env::var("TEST_DATABASE_URL") {
            let psql = bin_dir().map_or("psql".into(), |dir| dir.join("psql"));
            return Some(Self {
                psql,
                target,
                own: None,
            });
        }
        let bin = bin_dir()?;
        let dir = TempDir::new().unwrap();
        if is_root() {
            succeed(Command::new("chown").arg("postgres").arg(dir.path()));
        }
        let data = dir.path().join("data");
        succeed(
            server_command(&bin.join("initdb"))
                .args(["-A", "trust", "-U", "postgres", "-N", "-D"])
                .arg(&data),
        );
        let options = format!(
            "-k {} -c listen_addresses='' -c fsync=off",
            dir.path().display()
        );
        let log = dir.path().join("log");
        let pg_ctl = bin.join("pg_ctl");
        succeed(
            server_command(&pg_ctl)
                .args(["start", "-w", "-o", &options, "-l"])
                .arg(log)
                .arg("-D")
                .arg(&data),
        );
        Some(Self {
            psql: bin.join("psql"),
            target: format!(
                "host={} user=postgres dbname=postgres",
                dir.path().display()
            ),
            own: Some(Own { pg_ctl, dir }),
        })
    }

    /// What psql says to each statement, after a script to which it has nothing to say.
    fn run(&self, script: &str, statements: &[String]) -> Vec<Option<String>> {
        let mut whole = format!("{script}\\warn ==\n");
        for statement in statements {
            whole += &format!("{statement};\n\\warn ==\n");
        }
        whole += "rollback;\n";
        let said = self.psql(&whole);
        let mut said = said.split("==\n").map(str::trim);
        assert_eq!(said.next(), Some(""), "{script}");
        let messages = said.take(statements.len());
        messages
            .map(|it| (!it.is_empty()).then(|| it.to_owned()))
            .collect()
    }

    /// What psql says to standard error.
    fn psql(&self, script: &str) -> String {
        String::from_utf8(self.output(script).stderr).unwrap()
    }

    /// The answers to a script, a line each, without anything around them.
    pub(crate) fn query(&self, script: &str) -> String {
        let output = self.output(script);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(errors, "");
        String::from_utf8(output.stdout).unwrap()
    }

    fn output(&self, script: &str) -> Output {
        let mut psql = Command::new(&self.psql)
            .args(["-X", "-q", "-A", "-t", "-d", &self.target])
            .env("PGOPTIONS", "-c client_min_messages=warning")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = psql.stdin.take().unwrap();
        let script = script.to_owned();
        // Else both sides might wait for the other to read.
        let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
        let output = psql.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        output
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(Own { pg_ctl, dir }) = &self.own {
            let data = dir.path().join("data");
            succeed(
                server_command(pg_ctl)
                    .args(["stop", "-m", "immediate", "-D"])
                    .arg(data),
            );
        }
    }
}

/// The newest of the installed versions.
fn bin_dir() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let dirs = versions.flatten().map(|version| version.path().join("bin"));
    let mut dirs: Vec<_> = dirs.filter(|dir| dir.join("initdb").exists()).collect();
    dirs.sort();
    dirs.pop()
}

/// A server refuses to run as root.
fn server_command(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

fn succeed(command: &mut Command) {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{command:?}: {status}");
}
