//! BG09xx: the tree on disk, compared with the plan.
//!
//! Paths in the tree are validated before they come here: no control or invisible characters, so they are shown whole.

use std::io;
use std::path::Path;

use super::{Code, Diagnostic, Place, Severity};
use crate::plan::RelPath;

const GENERATE: &str = "run `backgen generate`";

fn error(code: Code, path: &RelPath, message: String) -> Diagnostic {
    Diagnostic::error(code, Place::File(path.to_string()), message)
}

fn warning(code: Code, place: Place, message: String) -> Diagnostic {
    let error = Diagnostic::error(code, place, message);
    Diagnostic {
        severity: Severity::Warning,
        ..error
    }
}

pub fn edited(path: &RelPath) -> Diagnostic {
    let message =
        format!("`{path}` belongs to backgen and was edited by hand, so it is left as it is");
    error(Code::GeneratedFileEdited, path, message).help(
        "move your change into the spec or into a file of yours and delete this one; the next `backgen generate` writes it again",
    )
}

pub fn in_the_way(path: &RelPath) -> Diagnostic {
    let message = format!(
        "`{path}` is planned, but backgen did not write what stands there, so it is left as it is"
    );
    error(Code::FileInTheWay, path, message).help("move it out of the way, or make it as planned")
}

pub fn migration_touched(path: &RelPath) -> Diagnostic {
    let message = format!("the migration `{path}` was edited or deleted after it was recorded");
    error(Code::MigrationTouched, path, message)
        .help("restore it from version control, and write a new migration for what is to change")
}

pub fn migration_replanned(path: &RelPath) -> Diagnostic {
    let message = format!(
        "the specs ask for another text of the recorded migration `{path}`, which never changes"
    );
    error(Code::MigrationReplanned, path, message)
        .help("if it never ran anywhere, restore `migrations/` and `.backgen/` from version control as they were before it")
}

/// `places`: what both sides changed, such as "`package.edition`" or "line 3 on".
pub fn merge_conflict(path: &RelPath, places: &[String]) -> Diagnostic {
    let places = places.join(", ");
    let message = format!(
        "`{path}` was changed by you and by backgen in the same place ({places}), so it is left as it is"
    );
    error(Code::MergeConflict, path, message).help(
        "take over the planned value there by hand; the next `backgen generate` merges the rest",
    )
}

pub fn base_lost(path: &RelPath) -> Diagnostic {
    let message = format!(
        "`{path}` could not be merged, since `.backgen/base/{path}` is gone; your version stays"
    );
    warning(Code::BaseLost, Place::File(path.to_string()), message)
        .help("compare it with what is planned")
}

pub fn orphan(path: &RelPath) -> Diagnostic {
    let message = format!(
        "`{path}` is no longer asked for by the specs, but was edited by hand, so it is left as it is"
    );
    warning(Code::EditedOrphan, Place::File(path.to_string()), message)
        .help("delete it if you no longer need it")
}

pub fn missing(path: &RelPath) -> Diagnostic {
    error(
        Code::FileMissing,
        path,
        format!("`{path}` is planned, but not there"),
    )
    .help(GENERATE)
}

pub fn differs(path: &RelPath) -> Diagnostic {
    error(
        Code::FileDiffers,
        path,
        format!("`{path}` is not in line with the specs"),
    )
    .help(GENERATE)
}

pub fn left_over(path: &RelPath) -> Diagnostic {
    error(
        Code::FileLeftOver,
        path,
        format!("`{path}` is no longer asked for by the specs"),
    )
    .help(GENERATE)
}

pub fn snapshot_behind() -> Diagnostic {
    let message = "the recorded schema is not the schema of the specs";
    Diagnostic::error(Code::SnapshotBehind, Place::Project, message).help(GENERATE)
}

pub fn run_interrupted() -> Diagnostic {
    let message =
        "the last `backgen generate` was interrupted, so the tree may hold files of both states";
    Diagnostic::error(Code::RunInterrupted, Place::Project, message)
        .help("run `backgen generate`, which finishes it first")
}

/// `reason`: why rustfmt did not do it, as a clause.
pub fn not_formatted(reason: &str) -> Diagnostic {
    warning(
        Code::NotFormatted,
        Place::Project,
        format!("Rust files are written without rustfmt: {reason}"),
    )
}

/// `doing`: a verb with its preposition, such as "write" or "move a file to".
pub fn disk_refused(doing: &str, path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("could not {doing} `{}`: {error}", path.display());
    Diagnostic::error(Code::DiskRefused, Place::Project, message)
}

/// `reason`: a verb phrase about `at`, such as "is a symbolic link".
pub fn path_blocked(path: &RelPath, at: &Path, reason: &str) -> Diagnostic {
    error(
        Code::PathBlocked,
        path,
        format!("`{path}` was not written: `{}` {reason}", at.display()),
    )
}

pub fn tree_locked(root: &Path, holder: Option<u32>, waited_secs: u64) -> Diagnostic {
    let holder = process(holder);
    let message = format!(
        "another backgen{holder} has been at work in `{}` for {waited_secs} s",
        root.display()
    );
    Diagnostic::error(Code::TreeLocked, Place::Project, message).help("wait for it, or end it")
}

/// What a run says once when it starts to wait. Not a finding.
pub fn waiting(root: &Path, holder: Option<u32>) -> String {
    format!(
        "waiting for another backgen{} to finish in `{}`",
        process(holder),
        root.display()
    )
}

fn process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})"))
        .unwrap_or_default()
}

/// `reason`: a verb phrase, such as "holds conflict markers".
pub fn record_unreadable(path: &Path, line: Option<usize>, reason: &str) -> Diagnostic {
    let line = line.map(|line| format!(" line {line}")).unwrap_or_default();
    let message = format!("`{}`{line} {reason}", path.display());
    Diagnostic::error(Code::RecordUnreadable, Place::Project, message)
        .help("restore it from version control; after a merge, keep either side")
        .help("or delete it: files that are as planned are taken up again, others are reported, none is overwritten")
}

pub fn record_newer(path: &Path, theirs: &str, ours: &str) -> Diagnostic {
    let message = format!(
        "`{}` was written by backgen {theirs}, and this is {ours}",
        path.display()
    );
    Diagnostic::error(Code::RecordNewer, Place::Project, message)
        .help("install that version of backgen")
}

/// `what`: a clause that names the template or file and the fault.
pub fn defect(what: &str) -> Diagnostic {
    Diagnostic::error(
        Code::DefectInBackgen,
        Place::Project,
        format!("this is a defect in backgen: {what}"),
    )
    .help("report it, with the specs if you can share them")
}
