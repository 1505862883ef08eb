//! Decimals as NUMERIC.

use sqlx::error::BoxDynError;

use crate::types::Decimal;

/// The column of a decimal.
pub(crate) type DecimalColumn = rust_decimal::Decimal;

pub(crate) fn decimal_to_column<const SCALE: u32>(value: Decimal<SCALE>) -> DecimalColumn {
    *value
}

pub(crate) fn decimal_from_column<const SCALE: u32>(
    column: DecimalColumn,
) -> Result<Decimal<SCALE>, BoxDynError> {
    Decimal::try_from(column).map_err(|refused| refused.message.into())
}
