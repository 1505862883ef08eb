//! A folder of its own for each test, and a project that is generated once for all of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

pub struct Desk(TempDir);

/// What a run printed, and how it ended.
pub struct Run {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    /// An empty folder.
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A copy of what `backgen new bookshop` makes.
    pub fn bookshop() -> Self {
        static PROJECT: OnceLock<TempDir> = OnceLock::new();
        let project = PROJECT.get_or_init(|| {
            let desk = Desk::empty();
            assert_eq!(desk.run(&["new", "bookshop", "--path", "."]).exit, 0);
            desk.0
        });
        let desk = Self::empty();
        copy(project.path(), desk.path());
        desk
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces `old`, which must be there.
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} lacks {old}");
        self.write(path, &text.replace(old, new));
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backgen"));
        command.current_dir(self.path()).env_remove("NO_COLOR");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments).output().unwrap())
    }

    /// With `--format json`: the exit code, which the document repeats, and the document.
    pub fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let run = self.run(&[arguments, &["--format", "json"]].concat());
        let document: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(run.err, "", "one document, and nothing beside it");
        if let Some(exit) = document.get("exit") {
            assert_eq!(exit, run.exit);
        }
        (run.exit, document)
    }

    /// Every file with its text, but for the lock.
    pub fn tree(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(self.path(), &mut files);
        files.retain(|(path, _)| !path.ends_with(".backgen/lock"));
        files.sort();
        files
    }
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The codes in a JSON document.
pub fn codes(document: &Value) -> Vec<&str> {
    let found = document["diagnostics"].as_array().unwrap();
    found
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
}
