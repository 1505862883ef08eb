//! The back end on real folders. What the tables and merges decide is tested beside them; here it meets the disk.

mod crash;
mod edits;
mod hostile;
mod owners;
mod runs;
mod speed;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::{ActionKind, EmitError, Mode, Outcome, Tree, Wait};
use crate::diagnostic::{Code, Place};
use crate::plan::{Contents, Owner, Plan, PlannedFile, RelPath};

/// A folder to try out crashes in: in memory where the system has such a place, since what is tested is the order of
/// changes and not the disk, and each commit waits for it several times.
fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// A planned file of the feature `catalog`, or of the project if it lies outside `src/`.
fn file(path: &str, owner: Owner, text: &str) -> PlannedFile {
    PlannedFile {
        path: RelPath::new(path).unwrap(),
        owner,
        feature: path.starts_with("src/").then(|| "catalog".to_owned()),
        contents: Contents::Text(text.to_owned()),
    }
}

fn plan(files: impl IntoIterator<Item = PlannedFile>) -> Plan {
    plan_with(files, json!({ "catalog": { "tables": ["book"] } }))
}

fn plan_with(files: impl IntoIterator<Item = PlannedFile>, snapshot: Value) -> Plan {
    Plan::new(files, snapshot, "0.1.0").unwrap()
}

fn open(root: &Path, mode: Mode) -> Result<Tree, EmitError> {
    Tree::open(
        root,
        mode,
        &mut Wait {
            at_most: Duration::from_secs(20),
            tell: &mut |_| {},
        },
    )
}

fn try_run(root: &Path, mode: Mode, plan: &Plan) -> Result<Outcome, EmitError> {
    open(root, mode)?.apply(plan)
}

fn update(root: &Path, plan: &Plan) -> Outcome {
    try_run(root, Mode::Update, plan).unwrap()
}

fn check(root: &Path, plan: &Plan) -> Outcome {
    try_run(root, Mode::CheckOnly, plan).unwrap()
}

fn kinds(outcome: &Outcome) -> Vec<(&str, ActionKind)> {
    outcome
        .actions
        .iter()
        .map(|action| (action.path.as_str(), action.kind))
        .collect()
}

fn found(outcome: &Outcome) -> Vec<(Code, &str)> {
    outcome
        .findings
        .iter()
        .map(|finding| match finding.diagnostic.place() {
            Place::File(path) => (finding.diagnostic.code(), path.as_str()),
            _ => (finding.diagnostic.code(), ""),
        })
        .collect()
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

fn write(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}

/// Every file below `root` but the lock, with its bytes.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if path.is_dir() && !path.is_symlink() {
                walk(root, &path, out);
            } else if name != ".backgen/lock" {
                out.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(root, root, &mut out);
    out
}
