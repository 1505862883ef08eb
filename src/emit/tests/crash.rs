//! A full disk and kill -9 at every step: after the next run the tree is the old or the new one, whole.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use super::super::fault::Kind;
use super::*;

const ROOT: &str = "BACKGEN_TEST_CRASH_ROOT";
const FILES: &str = "BACKGEN_TEST_CRASH_FILES";
const GENERATION: &str = "BACKGEN_TEST_CRASH_GENERATION";
const STEP: &str = "BACKGEN_TEST_CRASH_STEP";

/// Two generations that differ in texts, new files, removed files and a merge; Markdown, so that no time goes to rustfmt.
fn generation(files: usize, generation: usize) -> Plan {
    let mut all: Vec<PlannedFile> = (0..files)
        .filter(|n| n % 5 != generation % 2)
        .map(|n| {
            file(
                &format!("src/{}/{n}.md", n % 7),
                Owner::Generated,
                &format!("{}\n", format!("{n} of {generation}\n").repeat(40)),
            )
        })
        .collect();
    all.push(file(
        "Cargo.toml",
        Owner::CoOwned,
        &format!("[package]\nname = \"g{generation}\"\n\n[dependencies]\n"),
    ));
    plan_with(all, json!({ "catalog": generation }))
}

fn project(root: &Path, files: usize) {
    update(root, &generation(files, 0));
    write(
        root,
        "Cargo.toml",
        &(read(root, "Cargo.toml") + "mine = \"1\"\n"),
    );
    assert!(update(root, &generation(files, 0)).is_clean());
}

/// The trees of both generations, with a person's edit in each.
fn both(files: usize) -> [BTreeMap<String, Vec<u8>>; 2] {
    let root = scratch();
    project(root.path(), files);
    let old = tree(root.path());
    update(root.path(), &generation(files, 1));
    let new = tree(root.path());
    update(root.path(), &generation(files, 0));
    assert!(
        tree(root.path()) == old && old != new,
        "going back gives the old tree again"
    );
    [old, new]
}

/// Opens the tree, which recovers it. Returns the generation that it now is.
fn recovered(root: &Path, trees: &[BTreeMap<String, Vec<u8>>; 2], files: usize) -> usize {
    drop(open(root, Mode::Update).unwrap());
    let now = tree(root);
    let which = trees.iter().position(|tree| *tree == now);
    let which = which
        .unwrap_or_else(|| panic!("neither old nor new: {:?}", now.keys().collect::<Vec<_>>()));
    assert!(check(root, &generation(files, which)).is_clean());
    which
}

#[test]
fn a_disk_that_is_full_at_any_step_leaves_the_old_tree() {
    const COUNT: usize = 11;
    let trees = both(COUNT);
    for kind in [Kind::Once, Kind::FromHere, Kind::Again(3)] {
        for step in 0.. {
            let root = scratch();
            project(root.path(), COUNT);
            let tree_now = open(root.path(), Mode::Update).unwrap();
            tree_now.disk.fault.arm(step, kind);
            let result = tree_now.apply(&generation(COUNT, 1));
            let steps = tree_now.disk.fault.seen();
            drop(tree_now);
            if steps <= step {
                assert!(result.is_ok() && step > 40, "{step} steps");
                break;
            }
            if let Err(error) = &result {
                assert!(matches!(error, EmitError::Io { .. }), "{error}");
                assert!(
                    kind != Kind::Once || trees.contains(&own_files_removed(root.path(), &trees)),
                    "step {step}"
                );
            }
            let undone = kind == Kind::Once && own_files_removed(root.path(), &trees) == trees[0];
            assert!(
                !undone || !root.path().join(".backgen/journal.json").exists(),
                "step {step}: undone, but to be redone"
            );
            let which = recovered(root.path(), &trees, COUNT);
            assert!(
                result.is_err() || which == 1,
                "step {step}: success, but the tree is the old one"
            );
            update(root.path(), &generation(COUNT, 1));
            assert!(
                tree(root.path()) == trees[1],
                "step {step}: the run after it finishes the work"
            );
        }
    }
}

/// The tree without what an interrupted run leaves in its own folder for the next one.
fn own_files_removed(
    root: &Path,
    trees: &[BTreeMap<String, Vec<u8>>; 2],
) -> BTreeMap<String, Vec<u8>> {
    let mut now = tree(root);
    now.retain(|path, _| {
        !path.starts_with(".backgen/staging") && path != ".backgen/journal.json"
            || trees[0].contains_key(path)
    });
    now
}

