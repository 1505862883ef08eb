//! Phrases of `where` that several features need.

use sqlx::{Encode, Type};

use super::{Database, QueryBuilder, driver};

/// Adds ` and column in (…)`, or a predicate that nothing meets where there are no values.
///
/// The list is padded to a power of two with its last value, so that few different statements are ever prepared.
pub fn within<T>(sql: &mut QueryBuilder, column: &str, values: &[T])
where
    T: for<'t> Encode<'t, Database> + Type<Database> + Clone,
{
    sql.push(" and ");
    push_in(sql, column, values);
}

pub(crate) fn push_in<T>(sql: &mut QueryBuilder, column: &str, values: &[T])
where
    T: for<'t> Encode<'t, Database> + Type<Database> + Clone,
{
    let Some(last) = values.last() else {
        sql.push("false");
        return;
    };
    sql.push(column).push(" in (");
    let mut list = sql.separated(", ");
    for at in 0..values.len().next_power_of_two() {
        list.push_bind(values.get(at).unwrap_or(last).clone());
    }
    sql.push(")");
}

/// Adds ` and not column in (…)`, or nothing where there are no values.
pub fn without<T>(sql: &mut QueryBuilder, column: &str, values: &[T])
where
    T: for<'t> Encode<'t, Database> + Type<Database> + Clone,
{
    if !values.is_empty() {
        sql.push(" and not ");
        push_in(sql, column, values);
    }
}

/// Adds that one of the columns contains the text, whatever the case; nothing where there is no text.
///
/// `%`, `_` and `\` stand for themselves. SQLite ignores the case of ASCII letters only.
pub fn search(sql: &mut QueryBuilder, text: Option<&str>, columns: &[&str]) {
    let Some(text) = text else { return };
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    let mut before = " and (";
    for column in columns {
        sql.push(before)
            .push(column)
            .push(driver::LIKE)
            .push_bind(pattern.clone())
            .push(r" escape '\'");
        before = " or ";
    }
    sql.push(")");
}
