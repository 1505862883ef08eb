//! `generated-example/` is the bookshop as its specs give it, with the logic that lies beside them, and with the records.
//! `BACKGEN_BLESS=1 cargo test --test e2e example -- --ignored` writes it anew.

use std::collections::BTreeMap;
use std::fs;

use super::project::{Database, Project, collect, copy};
use super::workshop::repository;

/// Which process ran last; not committed.
const VOLATILE: &[&str] = &[".backgen/lock"];

#[test]
#[ignore = "`./test` runs it"]
fn the_example_is_what_the_specs_give() {
    let temp = tempfile::tempdir().expect("a temporary folder");
    let project = Project::at(temp.path().join("bookshop"), "bookshop", Database::Sqlite);
    let mut expected = project.files();
    expected.retain(|path, _| !VOLATILE.contains(&path.as_str()));

    let example = repository().join("generated-example");
    if std::env::var_os("BACKGEN_BLESS").is_some() {
        if example.exists() {
            fs::remove_dir_all(&example).expect("the old example goes");
        }
        for path in VOLATILE {
            fs::remove_file(project.folder.join(path)).expect("a volatile file");
        }
        copy(&project.folder, &example);
    }
    let mut found = BTreeMap::new();
    collect(&example, &example, &mut found);
    // What somebody who tries the example leaves behind.
    found.retain(|path, _| {
        let kept = !path.starts_with("target/") && path != "Cargo.lock" && !path.contains(".db");
        kept && !VOLATILE.contains(&path.as_str())
    });

    let differ: Vec<&String> = expected
        .iter()
        .filter(|(path, bytes)| found.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .chain(found.keys().filter(|path| !expected.contains_key(*path)))
        .collect();
    assert!(
        differ.is_empty(),
        "generated-example differs from what the specs give (BACKGEN_BLESS=1 writes it anew): {differ:#?}"
    );
}
