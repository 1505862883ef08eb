//! Filters: what a caller asks of one column.

use sqlx::{Encode, Type};

use crate::db::{Database, QueryBuilder, push_in};

/// All that a caller asks of one column; nothing by default.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter<T>(Vec<Condition<T>>);

/// One thing asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition<T> {
    /// Equal.
    Eq(T),
    /// Not equal, or null.
    Ne(T),
    /// One of several.
    In(Vec<T>),
    /// Less.
    Lt(T),
    /// Less or equal.
    Lte(T),
    /// Greater.
    Gt(T),
    /// Greater or equal.
    Gte(T),
    /// Null (`true`) or not null.
    Null(bool),
}

impl<T> Default for Filter<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<Condition<T>>> for Filter<T> {
    fn from(conditions: Vec<Condition<T>>) -> Self {
        Self(conditions)
    }
}

impl<T> Filter<T>
where
    T: for<'t> Encode<'t, Database> + Type<Database> + Clone,
{
    /// Adds ` and column …` for each condition.
    pub fn push(&self, sql: &mut QueryBuilder, column: &str) {
        for condition in &self.0 {
            sql.push(" and ");
            condition.push(sql, column);
        }
    }

    /// Adds one ` and before … after` around all conditions, nothing where there are none: `before` opens a subquery
    /// and ends in its own `where …`.
    pub fn push_within(&self, sql: &mut QueryBuilder, before: &str, column: &str, after: &str) {
        if self.0.is_empty() {
            return;
        }
        sql.push(" and ").push(before);
        self.push(sql, column);
        sql.push(after);
    }
}

impl<T> Condition<T>
where
    T: for<'t> Encode<'t, Database> + Type<Database> + Clone,
{
    fn push(&self, sql: &mut QueryBuilder, column: &str) {
        let (operator, value) = match self {
            Self::Eq(value) => (" = ", value),
            // Unlike `<>`, holds for null too, on both databases.
            Self::Ne(value) => (" is distinct from ", value),
            Self::Lt(value) => (" < ", value),
            Self::Lte(value) => (" <= ", value),
            Self::Gt(value) => (" > ", value),
            Self::Gte(value) => (" >= ", value),
            Self::In(values) => return push_in(sql, column, values),
            Self::Null(is) => {
                sql.push(column)
                    .push(if *is { " is null" } else { " is not null" });
                return;
            }
        };
        sql.push(column).push(operator).push_bind(value.clone());
    }
}
