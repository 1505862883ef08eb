//! The `backgen` binary, called as a user calls it.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::project::Project;

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Files written or removed.
    pub written: u64,
    /// Its findings: of each all members, then the difference as it is.
    pub text: String,
}

/// A command that reads nothing; the caller says where its output goes.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backgen"));
    command.args(arguments).stdin(Stdio::null());
    command
}

impl Project {
    /// Makes the folder from the specs of the domain.
    pub fn make(&self, specs: &Path) -> Run {
        let database = self.database.to_string();
        let mut command = command(&["new", self.domain, "--db", &database, "--format", "json"]);
        run(command
            .arg("--spec")
            .arg(specs)
            .arg("--path")
            .arg(&self.folder))
    }

    pub fn generate(&self) -> Run {
        self.run("generate")
    }

    pub fn check(&self) -> Run {
        self.run("check")
    }

    fn run(&self, verb: &str) -> Run {
        let mut command = command(&[verb, "--format", "json", "--project"]);
        run(command.arg(&self.folder))
    }
}

fn run(command: &mut Command) -> Run {
    let output = command.output().expect("backgen runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let document: Value = serde_json::from_str(&said).unwrap_or_default();
    let mut text = String::from_utf8_lossy(&output.stderr).into_owned();
    for finding in document["diagnostics"].as_array().into_iter().flatten() {
        text.push_str(&format!("{finding}\n"));
        text.push_str(finding["diff"].as_str().unwrap_or_default());
    }
    Run {
        code: output.status.code().unwrap_or(-1),
        written: document["written"].as_u64().unwrap_or_default(),
        text,
    }
}
