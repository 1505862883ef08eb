//! Columns that hold JSON: value objects, lists, documents.

use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::types::Json;

use super::Row;

/// Reads a JSON column by position.
///
/// # Errors
/// Where the column is null, or its JSON is not a `T`.
pub fn json<T: DeserializeOwned + 'static>(row: &Row, index: usize) -> Result<T, sqlx::Error> {
    row.try_get::<Json<T>, _>(index).map(|column| column.0)
}

/// Reads a JSON column that may be null.
///
/// # Errors
/// Where its JSON is not a `T`.
pub fn json_opt<T: DeserializeOwned + 'static>(
    row: &Row,
    index: usize,
) -> Result<Option<T>, sqlx::Error> {
    row.try_get::<Option<Json<T>>, _>(index)
        .map(|column| column.map(|json| json.0))
}

/// Binds a value as JSON: `.bind(db::as_json(&tags))`, `.bind(size.as_ref().map(db::as_json))`.
pub fn as_json<T>(value: &T) -> Json<&T> {
    Json(value)
}
