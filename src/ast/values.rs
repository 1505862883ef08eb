//! What every block is made of: fields that may be bad, spanned words, maps, literals.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::source::Span;

/// A key's value: not given, given but already reported as wrong, or given.
///
/// Spans are those of the value. Whoever misses a value stays silent on `Bad`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum F<T> {
    #[default]
    Absent,
    Bad(Span),
    Is(T, Span),
}

impl<T> F<T> {
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Is(value, _) => Some(value),
            Self::Absent | Self::Bad(_) => None,
        }
    }

    /// The value and its place.
    pub fn given(&self) -> Option<(&T, Span)> {
        match self {
            Self::Is(value, span) => Some((value, *span)),
            Self::Absent | Self::Bad(_) => None,
        }
    }

    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Is(_, span) | Self::Bad(span) => Some(*span),
            Self::Absent => None,
        }
    }

    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub fn is_bad(&self) -> bool {
        matches!(self, Self::Bad(_))
    }
}

impl F<bool> {
    /// Whether the key says `true`; absent and bad are `false`.
    pub fn is_true(&self) -> bool {
        self.get() == Some(&true)
    }
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A word of the spec: a name as written, not yet looked up.
pub type Name = Spanned<String>;

/// Names of the user's choice and what each stands for, in the order of the file. No name occurs twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Map<T>(pub Vec<Entry<T>>);

/// One name of a [`Map`]. The value is never `Absent`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T> {
    pub name: Name,
    pub value: F<T>,
}

impl<T> Map<T> {
    pub fn iter(&self) -> impl Iterator<Item = &Entry<T>> {
        self.0.iter()
    }

    /// The entries whose value is not bad.
    pub fn good(&self) -> impl Iterator<Item = (&Name, &T)> {
        self.0
            .iter()
            .filter_map(|entry| Some((&entry.name, entry.value.get()?)))
    }
}

/// A name that may lie in another feature: `Author`, `accounts.User`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub feature: Option<Name>,
    pub name: Name,
}

impl Path {
    /// From the feature, where given, to the name.
    pub fn span(&self) -> Span {
        self.feature
            .as_ref()
            .map_or(self.name.span, |feature| feature.span.to(self.name.span))
    }
}

/// A number as written: the text is kept, so that `1.10` stays `1.10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(pub String);

/// A value of the user's data: a default, an example, a bound. Its type is checked against the field later.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Spanned<Literal>>),
    Object(Vec<(Name, Spanned<Literal>)>),
}

/// The wrapper is invisible to users: its schema is that of what it holds.
impl<T: JsonSchema> JsonSchema for F<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl JsonSchema for Name {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1 })
    }
}

impl<T: JsonSchema> JsonSchema for Map<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Map_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

impl JsonSchema for Path {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Path".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$" })
    }
}

impl JsonSchema for Literal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Literal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean", "array", "object"] })
    }
}
