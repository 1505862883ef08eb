//! What a run did, or would do: plain data for the human and the JSON printer.

use serde::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Owner, RelPath};
use crate::source::SourceMap;

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

impl Action {
    /// A spec that is written beside the planned files.
    pub(super) fn source(path: &RelPath) -> Self {
        Self {
            path: path.clone(),
            kind: ActionKind::Create,
            owner: Owner::Yours,
            feature: None,
        }
    }
}

/// One thing that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub diagnostic: Diagnostic,
    /// Unified diff from the file on disk to the planned text.
    pub diff: Option<String>,
}

/// The diagnostic's own object with `diff` added.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // No finding about the tree points into a spec, so no source map is needed.
        let mut object = self.diagnostic.to_json(&SourceMap::default());
        object["diff"] = self.diff.clone().into();
        object.serialize(serializer)
    }
}

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub mode: Mode,
    /// One per path, sorted by path.
    pub actions: Vec<Action>,
    /// Files written or removed in the tree, the record not counted. 0 unless `Update`.
    pub written: usize,
    /// Sorted: errors first, then by place.
    pub findings: Vec<Finding>,
}

impl Outcome {
    /// True if nothing keeps the run from exit code 0.
    pub fn is_clean(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.diagnostic.severity() == Severity::Warning)
    }
}