/// Not a test by itself: the process that the tests below kill.
#[test]
fn victim() {
    let (Ok(root), Ok(files)) = (std::env::var(ROOT), std::env::var(FILES)) else {
        return;
    };
    let wanted = generation(
        files.parse().unwrap(),
        std::env::var(GENERATION).unwrap().parse().unwrap(),
    );
    let tree = open(Path::new(&root), Mode::Update).unwrap();
    if let Ok(step) = std::env::var(STEP) {
        tree.disk.fault.arm(step.parse().unwrap(), Kind::Kill);
    }
    tree.apply(&wanted).unwrap();
}

fn run_victim(
    root: &Path,
    files: usize,
    generation: usize,
    step: Option<usize>,
) -> std::process::Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "emit::tests::crash::victim"])
        .env(ROOT, root)
        .env(FILES, files.to_string())
        .env(GENERATION, generation.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(step) = step {
        command.env(STEP, step.to_string());
    }
    command.spawn().unwrap()
}

#[test]
fn a_process_that_ends_at_any_step_leaves_the_old_or_the_new_tree() {
    const COUNT: usize = 6;
    let trees = both(COUNT);
    let root = scratch();
    project(root.path(), COUNT);
    let (mut now, mut outcomes) = (0, [0; 2]);
    for step in 0.. {
        let target = 1 - now;
        if run_victim(root.path(), COUNT, target, Some(step))
            .wait()
            .unwrap()
            .success()
        {
            assert!(step > 30, "only {step} steps");
            break;
        }
        let which = recovered(root.path(), &trees, COUNT);
        outcomes[usize::from(which == target)] += 1;
        now = which;
    }
    assert!(
        outcomes[0] > 5 && outcomes[1] > 5,
        "both sides of the journal were hit: {outcomes:?}"
    );
}

#[test]
fn kill_9_at_random_moments_leaves_the_old_or_the_new_tree() {
    const COUNT: usize = 400;
    const KILLS: u32 = 50;
    let trees = both(COUNT);
    let root = scratch();
    project(root.path(), COUNT);
    let started = Instant::now();
    assert!(
        run_victim(root.path(), COUNT, 1, None)
            .wait()
            .unwrap()
            .success()
    );
    let whole = started.elapsed();
    let mut now = recovered(root.path(), &trees, COUNT);
    for kill in 0..KILLS {
        let mut victim = run_victim(root.path(), COUNT, 1 - now, None);
        // Evenly spread over the run in a scattered order (a full cycle modulo 50).
        thread::sleep(whole * (kill * 17 % KILLS) / KILLS);
        victim.kill().unwrap();
        victim.wait().unwrap();
        now = recovered(root.path(), &trees, COUNT);
    }
}

/// A project whose run to generation 1 died with the journal written.
fn interrupted(files: usize) -> tempfile::TempDir {
    let root = scratch();
    project(root.path(), files);
    let mut step = 30;
    while !root.path().join(".backgen/journal.json").exists() {
        run_victim(root.path(), files, 1, Some(step))
            .wait()
            .unwrap();
        step += 1;
    }
    root
}

#[test]
fn staged_texts_that_a_power_cut_emptied_bring_back_the_old_tree() {
    const COUNT: usize = 6;
    let (root, trees) = (interrupted(COUNT), both(COUNT));
    for entry in fs::read_dir(root.path().join(".backgen/staging")).unwrap() {
        let at = entry.unwrap().path();
        if at
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("new-")
        {
            fs::write(at, "").unwrap();
        }
    }
    assert_eq!(recovered(root.path(), &trees, COUNT), 0);
}

#[test]
fn check_says_that_a_run_was_interrupted_and_a_later_edit_survives_the_recovery() {
    const COUNT: usize = 6;
    let root = interrupted(COUNT);
    for mode in [Mode::CheckOnly, Mode::DryRun] {
        let outcome = try_run(root.path(), mode, &generation(COUNT, 1)).unwrap();
        assert_eq!(found(&outcome), [(Code::RunInterrupted, "")]);
    }
    write(root.path(), "src/2/2.md", "edited after the crash\n");
    let outcome = update(root.path(), &generation(COUNT, 1));
    assert_eq!(found(&outcome), [(Code::GeneratedFileEdited, "src/2/2.md")]);
    assert_eq!(read(root.path(), "src/2/2.md"), "edited after the crash\n");
}
