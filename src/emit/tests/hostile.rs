//! Broken records, links, missing rights, several runs at once.

use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

fn one() -> Plan {
    plan([file("src/a.txt", Owner::Generated, "one\n")])
}

#[test]
fn a_record_that_cannot_be_read_stops_the_run_with_its_place() {
    let root = scratch();
    update(root.path(), &one());
    let good = read(root.path(), ".backgen/features/catalog.json");
    for (text, expected) in [
        (
            good.replace("\"files\"", "files"),
            "line 3 is not a record that backgen wrote",
        ),
        (
            good.replace("src/a.txt", "../a.txt"),
            "is not a record that backgen wrote: `../a.txt` cannot be a path",
        ),
        (
            good.replace("\"format\": 1", "\"format\": 2"),
            "was written by backgen with another record format",
        ),
        (
            good.replace("\"files\"", "\"version\": \"99.0.0\",\n\"files\""),
            "was written by backgen 99.0.0, and this is",
        ),
        (String::new(), "is not a record that backgen wrote"),
    ] {
        write(root.path(), ".backgen/features/catalog.json", &text);
        let before = tree(root.path());
        for mode in [Mode::Update, Mode::CheckOnly, Mode::DryRun] {
            let error = try_run(root.path(), mode, &one()).unwrap_err().to_string();
            assert!(
                error.contains(expected) && error.contains("catalog.json"),
                "{error}"
            );
        }
        assert_eq!(tree(root.path()), before);
    }
}

#[test]
fn nothing_is_written_through_a_link() {
    let (root, outside) = (scratch(), scratch());
    symlink(outside.path(), root.path().join("src")).unwrap();
    let error = try_run(root.path(), Mode::Update, &one())
        .unwrap_err()
        .to_string();
    assert!(error.contains("is a symbolic link"), "{error}");
    fs::remove_file(root.path().join("src")).unwrap();
    fs::create_dir(root.path().join("src")).unwrap();
    // What the link leads to is even as planned.
    fs::write(outside.path().join("a.txt"), "one\n").unwrap();
    symlink(outside.path().join("a.txt"), root.path().join("src/a.txt")).unwrap();
    assert_eq!(
        found(&update(root.path(), &one())),
        [(Code::FileInTheWay, "src/a.txt")]
    );
    assert_eq!(fs::read(outside.path().join("a.txt")).unwrap(), b"one\n");

    let root = scratch();
    symlink(outside.path(), root.path().join(".backgen")).unwrap();
    assert!(
        try_run(root.path(), Mode::Update, &one())
            .unwrap_err()
            .to_string()
            .contains("is a symbolic link")
    );
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn a_text_that_does_not_parse_is_a_bug_and_writes_nothing() {
    let root = scratch();
    let broken = plan([
        file("a.rs", Owner::Generated, "fn a() {}\n"),
        file("b.rs", Owner::Generated, "\nfn b( {}\n"),
    ]);
    let error = try_run(root.path(), Mode::Update, &broken)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("this is a defect in backgen: `b.rs` as rendered does not parse: line 2"),
        "{error}"
    );
    assert_eq!(tree(root.path()).len(), 0);
}

#[test]
fn permissions_survive_a_rewrite() {
    let root = scratch();
    update(root.path(), &one());
    let at = root.path().join("src/a.txt");
    fs::set_permissions(&at, PermissionsExt::from_mode(0o750)).unwrap();
    update(
        root.path(),
        &plan([file("src/a.txt", Owner::Generated, "two\n")]),
    );
    assert_eq!(
        (
            read(root.path(), "src/a.txt").as_str(),
            fs::metadata(&at).unwrap().permissions().mode() & 0o777
        ),
        ("two\n", 0o750)
    );
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_old_tree() {
    let root = scratch();
    update(root.path(), &one());
    // A file where a folder is needed: refused for every user, root included.
    write(root.path(), "docs", "mine");
    let before = tree(root.path());
    let next = plan([
        file("docs/x.txt", Owner::Generated, "x\n"),
        file("src/a.txt", Owner::Generated, "two\n"),
    ]);
    let error = try_run(root.path(), Mode::Update, &next)
        .unwrap_err()
        .to_string();
    assert!(error.contains("docs` is not a folder"), "{error}");
    assert_eq!(tree(root.path()), before);
}

#[test]
fn eight_runs_at_once_take_turns() {
    let root = scratch();
    let many = |round: usize| {
        plan((0..50).map(|n| {
            file(
                &format!("src/{n}.txt"),
                Owner::Generated,
                &format!("{n} {round}\n"),
            )
        }))
    };
    let written: usize = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| update(root.path(), &many(0)).written))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(written, 50, "one run writes, the others find it done");
    std::thread::scope(|scope| {
        let runs: Vec<_> = (1..9).map(|round| scope.spawn(move || round)).collect();
        for run in runs {
            let (round, root) = (run.join().unwrap(), root.path());
            scope.spawn(move || update(root, &many(round)));
        }
    });
    let last = read(root.path(), "src/0.txt")
        .trim()
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert!(
        check(root.path(), &many(last)).is_clean(),
        "the tree is one round's, whole"
    );
}

#[test]
fn a_waiting_run_names_the_holder_and_gives_up_in_time() {
    let root = scratch();
    let _held = open(root.path(), Mode::Update).unwrap();
    let mut said = Vec::new();
    let mut wait = Wait {
        at_most: Duration::from_millis(60),
        tell: &mut |text| said.push(text.to_owned()),
    };
    let error = Tree::open(root.path(), Mode::Update, &mut wait)
        .unwrap_err()
        .to_string();
    let holder = format!("another backgen (process {})", std::process::id());
    assert!(said.len() == 1 && said[0].contains(&holder), "{said:?}");
    assert!(error.contains(&holder), "{error}");
    assert!(
        open(root.path(), Mode::CheckOnly).is_ok(),
        "reading needs no lock"
    );
}
