//! Each domain on each database builds without a warning, is clean under rustfmt, clippy and rustdoc, passes its own tests,
//! and is in line with its specs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::project::{Database, Project};
use super::workshop::{Workshop, target, text, timed};

static BUILT: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());

/// The folder of a domain's project, generated and built by whoever asks first.
pub fn built(workshop: &Workshop, domain: &'static str, database: Database) -> PathBuf {
    let name = format!("{domain} on {database}");
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(folder) = built.get(&name) {
        return folder.clone();
    }
    let project = timed(&format!("{name}: generate"), || {
        Project::shared("built", domain, database)
    });
    clean(workshop, &name, &project.folder, &["build", "--workspace"]);
    // The next project of this name puts its own binary there.
    fs::copy(target().join("debug").join(domain), binary(&project.folder))
        .expect("the built binary");
    built.insert(name, project.folder.clone());
    project.folder
}

/// Where the binary of a built project is kept.
pub fn binary(folder: &Path) -> PathBuf {
    folder.with_extension("bin")
}

/// A cargo command that succeeds and warns of nothing.
fn clean(workshop: &Workshop, name: &str, folder: &Path, arguments: &[&str]) {
    let command = arguments.join(" ");
    let output = timed(&format!("{name}: cargo {command}"), || {
        workshop.cargo(folder, arguments)
    });
    let text = text(&output);
    assert!(output.status.success(), "{name}: cargo {command}\n{text}");
    let warnings: Vec<&str> = text
        .lines()
        .filter(|line| line.trim_start().starts_with("warning"))
        .collect();
    assert!(warnings.is_empty(), "{name}: cargo {command}\n{text}");
}

fn holds(domain: &'static str, database: Database) {
    let workshop = Workshop::enter();
    let folder = built(&workshop, domain, database);
    let name = format!("{domain} on {database}");
    for arguments in [
        &["fmt", "--all", "--check"][..],
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
        &["doc", "--workspace", "--no-deps"],
        &["test", "--workspace"],
    ] {
        clean(&workshop, &name, &folder, arguments);
    }
    let project = Project {
        folder,
        domain,
        database,
    };
    let check = timed(&format!("{name}: check"), || project.check());
    assert_eq!((check.code, check.text.as_str()), (0, ""), "{name}: check");
    let again = project.generate();
    assert_eq!(
        (again.code, again.written),
        (0, 0),
        "{name}: generate\n{}",
        again.text
    );
}

#[test]
#[ignore = "builds a service"]
fn bookshop_on_sqlite() {
    holds("bookshop", Database::Sqlite);
}

#[test]
#[ignore = "builds a service"]
fn bookshop_on_postgres() {
    holds("bookshop", Database::Postgres);
}

#[test]
#[ignore = "builds a service"]
fn chinook_on_sqlite() {
    holds("chinook", Database::Sqlite);
}

#[test]
#[ignore = "builds a service"]
fn chinook_on_postgres() {
    holds("chinook", Database::Postgres);
}

#[test]
#[ignore = "builds a service"]
fn clinic_on_sqlite() {
    holds("clinic", Database::Sqlite);
}

#[test]
#[ignore = "builds a service"]
fn clinic_on_postgres() {
    holds("clinic", Database::Postgres);
}

#[test]
#[ignore = "builds a service"]
fn helpdesk_on_sqlite() {
    holds("helpdesk", Database::Sqlite);
}

#[test]
#[ignore = "builds a service"]
fn helpdesk_on_postgres() {
    holds("helpdesk", Database::Postgres);
}
