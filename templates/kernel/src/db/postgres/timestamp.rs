//! Timestamps as timestamptz, which is microseconds on the wire too: no calendar is computed on the way.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Decode, Encode, Type};

use crate::db::{ArgumentBuffer, Database, TypeInfo, ValueRef};

/// Microseconds from 1970-01-01 to 2000-01-01, from which PostgreSQL counts.
const EPOCH: i64 = 946_684_800_000_000;

/// The column of a timestamp: microseconds since 2000-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimestampColumn(i64);

pub(crate) fn timestamp_to_column(micros: i64) -> TimestampColumn {
    TimestampColumn(micros - EPOCH)
}

pub(crate) fn timestamp_from_column(column: TimestampColumn) -> i64 {
    // Columns written by others may hold `infinity`.
    column.0.saturating_add(EPOCH)
}

impl Type<Database> for TimestampColumn {
    fn type_info() -> TypeInfo {
        <chrono::DateTime<chrono::Utc> as Type<Database>>::type_info()
    }
}

impl Encode<'_, Database> for TimestampColumn {
    fn encode_by_ref(&self, buffer: &mut ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Database>::encode(self.0, buffer)
    }
}

impl<'r> Decode<'r, Database> for TimestampColumn {
    fn decode(value: ValueRef<'r>) -> Result<Self, BoxDynError> {
        Decode::<Database>::decode(value).map(Self)
    }
}
