//! Rules of values that have an order.

use std::fmt::Display;

use super::Rule;
use crate::decode::site::{Read, Reported, Site, Value};
use crate::types::{Refused, Scalar};

/// From `min` to `max`, both included.
#[derive(Debug, Clone, Copy)]
pub struct Range<T> {
    min: Option<T>,
    max: Option<T>,
}

/// A number, or any value that has an order: `rule::number().min(1)`.
#[must_use]
pub const fn number<T: Copy>() -> Range<T> {
    Range {
        min: None,
        max: None,
    }
}

impl<T: Copy> Range<T> {
    /// At least this.
    #[must_use]
    pub const fn min(self, min: T) -> Self {
        Self {
            min: Some(min),
            ..self
        }
    }

    /// At most this.
    #[must_use]
    pub const fn max(self, max: T) -> Self {
        Self {
            max: Some(max),
            ..self
        }
    }
}

impl<T: Scalar + PartialOrd + Display> Rule<T> for Range<T> {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<T> {
        let value: T = value.scalar().map_err(|refused| site.refuse(refused))?;
        within(&value, self.min.as_ref(), self.max.as_ref(), site)?;
        Ok(Some(value))
    }
}

pub(super) fn within<T: PartialOrd + Display>(
    value: &T,
    min: Option<&T>,
    max: Option<&T>,
    site: &mut Site<'_>,
) -> Result<(), Reported> {
    if let Some(min) = min.filter(|min| value < *min) {
        return Err(site.refuse(Refused::new("too_small", format!("must be at least {min}"))));
    }
    if let Some(max) = max.filter(|max| value > *max) {
        return Err(site.refuse(Refused::new("too_large", format!("must be at most {max}"))));
    }
    Ok(())
}
