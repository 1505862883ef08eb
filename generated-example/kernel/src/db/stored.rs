//! How a type of ours lies in a column of a type that sqlx knows.

/// Implements sqlx's traits for a type by way of the column's: `[generics] type, column type, to column, from column`.
macro_rules! stored_as {
    ([$($generics:tt)*] $type:ty, $column:ty, $to:expr, $from:expr $(,)?) => {
        impl<$($generics)*> sqlx::Type<$crate::db::Database> for $type {
            fn type_info() -> $crate::db::TypeInfo {
                <$column as sqlx::Type<$crate::db::Database>>::type_info()
            }

            fn compatible(info: &$crate::db::TypeInfo) -> bool {
                <$column as sqlx::Type<$crate::db::Database>>::compatible(info)
            }
        }

        impl<$($generics)*> sqlx::Encode<'_, $crate::db::Database> for $type {
            fn encode_by_ref(
                &self,
                buffer: &mut $crate::db::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                let to: fn(&Self) -> $column = $to;
                <$column as sqlx::Encode<'_, $crate::db::Database>>::encode(to(self), buffer)
            }
        }

        impl<'r, $($generics)*> sqlx::Decode<'r, $crate::db::Database> for $type {
            fn decode(value: $crate::db::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                let from: fn($column) -> Result<Self, sqlx::error::BoxDynError> = $from;
                from(<$column as sqlx::Decode<'r, $crate::db::Database>>::decode(value)?)
            }
        }
    };
}

pub(crate) use stored_as;
