//! What a caller sees of a value, where not everyone sees all of it.

use serde::Serialize;

use super::Reach;

/// A value that is shown in part. Such a value does not serialize itself, so that none gets out whole by mistake.
pub trait Visible {
    /// What is shown.
    type As: Serialize;

    /// What this caller may see of it.
    fn visible_to(self, caller: &Reach) -> Self::As;
}

impl<T: Visible> Visible for Option<T> {
    type As = Option<T::As>;

    fn visible_to(self, caller: &Reach) -> Self::As {
        self.map(|value| value.visible_to(caller))
    }
}

impl<T: Visible> Visible for Vec<T> {
    type As = Vec<T::As>;

    fn visible_to(self, caller: &Reach) -> Self::As {
        self.into_iter()
            .map(|value| value.visible_to(caller))
            .collect()
    }
}
