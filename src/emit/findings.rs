//! Findings with the difference that they are about.

use super::normal::unix;
use super::outcome::Finding;
use crate::diagnostic::Diagnostic;
use crate::plan::RelPath;

impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostic,
            diff: None,
        }
    }
}

impl Finding {
    /// Adds the unified diff from what stands on disk to what is planned, where both are there.
    pub(super) fn with_diff(
        self,
        path: &RelPath,
        disk: Option<&[u8]>,
        planned: Option<&str>,
    ) -> Self {
        let (Some(disk), Some(planned)) = (disk, planned) else {
            return self;
        };
        let disk = unix(&String::from_utf8_lossy(disk));
        let mut options = diffy::DiffOptions::new();
        options.set_original_filename(format!("{path} (on disk)"));
        options.set_modified_filename(format!("{path} (planned)"));
        Self {
            diff: Some(options.create_patch(&disk, planned).to_string()),
            ..self
        }
    }
}
