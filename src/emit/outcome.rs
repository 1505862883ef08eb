//! What a run did, or would do: plain data for the human and the JSON printer.

use serde::Serialize;

use crate::plan::{Owner, RelPath};

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Write.
    Update,
    /// Write nothing; every difference between plan and tree is a finding.
    CheckOnly,
    /// Write nothing; say what `Update` would do.
    DryRun,
}

/// What happens to one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// The file is not there and is written.
    Create,
    /// It was written before, a person deleted it, and it is written again, since the tree needs it.
    Recreate,
    /// It is replaced; no byte of a person is in it.
    Rewrite,
    /// New text of backgen is merged into a file that a person edited as well.
    Merge,
    /// As planned already.
    Unchanged,
    /// The person's version stays.
    Keep,
    /// A finding explains why the file is left alone.
    Refuse,
    /// No longer planned and never edited: deleted.
    Remove,
    /// No longer planned, but edited: left in place and named.
    KeepOrphan,
    /// It exists, differs, and backgen never wrote it: left alone.
    Conflict,
}

/// One row of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    pub path: RelPath,
    pub kind: ActionKind,
    pub owner: Owner,
    pub feature: Option<String>,
}

/// Whether a finding makes the run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Error,
    Note,
}

/// What kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Check: the plan has the file, the tree has not.
    Missing,
    /// Check: the file is not as planned.
    Differs,
    /// Check: the file should be gone.
    Leftover,
    /// A generated file was edited by hand.
    Edited,
    /// A file that backgen never wrote is in the way.
    InTheWay,
    /// A recorded migration was edited or deleted, or the plan wants to change it.
    MigrationTouched,
    /// A co-owned file where backgen and a person changed the same place.
    MergeConflict,
    /// An edited file that the specs no longer ask for.
    Orphan,
    /// A run was interrupted; the next `generate` finishes it.
    RecoveryPending,
    /// The schema snapshot or another part of the record is behind.
    RecordBehind,
    /// rustfmt was not found or failed; files were written as rendered.
    Unformatted,
}

/// One thing that a person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub severity: Severity,
    pub path: Option<RelPath>,
    /// One sentence that stands alone.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Unified diff from the file on disk to the planned text.
    pub diff: Option<String>,
}

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub mode: Mode,
    /// One per path, sorted by path.
    pub actions: Vec<Action>,
    /// Files written or removed in the tree, the record not counted. 0 unless `Update`.
    pub written: usize,
    /// Sorted: errors first, then by path.
    pub findings: Vec<Finding>,
}

impl Outcome {
    /// True if nothing keeps the run from exit code 0.
    pub fn is_clean(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.severity == Severity::Note)
    }
}
