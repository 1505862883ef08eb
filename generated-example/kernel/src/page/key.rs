//! Sort keys whose type is known to the vocabulary only: they travel as text, and are bound as what they are.

use std::fmt;

use sqlx::{Encode, Type};

use crate::db::{Database, QueryBuilder};
use crate::types::Scalar;

/// What a list can be sorted by.
pub trait Key {
    /// Its text in a cursor; `None` for null.
    fn text(&self) -> Option<String>;

    /// What is known of the type.
    const TYPE: KeyType;
}

impl<T> Key for T
where
    T: Scalar + for<'t> Encode<'t, Database> + Type<Database>,
{
    fn text(&self) -> Option<String> {
        Some(self.print())
    }

    const TYPE: KeyType = KeyType {
        nullable: false,
        parses: |text| T::parse(text).is_ok(),
        bind: bind::<T>,
    };
}

impl<T: Key> Key for Option<T> {
    fn text(&self) -> Option<String> {
        self.as_ref().and_then(Key::text)
    }

    const TYPE: KeyType = KeyType {
        nullable: true,
        ..T::TYPE
    };
}

fn bind<T>(text: &str, sql: &mut QueryBuilder)
where
    T: Scalar + for<'t> Encode<'t, Database> + Type<Database>,
{
    sql.push_bind(T::parse(text).expect("BUG: a cursor that was not checked"));
}

/// What is known of a sort key's type once the type itself is forgotten.
#[derive(Clone, Copy)]
pub struct KeyType {
    nullable: bool,
    parses: fn(&str) -> bool,
    bind: fn(&str, &mut QueryBuilder),
}

impl KeyType {
    /// No key: rows are sorted by id alone.
    pub(crate) const NONE: Self = Self {
        nullable: true,
        parses: |_| false,
        bind: |_, _| {},
    };

    /// That of a column; `Option<T>` for one that may be null.
    #[must_use]
    pub const fn of<T: Key>() -> Self {
        T::TYPE
    }

    pub(super) fn nullable(self) -> bool {
        self.nullable
    }

    /// Whether a cursor may hold this.
    pub(super) fn takes(self, text: Option<&str>) -> bool {
        text.map_or(self.nullable, self.parses)
    }

    pub(super) fn push_bind(self, text: &str, sql: &mut QueryBuilder) {
        (self.bind)(text, sql);
    }
}

impl fmt::Debug for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyType")
            .field("nullable", &self.nullable)
            .finish_non_exhaustive()
    }
}
