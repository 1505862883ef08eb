//! Runs as a whole: repeated, dry, checking, without their record.

use super::owners::{RUST, small};
use super::*;

#[test]
fn a_second_run_writes_nothing_and_touches_no_file() {
    let root = scratch();
    let times = || -> Vec<_> {
        tree(root.path())
            .keys()
            .map(|path| {
                fs::metadata(root.path().join(path))
                    .unwrap()
                    .modified()
                    .unwrap()
            })
            .collect()
    };
    let first = update(root.path(), &small("pub fn a(){}\n"));
    assert_eq!((first.written, first.is_clean()), (5, true));
    assert_eq!(read(root.path(), "src/gen.rs"), "pub fn a() {}\n");
    let before = (tree(root.path()), times());
    let second = update(root.path(), &small("pub fn a(){}\n"));
    assert_eq!((second.written, second.findings), (0, vec![]));
    assert!(
        second
            .actions
            .iter()
            .all(|action| action.kind == ActionKind::Unchanged)
    );
    assert_eq!((tree(root.path()), times()), before);
    assert!(check(root.path(), &small("pub fn a(){}\n")).is_clean());
}

#[test]
fn layout_is_not_drift_and_survives() {
    let root = scratch();
    update(root.path(), &small(RUST));
    for path in [
        "src/gen.rs",
        "src/logic.rs",
        "Cargo.toml",
        "migrations/1_init.sql",
    ] {
        write(
            root.path(),
            path,
            &read(root.path(), path).replace('\n', "\r\n"),
        );
    }
    write(
        root.path(),
        "src/gen.rs",
        "//! Doc.\nuse std::fmt; // note\npub fn a()->u8{1}",
    );
    write(root.path(), "openapi.json", "{\n\"a\":\n1}");
    let before = tree(root.path());
    assert_eq!(check(root.path(), &small(RUST)).findings, vec![]);
    assert_eq!(update(root.path(), &small(RUST)).written, 0);
    assert_eq!(tree(root.path()), before);
    // A new text reaches them all the same, since nobody changed what they say.
    assert_eq!(update(root.path(), &small("fn b() {}\n")).written, 2);
    assert_eq!(read(root.path(), "src/gen.rs"), "fn b() {}\n");
}

#[test]
fn a_lost_record_loses_nothing() {
    let root = scratch();
    update(root.path(), &small(RUST));
    write(root.path(), "src/logic.rs", "fn mine() {}\n");
    write(root.path(), "openapi.json", "{\"a\": 2}\n");
    fs::remove_dir_all(root.path().join(".backgen")).unwrap();
    let outcome = update(root.path(), &small(RUST));
    assert_eq!(
        (outcome.written, found(&outcome)),
        (0, vec![(Code::FileInTheWay, "openapi.json")])
    );
    assert_eq!(update(root.path(), &small("fn b() {}\n")).written, 1);
    assert_eq!(read(root.path(), "src/logic.rs"), "fn mine() {}\n");
}

#[test]
fn dry_run_and_check_say_the_same_and_write_nothing() {
    let root = scratch();
    update(root.path(), &small(RUST));
    let before = tree(root.path());
    let next = small("pub fn b() {}\n");
    let (dry, checked) = (
        try_run(root.path(), Mode::DryRun, &next).unwrap(),
        check(root.path(), &next),
    );
    assert_eq!((dry.written, dry.is_clean(), checked.written), (0, true, 0));
    assert_eq!(
        found(&checked),
        [
            (Code::FileDiffers, "src/gen.rs"),
            (Code::FileDiffers, "src/logic.rs")
        ]
    );
    assert!(
        checked.findings[0]
            .diff
            .as_ref()
            .unwrap()
            .contains("\n+pub fn b() {}\n")
    );
    assert_eq!(tree(root.path()), before);
    let done = update(root.path(), &next);
    assert_eq!(
        (dry.actions, checked.actions),
        (done.actions.clone(), done.actions)
    );
}

#[test]
fn the_snapshot_comes_back_and_features_share_no_record() {
    let root = scratch();
    let snapshot = json!({ "catalog": { "b": 1, "a": [2] }, "sales": null });
    let sales = |text: &str| PlannedFile {
        feature: Some("sales".into()),
        ..file("src/s.rs", Owner::Generated, text)
    };
    let catalog = || file("src/c.rs", Owner::Generated, RUST);
    update(
        root.path(),
        &plan_with([catalog(), sales(RUST)], snapshot.clone()),
    );
    assert_eq!(
        *open(root.path(), Mode::CheckOnly).unwrap().snapshot(),
        snapshot
    );
    let before = tree(root.path());
    let changed = json!({ "catalog": { "b": 1, "a": [2] }, "sales": { "t": 1 } });
    let next = plan_with([catalog(), sales("fn x() {}\n")], changed);
    let findings = check(root.path(), &next);
    assert_eq!(
        found(&findings),
        [(Code::SnapshotBehind, ""), (Code::FileDiffers, "src/s.rs")]
    );
    update(root.path(), &next);
    let after = tree(root.path());
    let touched: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        touched,
        [
            ".backgen/features/sales.json",
            ".backgen/schema/sales.json",
            "src/s.rs"
        ]
    );
}

#[test]
fn records_of_two_branches_that_git_could_not_merge_are_understood() {
    let root = scratch();
    let branch = |a: &str, b: &str| {
        let files = [("src/a.txt", a), ("src/b.txt", b)];
        plan(files.map(|(path, text)| file(path, Owner::Generated, text)))
    };
    let record = ".backgen/features/catalog.json";
    update(root.path(), &branch("ours\n", "base\n"));
    let ours = read(root.path(), record);
    update(root.path(), &branch("base\n", "theirs\n"));
    let theirs = read(root.path(), record);
    let entries = |text: &str| {
        text.lines()
            .filter(|line| line.contains("src/"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let (head, tail) = (ours.split("{\"path").next().unwrap(), "null\n]\n}\n");
    let conflict = format!(
        "<<<<<<< HEAD\n{}\n||||||| base\nbroken\n=======\n{}\n>>>>>>> b\n",
        entries(&ours),
        entries(&theirs)
    );
    write(root.path(), record, &format!("{head}{conflict}{tail}"));
    write(root.path(), "src/a.txt", "ours\n");
    let outcome = update(root.path(), &branch("new\n", "new\n"));
    assert_eq!((outcome.written, outcome.is_clean()), (2, true));
    assert!(!read(root.path(), record).contains("<<<<<<<"));
}
