//! What can be asked of a column, stated by the endpoint.

/// What a filter can be asked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operators {
    pub(super) ne: bool,
    pub(super) ordered: bool,
    pub(super) null: bool,
}

impl Operators {
    /// `=` and `.in`: all that makes sense of a relation to many.
    pub const EQUAL: Self = Self {
        ne: false,
        ordered: false,
        null: false,
    };
    /// `=`, `.in` and `.ne`.
    pub const EXACT: Self = Self {
        ne: true,
        ..Self::EQUAL
    };
    /// These, and `.lt`, `.lte`, `.gt` and `.gte`.
    pub const ORDERED: Self = Self {
        ordered: true,
        ..Self::EXACT
    };

    /// These, and `.null=true` or `.null=false`.
    #[must_use]
    pub const fn nullable(self) -> Self {
        Self { null: true, ..self }
    }
}
