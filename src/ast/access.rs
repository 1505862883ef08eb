//! Who may do what. So far: anyone.

use crate::source::Span;

/// A rule, or a list of which any grants; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub grants: Vec<(Grant, Span)>,
}

/// One rule. Rules that the language knows but the compiler does not yet are refused while decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Anyone, signed in or not.
    Public,
}
