//! What counts as a difference between tree and specs, and what does not; and that a killed run is healed by the next one.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::backgen::command;
use super::project::{Database, Project, copy};

const HANDLER: &str = "src/features/catalog/create_book/handler.rs";
/// Kills divide a run into so many parts.
const POINTS: u32 = 5;
const LOGIC: &str = "src/features/catalog/create_book/logic.rs";

fn bookshop() -> (TempDir, Project) {
    let temp = tempfile::tempdir().expect("a temporary folder");
    let project = Project::at(temp.path().join("bookshop"), "bookshop", Database::Sqlite);
    (temp, project)
}

fn edit(path: &Path, change: impl FnOnce(&str) -> String) {
    let text = fs::read_to_string(path).expect("a generated file");
    let changed = change(&text);
    assert_ne!(text, changed, "{}: the edit does nothing", path.display());
    fs::write(path, changed).expect("a generated file");
}

fn in_line(project: &Project, after: &str) {
    let check = project.check();
    assert_eq!(
        (check.code, check.text.as_str()),
        (0, ""),
        "check after {after}"
    );
}

#[test]
fn formatting_line_ends_and_own_logic_are_no_drift() {
    let (_temp, project) = bookshop();
    in_line(&project, "generate");
    let again = project.generate();
    assert_eq!((again.code, again.written), (0, 0), "{}", again.text);

    // Worse than any rustfmt: every run of blanks between tokens and every line's indentation is another one.
    edit(&project.folder.join(HANDLER), |text| {
        text.replace("    ", "  ")
            .replace("use super::", "use  super::")
    });
    in_line(&project, "another formatting");
    let formatted = Command::new("cargo")
        .args(["fmt", "--all"])
        .current_dir(&project.folder)
        .status()
        .expect("cargo fmt");
    assert!(formatted.success());
    in_line(&project, "cargo fmt");

    edit(&project.folder.join(LOGIC), |text| {
        format!("{text}\nfn mine() {{}}\n")
    });
    in_line(&project, "an edited logic.rs");

    for (path, bytes) in project.files() {
        let text = String::from_utf8(bytes).expect("text");
        if !path.starts_with(".backgen/") {
            fs::write(project.folder.join(path), text.replace('\n', "\r\n")).expect("a file");
        }
    }
    in_line(&project, "CRLF");
}

#[test]
fn an_edited_handler_is_found_with_its_diff_and_kept() {
    let (_temp, project) = bookshop();
    let handler = project.folder.join(HANDLER);
    edit(&handler, |text| {
        text.replace("let book = unit.finish", "let book = unit . finish_twice")
    });
    let edited = fs::read(&handler).expect("a handler");

    let check = project.check();
    assert_eq!(check.code, 1, "{}", check.text);
    for part in [HANDLER, "finish_twice", "-", "+    let book = unit.finish"] {
        assert!(
            check.text.contains(part),
            "{part:?} is not in\n{}",
            check.text
        );
    }
    let run = project.generate();
    assert_eq!((run.code, run.written), (1, 0), "{}", run.text);
    assert_eq!(fs::read(&handler).expect("a handler"), edited);
}

/// The tree is the undisturbed one's after the run that follows a kill. More points: `tests/acceptance/kill.sh`.
#[test]
fn a_killed_run_is_healed_by_the_next() {
    let (_temp, whole) = bookshop();
    let specs = tempfile::tempdir().expect("a temporary folder");
    for part in ["specs", "backgen.yaml"] {
        let (from, to) = (whole.folder.join(part), specs.path().join(part));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("the project file");
        }
    }
    let (time, expected) = healed(specs.path(), None);
    assert!(expected.len() > 100, "{:?}", expected.keys());
    for point in 1..POINTS {
        let (_, found) = healed(specs.path(), Some(time * point / POINTS));
        let differ: Vec<&String> = expected
            .iter()
            .filter(|(path, bytes)| found.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .chain(found.keys().filter(|path| !expected.contains_key(*path)))
            .collect();
        assert!(
            differ.is_empty(),
            "killed at {point}/{POINTS} of {time:?}: {differ:?}"
        );
    }
}

type Files = std::collections::BTreeMap<String, Vec<u8>>;

/// Generates in a copy of `specs`, killed after a while if asked, and then once more. The time of the first run, and all
/// files after the last.
fn healed(specs: &Path, kill_after: Option<Duration>) -> (Duration, Files) {
    let temp = tempfile::tempdir().expect("a temporary folder");
    copy(specs, temp.path());
    let start = Instant::now();
    let mut first = generate(temp.path()).spawn().expect("backgen runs");
    if let Some(patience) = kill_after {
        sleep(patience);
        first.kill().expect("a process to kill");
    }
    first.wait().expect("a process that ends");
    let time = start.elapsed();
    let next = generate(temp.path()).status().expect("backgen runs");
    assert!(next.success(), "the run after a kill at {kill_after:?}");
    let mut files = Files::new();
    super::project::collect(temp.path(), temp.path(), &mut files);
    files.retain(|path, _| path != ".backgen/lock");
    (time, files)
}

fn generate(folder: &Path) -> Command {
    let mut command = command(&["generate", "--project"]);
    command.arg(folder).stdout(Stdio::null());
    command
}
