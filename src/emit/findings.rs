//! The sentences that a run may say, one function per kind.
//!
//! Enters: paths and texts. Leaves: findings. Absent on purpose: any decision.

use super::normal::unix;
use super::outcome::{Finding, FindingKind, Severity};
use crate::plan::RelPath;

/// Unified diff from what stands on disk to what backgen wants; None if either is missing.
pub(super) fn diff(path: &RelPath, disk: Option<&[u8]>, wanted: Option<&str>) -> Option<String> {
    let disk = unix(&String::from_utf8_lossy(disk?));
    let mut options = diffy::DiffOptions::new();
    options
        .set_original_filename(format!("{path} (on disk)"))
        .set_modified_filename(format!("{path} (planned)"));
    Some(options.create_patch(&disk, wanted?).to_string())
}

fn error(
    kind: FindingKind,
    path: &RelPath,
    message: String,
    help: &str,
    diff: Option<String>,
) -> Finding {
    Finding {
        kind,
        severity: Severity::Error,
        path: Some(path.clone()),
        message,
        help: Some(help.to_owned()),
        diff,
    }
}

pub(super) fn edited(path: &RelPath, diff: Option<String>) -> Finding {
    error(
        FindingKind::Edited,
        path,
        format!("`{path}` belongs to backgen and was edited by hand; it is left as it is"),
        "move your change into the spec or into a file of yours and delete this file; the next `generate` writes it again",
        diff,
    )
}

pub(super) fn in_the_way(path: &RelPath, diff: Option<String>) -> Finding {
    error(
        FindingKind::InTheWay,
        path,
        format!(
            "`{path}` is planned, but backgen did not write what stands there; it is left as it is"
        ),
        "move it out of the way, or make it as planned",
        diff,
    )
}

pub(super) fn migration_touched(path: &RelPath, diff: Option<String>) -> Finding {
    error(
        FindingKind::MigrationTouched,
        path,
        format!("the migration `{path}` was edited or deleted after it was recorded"),
        "restore it from version control; write a new migration for what is to change",
        diff,
    )
}

pub(super) fn migration_replanned(path: &RelPath, diff: Option<String>) -> Finding {
    error(
        FindingKind::MigrationTouched,
        path,
        format!(
            "the specs now ask for another text of the recorded migration `{path}`, which never changes"
        ),
        "what is to change needs a new migration; if this one never ran anywhere, delete it together with its record",
        diff,
    )
}

pub(super) fn merge_conflict(path: &RelPath, places: &[String], diff: Option<String>) -> Finding {
    error(
        FindingKind::MergeConflict,
        path,
        format!(
            "`{path}` was changed by you and by backgen in the same place: {}; it is left as it is",
            places.join(", ")
        ),
        "take over the planned value there by hand; the next `generate` then merges the rest",
        diff,
    )
}

pub(super) fn orphan(path: &RelPath) -> Finding {
    Finding {
        kind: FindingKind::Orphan,
        severity: Severity::Note,
        path: Some(path.clone()),
        message: format!(
            "`{path}` is no longer asked for by the specs, but was edited by hand; it is left as it is"
        ),
        help: Some("delete it if you no longer need it".to_owned()),
        diff: None,
    }
}

pub(super) fn base_lost(path: &RelPath, diff: Option<String>) -> Finding {
    Finding {
        kind: FindingKind::MergeConflict,
        severity: Severity::Note,
        path: Some(path.clone()),
        message: format!(
            "`{path}` could not be merged, since `.backgen/base/{path}` is gone; your version stays"
        ),
        help: Some("compare it with what is planned".to_owned()),
        diff,
    }
}

const GENERATE: &str = "run `backgen generate`";

pub(super) fn missing(path: &RelPath) -> Finding {
    error(
        FindingKind::Missing,
        path,
        format!("`{path}` is not there"),
        GENERATE,
        None,
    )
}

pub(super) fn differs(path: &RelPath, diff: Option<String>) -> Finding {
    error(
        FindingKind::Differs,
        path,
        format!("`{path}` is not in line with the specs"),
        GENERATE,
        diff,
    )
}

pub(super) fn leftover(path: &RelPath) -> Finding {
    error(
        FindingKind::Leftover,
        path,
        format!("`{path}` is no longer asked for by the specs"),
        GENERATE,
        None,
    )
}

fn general(kind: FindingKind, severity: Severity, message: &str, help: Option<&str>) -> Finding {
    Finding {
        kind,
        severity,
        path: None,
        message: message.to_owned(),
        help: help.map(str::to_owned),
        diff: None,
    }
}

pub(super) fn snapshot_behind() -> Finding {
    let message = "the recorded schema is not the schema of the specs";
    general(
        FindingKind::RecordBehind,
        Severity::Error,
        message,
        Some(GENERATE),
    )
}

pub(super) fn recovery_pending() -> Finding {
    let message =
        "the last `backgen generate` was interrupted, so the tree may hold files of both states";
    let help = "run `backgen generate`, which finishes it first";
    general(
        FindingKind::RecoveryPending,
        Severity::Error,
        message,
        Some(help),
    )
}

pub(super) fn unformatted(note: &str) -> Finding {
    general(FindingKind::Unformatted, Severity::Note, note, None)
}
