//! The bookshop's own binary on a port and an empty database of its own.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use super::domains::binary;
use super::http::{Answer, Client};
use super::project::Database;

pub struct Service {
    folder: PathBuf,
    binary: PathBuf,
    database_url: String,
    /// Dropped at the end, on PostgreSQL.
    database: Option<String>,
    process: Option<Child>,
    pub port: u16,
    /// Of somebody who has every role.
    token: String,
}

impl Service {
    /// Starts the binary of a built project, with its folder as the working folder.
    pub fn start(folder: &Path, database: Database) -> Self {
        let name = format!("backgen_e2e_{}", std::process::id());
        let database_url = match database {
            Database::Sqlite => format!("sqlite://{}", folder.join("races.db").display()),
            Database::Postgres => {
                psql(&format!("create database {name}"));
                beside(&server(), &name)
            }
        };
        let mut service = Self {
            folder: folder.to_owned(),
            binary: binary(folder),
            database_url,
            database: (database == Database::Postgres).then_some(name),
            process: None,
            port: 0,
            token: String::new(),
        };
        service.restart();
        service.token = service.issue();
        service
    }

    /// Kills the process, if there is one, and starts another on the same database.
    pub fn restart(&mut self) {
        self.kill();
        self.port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|socket| socket.local_addr())
            .expect("a free port")
            .port();
        let log = File::create(self.folder.join("service.log")).expect("a log");
        let process = Command::new(&self.binary)
            .current_dir(&self.folder)
            .env("DATABASE_URL", &self.database_url)
            .env("BOOKSHOP__SERVER__PORT", self.port.to_string())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("the service starts");
        self.process = Some(process);
        for _ in 0..300 {
            let ready = Client::connect(self.port)
                .and_then(|mut client| client.call("GET", "/health/ready", "", &Value::Null));
            if ready.is_ok_and(|answer| answer.status == 200) {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.join("service.log")).unwrap_or_default();
        panic!("the service does not become ready\n{log}");
    }

    /// A token that the service makes itself.
    fn issue(&self) -> String {
        let made = Command::new(&self.binary)
            .args([
                "token",
                "--subject",
                "tester",
                "--role",
                "admin",
                "--role",
                "support",
            ])
            .current_dir(&self.folder)
            .env("DATABASE_URL", &self.database_url)
            .output()
            .expect("the service makes a token");
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout)
            .expect("a token")
            .trim()
            .to_owned()
    }

    fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("a process to kill");
            process.wait().expect("a process that ends");
        }
    }

    pub fn client(&self) -> Client {
        let client = Client::connect(self.port).expect("a connection");
        client.with_token(&self.token)
    }

    /// One request on a connection of its own.
    pub fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.client()
            .call(method, path, "", body)
            .expect("an answer")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.kill();
        if let Some(name) = &self.database {
            psql(&format!("drop database if exists {name} with (force)"));
        }
    }
}

fn server() -> String {
    std::env::var("TEST_DATABASE_URL")
        .expect("TEST_DATABASE_URL: `./test` starts a PostgreSQL and sets it")
}

/// The URL of another database of the same server.
fn beside(url: &str, name: &str) -> String {
    let (url, options) = url
        .split_once('?')
        .map_or((url, None), |(url, it)| (url, Some(it)));
    let (server, _) = url.rsplit_once('/').expect("a URL that names a database");
    match options {
        Some(options) => format!("{server}/{name}?{options}"),
        None => format!("{server}/{name}"),
    }
}

fn psql(statement: &str) {
    let done = Command::new("psql")
        .args(["-qX", "-v", "ON_ERROR_STOP=1", "-c", statement])
        .arg(server())
        .status()
        .expect("psql, PostgreSQL's client, on the PATH");
    assert!(done.success(), "{statement}");
}
