//! Rules of decimals.

use super::Rule;
use super::number::within;
use crate::decode::site::{Read, Site, Value};
use crate::types::{Decimal, Refused, Scalar};

/// A decimal of a column's precision; the scale is the type's.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    precision: u32,
    min: Option<&'static str>,
    max: Option<&'static str>,
}

/// A decimal with at most `precision` digits, places included: `rule::decimal(10).min("0")`.
#[must_use]
pub const fn decimal(precision: u32) -> Exact {
    Exact {
        precision,
        min: None,
        max: None,
    }
}

impl Exact {
    /// At least this.
    #[must_use]
    pub const fn min(self, min: &'static str) -> Self {
        Self {
            min: Some(min),
            ..self
        }
    }

    /// At most this.
    #[must_use]
    pub const fn max(self, max: &'static str) -> Self {
        Self {
            max: Some(max),
            ..self
        }
    }
}

impl<const SCALE: u32> Rule<Decimal<SCALE>> for Exact {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<Decimal<SCALE>> {
        let value: Decimal<SCALE> = value.scalar().map_err(|refused| site.refuse(refused))?;
        let whole = self.precision.saturating_sub(SCALE);
        if value.whole_digits() > whole {
            let message = format!("must have at most {whole} digits before the point");
            return Err(site.refuse(Refused::new("too_many_digits", message)));
        }
        within(
            &value,
            self.min.map(bound).as_ref(),
            self.max.map(bound).as_ref(),
            site,
        )?;
        Ok(Some(value))
    }
}

fn bound<const SCALE: u32>(text: &'static str) -> Decimal<SCALE> {
    Decimal::parse(text).expect("BUG: a bound that the generator has checked")
}
