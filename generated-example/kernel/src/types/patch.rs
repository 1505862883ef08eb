//! A field that a PATCH may leave, clear or set.

/// What a PATCH says of a field that may be null.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Not mentioned: keep what is there.
    #[default]
    Absent,
    /// Clear it.
    Null,
    /// Replace it.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field is mentioned at all.
    pub fn touches(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// The new value; `None` where it is cleared or kept.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// What the field holds afterwards.
    pub fn or(self, kept: Option<T>) -> Option<T> {
        match self {
            Self::Absent => kept,
            Self::Null => None,
            Self::Set(value) => Some(value),
        }
    }
}
