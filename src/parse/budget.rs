//! How much a file may make the compiler build: the answer to alias bombs and deep nesting.

/// The deepest nesting of lists and maps; the language itself needs nine.
pub(super) const MAX_DEPTH: usize = 32;
/// The most values of one file, aliases counted as if written out.
pub(super) const MAX_VALUES: usize = 200_000;

/// What is left of [`MAX_VALUES`].
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    pub fn new() -> Self {
        Self(MAX_VALUES)
    }

    /// Whether `values` more are allowed; once refused, nothing is.
    #[must_use]
    pub fn take(&mut self, values: usize) -> bool {
        let left = self.0.checked_sub(values);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}
