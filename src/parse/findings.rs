//! The findings of one file, up to a bound.

use crate::diagnostic::{Diagnostic, Sink, shape};

/// Who makes more faults in one file has not written a spec; keeping and comparing each would cost time and memory.
const MAX_FINDINGS: usize = 1_000;

/// A sink for one pass over one file.
pub(super) struct Findings<'a> {
    sink: &'a mut Sink,
    left: usize,
}

impl<'a> Findings<'a> {
    pub fn new(sink: &'a mut Sink) -> Self {
        Self {
            sink,
            left: MAX_FINDINGS,
        }
    }

    /// Keeps the finding unless there were too many before; the last one says so.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let Some(left) = self.left.checked_sub(1) else {
            return;
        };
        let span = diagnostic.spans().next();
        self.left = left;
        self.sink.push(diagnostic);
        if let (true, Some(span)) = (self.is_full(), span) {
            self.sink.push(shape::too_many_findings(MAX_FINDINGS, span));
        }
    }

    /// Whether there is no use in looking further.
    pub fn is_full(&self) -> bool {
        self.left == 0
    }
}
