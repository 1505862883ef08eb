//! Exact decimals with a fixed number of places.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::scalar::{Refused, Scalar};
use crate::db::{self, stored_as};

/// The most digits that any column has: their scaled value fits 64 bits.
pub const MAX_DIGITS: u32 = 18;

/// A decimal with exactly `SCALE` places and at most 18 digits; a string in JSON.
///
/// Calculate with the value inside (`*price * quantity`) and come back by [`Decimal::rounded`] or `try_from`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal<const SCALE: u32>(rust_decimal::Decimal);

impl<const SCALE: u32> Decimal<SCALE> {
    /// From the value times 10^`SCALE`, so that `Decimal::<2>::from_units(1250)` is 12.50. `None` beyond 18 digits.
    #[must_use]
    pub fn from_units(units: i64) -> Option<Self> {
        let fits = units.unsigned_abs() < 10_u64.pow(MAX_DIGITS);
        fits.then(|| Self(rust_decimal::Decimal::new(units, SCALE)))
    }

    /// The value times 10^`SCALE`.
    #[must_use]
    pub fn units(self) -> i64 {
        i64::try_from(self.0.mantissa()).expect("BUG: a decimal of more than 18 digits")
    }

    /// The nearest value with `SCALE` places, halves to even. `None` beyond 18 digits.
    #[must_use]
    pub fn rounded(value: rust_decimal::Decimal) -> Option<Self> {
        let mut value = if value.scale() > SCALE {
            value.round_dp(SCALE)
        } else {
            value
        };
        value.rescale(SCALE);
        if value.is_zero() {
            value.set_sign_positive(true);
        }
        // Rescaling gives up places where they do not fit.
        let fits =
            value.scale() == SCALE && value.mantissa().unsigned_abs() < 10_u128.pow(MAX_DIGITS);
        fits.then_some(Self(value))
    }

    /// The text form, at the end of `text`, which has room for a sign, a zero, a point and all digits.
    fn text(self, text: &mut [u8; 21]) -> &str {
        let units = self.units();
        let mut rest = units.unsigned_abs();
        let mut at = text.len();
        let mut put = |byte| {
            at -= 1;
            text[at] = byte;
        };
        let mut places = 0;
        while rest > 0 || places <= SCALE {
            if places == SCALE && SCALE > 0 {
                put(b'.');
            }
            put(b'0' + u8::try_from(rest % 10).expect("BUG: a digit"));
            rest /= 10;
            places += 1;
        }
        if units < 0 {
            put(b'-');
        }
        std::str::from_utf8(&text[at..]).expect("BUG: digits are ASCII")
    }

    /// How many digits stand before the point.
    pub(crate) fn whole_digits(self) -> u32 {
        self.0
            .trunc()
            .mantissa()
            .unsigned_abs()
            .checked_ilog10()
            .map_or(0, |log| log + 1)
    }
}

impl<const SCALE: u32> TryFrom<rust_decimal::Decimal> for Decimal<SCALE> {
    type Error = Refused;

    /// # Errors
    /// `too_many_digits`, where places would be lost or the whole does not fit.
    fn try_from(value: rust_decimal::Decimal) -> Result<Self, Refused> {
        match Self::rounded(value) {
            Some(exact) if exact.0 == value => Ok(exact),
            Some(_) => Err(Refused::new(
                "too_many_digits",
                format!("must have at most {SCALE} decimal places"),
            )),
            None => Err(Refused::new("too_many_digits", "has too many digits")),
        }
    }
}

impl<const SCALE: u32> Deref for Decimal<SCALE> {
    type Target = rust_decimal::Decimal;

    fn deref(&self) -> &rust_decimal::Decimal {
        &self.0
    }
}

impl<const SCALE: u32> Default for Decimal<SCALE> {
    fn default() -> Self {
        Self(rust_decimal::Decimal::new(0, SCALE))
    }
}

impl<const SCALE: u32> fmt::Display for Decimal<SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<const SCALE: u32> fmt::Debug for Decimal<SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const SCALE: u32> Scalar for Decimal<SCALE> {
    fn parse(text: &str) -> Result<Self, Refused> {
        let refused = || Refused::not("a decimal such as \"12.50\"");
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let padded = whole.len() > 1 && whole.starts_with('0');
        if !all_digits(whole) || !all_digits(fraction) || padded {
            return Err(refused());
        }
        if digits.contains('.') && fraction.len() > SCALE as usize {
            let message = format!("must have at most {SCALE} decimal places");
            return Err(Refused::new("too_many_digits", message));
        }
        match rust_decimal::Decimal::from_str_exact(text) {
            Ok(value) => Self::try_from(value),
            Err(_) => Err(Refused::new("too_many_digits", "has too many digits")),
        }
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl<const SCALE: u32> Serialize for Decimal<SCALE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text(&mut [0; 21]))
    }
}

impl<'de, const SCALE: u32> Deserialize<'de> for Decimal<SCALE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

stored_as!(
    [const SCALE: u32] Decimal<SCALE>,
    db::DecimalColumn,
    |value: &Self| db::decimal_to_column(*value),
    |column| db::decimal_from_column(column)
);
