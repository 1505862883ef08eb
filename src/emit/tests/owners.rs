//! What happens to the files of each owner over several runs.

use super::*;

pub(super) const RUST: &str =
    "//! Doc.\n\nuse std::fmt;\n\n// note\npub fn a() -> u8 {\n    1\n}\n";

pub(super) fn small(text: &str) -> Plan {
    plan([
        file("src/gen.rs", Owner::Generated, text),
        file("src/logic.rs", Owner::Yours, text),
        file(
            "Cargo.toml",
            Owner::CoOwned,
            "[package]\nname = \"shop\"\nversion = \"1.0.0\"\n",
        ),
        file("openapi.json", Owner::Generated, "{\"a\": 1}\n"),
        file(
            "migrations/1_init.sql",
            Owner::AppendOnly,
            "CREATE TABLE book (id INT);\n",
        ),
    ])
}

#[test]
fn an_edited_generated_file_is_refused_and_the_rest_goes_on() {
    let root = scratch();
    update(root.path(), &small(RUST));
    let edited = read(root.path(), "src/gen.rs") + "// mine\n";
    write(root.path(), "src/gen.rs", &edited);
    for text in [RUST, "pub fn b() {}\n"] {
        let outcome = update(root.path(), &small(text));
        assert_eq!(found(&outcome), [(Code::GeneratedFileEdited, "src/gen.rs")]);
        assert!(
            outcome.findings[0]
                .diff
                .as_ref()
                .unwrap()
                .contains("\n-// mine\n"),
            "{:?}",
            outcome.findings[0].diff
        );
        assert_eq!(read(root.path(), "src/gen.rs"), edited);
        assert_eq!(read(root.path(), "src/logic.rs"), text);
        assert!(!check(root.path(), &small(text)).is_clean());
    }
    fs::remove_file(root.path().join("src/gen.rs")).unwrap();
    let outcome = update(root.path(), &small(RUST));
    assert!(outcome.is_clean() && kinds(&outcome).contains(&("src/gen.rs", ActionKind::Recreate)));
}

#[test]
fn conflict_markers_in_a_generated_file_are_regenerated() {
    let root = scratch();
    update(root.path(), &small(RUST));
    write(
        root.path(),
        "src/gen.rs",
        "<<<<<<< HEAD\nfn a() {}\n=======\nfn b() {}\n>>>>>>> other\n",
    );
    write(
        root.path(),
        "src/logic.rs",
        "<<<<<<< HEAD\nfn a() {}\n=======\nfn b() {}\n>>>>>>> other\n",
    );
    assert_eq!(update(root.path(), &small(RUST)).written, 1);
    assert_eq!(read(root.path(), "src/gen.rs"), RUST);
    assert!(read(root.path(), "src/logic.rs").starts_with("<<<<<<<"));
}

#[test]
fn yours_follows_the_spec_until_it_is_edited() {
    let root = scratch();
    let run = |text: &str| {
        let outcome = update(
            root.path(),
            &plan([file("src/logic.rs", Owner::Yours, text)]),
        );
        assert!(outcome.is_clean());
        (outcome.actions[0].kind, read(root.path(), "src/logic.rs"))
    };
    assert_eq!(run("fn a() {}\n").0, ActionKind::Create);
    assert_eq!(
        run("fn b() {}\n"),
        (ActionKind::Rewrite, "fn b() {}\n".to_owned())
    );
    write(root.path(), "src/logic.rs", "fn mine() {}\n");
    assert_eq!(
        run("fn b() {}\n"),
        (ActionKind::Keep, "fn mine() {}\n".to_owned())
    );
    assert_eq!(
        run("fn c() {}\n"),
        (ActionKind::Keep, "fn mine() {}\n".to_owned())
    );
    write(root.path(), "src/logic.rs", "fn b() {}\n");
    assert_eq!(
        run("fn c() {}\n"),
        (ActionKind::Rewrite, "fn c() {}\n".to_owned())
    );
    fs::remove_file(root.path().join("src/logic.rs")).unwrap();
    assert_eq!(run("fn c() {}\n").0, ActionKind::Recreate);
}

