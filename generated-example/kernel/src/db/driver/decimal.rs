//! Decimals as scaled integers: SQLite has none of its own, and text would sort wrongly.

use sqlx::error::BoxDynError;

use crate::types::Decimal;

/// The column of a decimal: its value times ten to the power of its scale.
pub(crate) type DecimalColumn = i64;

pub(crate) fn decimal_to_column<const SCALE: u32>(value: Decimal<SCALE>) -> DecimalColumn {
    value.units()
}

pub(crate) fn decimal_from_column<const SCALE: u32>(
    column: DecimalColumn,
) -> Result<Decimal<SCALE>, BoxDynError> {
    Decimal::from_units(column).ok_or_else(|| "a decimal of more than 18 digits".into())
}
