//! Where findings gather until a stage is done.

use super::{Diagnostic, Severity};

/// Findings in the order of their discovery; [`Sink::sorted`] gives them in the order of their places.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether the run must stop after this stage.
    pub fn has_errors(&self) -> bool {
        self.found
            .iter()
            .any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// All findings sorted by place, then code; what was found twice (through a YAML alias) is listed once.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.found
            .sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
        self.found.dedup();
        self.found
    }
}

impl Extend<Diagnostic> for Sink {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.found.extend(diagnostics);
    }
}