#[test]
fn co_owned_files_merge_across_runs_and_conflicts_leave_them_alone() {
    let root = scratch();
    let run = |version: &str| {
        let text = format!("[dependencies]\naxum = \"{version}\"\nsqlx = \"1\"\n");
        update(
            root.path(),
            &plan([file("Cargo.toml", Owner::CoOwned, &text)]),
        )
    };
    run("1");
    let mine = read(root.path(), "Cargo.toml")
        .replace("sqlx = \"1\"", "# pinned\nsqlx = \"=1.0\"\nmine = \"9\"");
    write(root.path(), "Cargo.toml", &mine);
    assert_eq!(run("1").actions[0].kind, ActionKind::Keep);
    for (version, before) in [("2", "1"), ("3", "2")] {
        assert_eq!(
            run(version).actions[0].kind,
            ActionKind::Merge,
            "{version} after {before}"
        );
        assert_eq!(
            read(root.path(), "Cargo.toml"),
            mine.replace("axum = \"1\"", &format!("axum = \"{version}\""))
        );
        assert_eq!(run(version).written, 0);
    }
    let mine = mine.replace("axum = \"1\"", "axum = \"mine\"");
    write(root.path(), "Cargo.toml", &mine);
    assert!(run("3").is_clean());
    for _ in 0..2 {
        let outcome = run("4");
        assert_eq!(found(&outcome), [(Code::MergeConflict, "Cargo.toml")]);
        assert!(
            outcome.findings[0]
                .diagnostic
                .message()
                .contains("`dependencies.axum`")
        );
        assert_eq!(read(root.path(), "Cargo.toml"), mine);
    }
    write(
        root.path(),
        "Cargo.toml",
        &mine.replace("axum = \"mine\"", "axum = \"4\""),
    );
    assert!(run("4").is_clean());
}

#[test]
fn migrations_are_never_rewritten_and_changes_are_named() {
    let root = scratch();
    let init = |text: &str| file("migrations/1.sql", Owner::AppendOnly, text);
    let next = || file("migrations/2.sql", Owner::AppendOnly, "SELECT 2;\n");
    update(root.path(), &plan([init("SELECT 1;\n")]));
    assert!(update(root.path(), &plan([next()])).is_clean());
    assert_eq!(read(root.path(), "migrations/1.sql"), "SELECT 1;\n");
    let replanned = update(root.path(), &plan([init("SELECT 9;\n"), next()]));
    assert_eq!(
        found(&replanned),
        [(Code::MigrationReplanned, "migrations/1.sql")]
    );
    for edit in ["SELECT 1; \n", "SELECT 7;\n"] {
        write(root.path(), "migrations/1.sql", edit);
        for plan in [plan([next()]), plan([init("SELECT 1;\n"), next()])] {
            for outcome in [check(root.path(), &plan), update(root.path(), &plan)] {
                assert_eq!(
                    found(&outcome),
                    [(Code::MigrationTouched, "migrations/1.sql")]
                );
            }
        }
        assert_eq!(read(root.path(), "migrations/1.sql"), edit);
    }
    fs::remove_file(root.path().join("migrations/1.sql")).unwrap();
    assert_eq!(
        found(&update(root.path(), &plan([next()]))),
        [(Code::MigrationTouched, "migrations/1.sql")]
    );
    assert!(update(root.path(), &plan([init("SELECT 1;\n"), next()])).is_clean());
    assert_eq!(read(root.path(), "migrations/1.sql"), "SELECT 1;\n");
}

#[test]
fn what_is_no_longer_planned_goes_unless_it_was_edited() {
    let root = scratch();
    let keep = || file("Cargo.toml", Owner::CoOwned, "[package]\n");
    let old = [
        "src/a/gen.rs",
        "src/a/b/logic.rs",
        "src/c/gen.rs",
        "src/c/logic.rs",
    ];
    let owner = |path: &str| {
        if path.contains("gen") {
            Owner::Generated
        } else {
            Owner::Yours
        }
    };
    update(
        root.path(),
        &plan(
            old.iter()
                .map(|path| file(path, owner(path), RUST))
                .chain([keep()]),
        ),
    );
    write(root.path(), "src/c/logic.rs", "fn mine() {}\n");
    write(root.path(), "src/c/other.rs", "fn untracked() {}\n");
    assert_eq!(check(root.path(), &plan([keep()])).findings.len(), 4);
    for written in [3, 0] {
        let outcome = update(root.path(), &plan([keep()]));
        assert_eq!(
            (outcome.written, found(&outcome)),
            (written, vec![(Code::EditedOrphan, "src/c/logic.rs")])
        );
        assert!(outcome.is_clean());
    }
    let left: Vec<String> = tree(root.path())
        .into_keys()
        .filter(|path| !path.starts_with(".backgen"))
        .collect();
    assert_eq!(left, ["Cargo.toml", "src/c/logic.rs", "src/c/other.rs"]);
    assert!(!root.path().join("src/a").exists());
    fs::remove_file(root.path().join("src/c/logic.rs")).unwrap();
    assert_eq!(update(root.path(), &plan([keep()])).findings, vec![]);
    assert!(!root.path().join(".backgen/features").exists());
}
