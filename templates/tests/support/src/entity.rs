//! Tables and what clients see of them.

#[cfg(feature = "auth")]
use crate::checks::access::Rule;
use crate::checks::body::{Body, of as body_of};
use crate::kind::{Edge, Kind, serial, uuid};
use crate::service::Service;
use serde_json::{Value, json};
use std::fmt;

/// One entity.
pub struct Entity {
    /// For people: `order line`.
    pub name: &'static str,
    pub table: &'static str,
    /// Whether the database counts its ids; UUIDs otherwise.
    pub serial: bool,
    /// Every column but `id`.
    pub fields: &'static [Field],
    /// n:m relations that requests write.
    pub many: &'static [Many],
    #[cfg(feature = "tenancy")]
    /// The column, which no client sees, that says to which tenant a row belongs.
    pub tenant: Option<&'static str>,
    /// What rows are read with beside their columns, by its names in JSON.
    pub computed: &'static [&'static str],
}

/// One column, or one member of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub column: &'static str,
    /// Its name in JSON.
    pub key: &'static str,
    pub kind: Kind,
    /// May be null.
    pub optional: bool,
    /// As JSON text.
    pub default: Option<&'static str>,
    pub unique: bool,
    /// White space at both ends does not count.
    pub trim: bool,
    /// An empty text counts as null.
    pub empty_as_null: bool,
    pub write: Write,
    /// Of a field that a check of the entity speaks of: values as JSON text, any of which goes with any of the others'.
    pub among: &'static [&'static str],
    #[cfg(feature = "auth")]
    /// Refers to whoever made the row.
    pub owner: bool,
    #[cfg(feature = "auth")]
    /// Any of these may read it; everyone where there is none.
    pub readers: &'static [Rule],
    #[cfg(feature = "auth")]
    /// Any of these may write it; everyone where there is none.
    pub writers: &'static [Rule],
}

/// Who sets a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    Always,
    /// Create alone.
    Once,
    /// The service.
    Never,
}

/// An n:m relation with a table of its own.
#[derive(Debug, Clone, Copy)]
pub struct Many {
    /// Its name in JSON.
    pub key: &'static str,
    pub target: &'static Entity,
    /// The column of the target that JSON lists.
    pub by: &'static str,
    /// Whether a value that no row has makes one.
    pub create: bool,
}

/// Rows that a create makes beside its own.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Its name in JSON.
    pub key: &'static str,
    pub entity: &'static Entity,
    /// The reference to the new row.
    pub column: &'static str,
    /// How many there may be.
    pub min: usize,
    pub max: usize,
    /// One object, not a list.
    pub single: bool,
}

/// A step along a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hop {
    /// Along a reference.
    One {
        column: &'static str,
        target: &'static Entity,
    },
    /// Back along a reference of the target.
    Back {
        column: &'static str,
        target: &'static Entity,
    },
    /// Along a table of pairs.
    Many {
        table: &'static str,
        near: &'static str,
        far: &'static str,
        target: &'static Entity,
    },
    /// Along an entity with two references.
    Through {
        entity: &'static Entity,
        near: &'static str,
        far: &'static str,
        target: &'static Entity,
    },
}

/// A part of the path that names a parent.
#[derive(Debug, Clone, Copy)]
pub struct Parent {
    /// `book` in `/books/{book}/reviews`.
    pub parameter: &'static str,
    /// The reference that it stands for.
    pub column: &'static str,
    pub target: &'static Entity,
    /// The column of the parent that the path carries.
    pub key: &'static str,
}

/// A field that every row has.
pub const fn field(column: &'static str, kind: Kind) -> Field {
    Field {
        column,
        key: column,
        kind,
        optional: false,
        default: None,
        unique: false,
        trim: false,
        empty_as_null: false,
        write: Write::Always,
        among: &[],
        #[cfg(feature = "auth")]
        owner: false,
        #[cfg(feature = "auth")]
        readers: &[],
        #[cfg(feature = "auth")]
        writers: &[],
    }
}

/// A field that may be null.
pub const fn optional(column: &'static str, kind: Kind) -> Field {
    Field {
        optional: true,
        ..field(column, kind)
    }
}

pub const fn one(column: &'static str, target: &'static Entity) -> Hop {
    Hop::One { column, target }
}

pub const fn back(column: &'static str, target: &'static Entity) -> Hop {
    Hop::Back { column, target }
}

pub const fn many(
    table: &'static str,
    near: &'static str,
    far: &'static str,
    target: &'static Entity,
) -> Hop {
    Hop::Many {
        table,
        near,
        far,
        target,
    }
}

pub const fn through(
    entity: &'static Entity,
    near: &'static str,
    far: &'static str,
    target: &'static Entity,
) -> Hop {
    Hop::Through {
        entity,
        near,
        far,
        target,
    }
}

pub const fn parent(
    parameter: &'static str,
    column: &'static str,
    target: &'static Entity,
    key: &'static str,
) -> Parent {
    Parent {
        parameter,
        column,
        target,
        key,
    }
}

/// By name: entities refer to each other in circles.
impl fmt::Debug for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table)
    }
}

/// By name as well, of which no two have the same.
impl PartialEq for Entity {
    fn eq(&self, other: &Self) -> bool {
        self.table == other.table
    }
}

impl Eq for Entity {}

impl Part {
    /// Whether the body brings a field of the part.
    #[must_use]
    pub fn takes(&self, field: &Field) -> bool {
        field.write != Write::Never && field.column != self.column
    }

    /// So many valid parts.
    pub(crate) async fn items(&self, service: &Service, count: usize) -> Vec<Body> {
        let mut items = Vec::new();
        for _ in 0..count {
            let n = service.next(self.entity.table);
            let fields = self.entity.fields.iter().filter(|field| self.takes(field));
            items.push(body_of(service, n, fields).await);
        }
        items
    }
}

impl Hop {
    #[must_use]
    pub const fn target(&self) -> &'static Entity {
        match *self {
            Self::One { target, .. }
            | Self::Back { target, .. }
            | Self::Many { target, .. }
            | Self::Through { target, .. } => target,
        }
    }
}

impl Field {
    /// Under another name in JSON.
    #[must_use]
    pub const fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    #[must_use]
    pub const fn unique(self) -> Self {
        Self {
            unique: true,
            ..self
        }
    }

    #[must_use]
    pub const fn trim(self) -> Self {
        Self { trim: true, ..self }
    }

    #[must_use]
    pub const fn empty_as_null(self) -> Self {
        Self {
            empty_as_null: true,
            ..self
        }
    }

    /// With a default, as JSON text.
    #[must_use]
    pub const fn default(self, json: &'static str) -> Self {
        Self {
            default: Some(json),
            ..self
        }
    }

    /// With values that meet the checks of the entity.
    #[must_use]
    pub const fn among(self, values: &'static [&'static str]) -> Self {
        Self {
            among: values,
            ..self
        }
    }

    /// Whether a check of the entity speaks of it, so that not every value of its kind will do.
    #[must_use]
    pub const fn is_checked(&self) -> bool {
        !self.among.is_empty()
    }

    /// The `n`-th valid value.
    #[must_use]
    pub fn sample(&self, n: usize) -> Value {
        match self.among {
            [] => self.kind.sample(n),
            values => serde_json::from_str(values[n % values.len()]).expect("a value is JSON"),
        }
    }

    /// How many different values there are, as far as it matters.
    #[must_use]
    pub fn variety(&self) -> usize {
        match self.among {
            [] => self.kind.variety(),
            values => values.len(),
        }
    }

    /// Fixed once the row is there.
    #[must_use]
    pub const fn write_once(self) -> Self {
        Self {
            write: Write::Once,
            ..self
        }
    }

    /// Set by the service alone.
    #[must_use]
    pub const fn read_only(self) -> Self {
        Self {
            write: Write::Never,
            ..self
        }
    }

    #[cfg(feature = "auth")]
    /// Filled in from the caller.
    #[must_use]
    pub const fn owner(self) -> Self {
        Self {
            owner: true,
            write: Write::Never,
            ..self
        }
    }

    #[cfg(feature = "auth")]
    /// For some callers to read.
    #[must_use]
    pub const fn readers(self, rules: &'static [Rule]) -> Self {
        Self {
            readers: rules,
            ..self
        }
    }

    #[cfg(feature = "auth")]
    /// For some callers to write.
    #[must_use]
    pub const fn writers(self, rules: &'static [Rule]) -> Self {
        Self {
            writers: rules,
            ..self
        }
    }

    #[cfg(not(feature = "auth"))]
    /// Whether the row decides if the tester, who has every right, sees it.
    #[must_use]
    pub const fn is_conditional(&self) -> bool {
        false
    }

    #[cfg(feature = "auth")]
    /// Whether the row decides if the tester, who has every right, sees it.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        by_conditions(self.readers)
    }

    #[cfg(not(feature = "auth"))]
    /// Whether the row decides if the tester may write it.
    #[must_use]
    pub const fn is_written_by_condition(&self) -> bool {
        false
    }

    #[cfg(feature = "auth")]
    /// Whether the row decides if the tester may write it.
    #[must_use]
    pub fn is_written_by_condition(&self) -> bool {
        by_conditions(self.writers)
    }

    /// Whether a request must name it.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        !self.optional && self.default.is_none()
    }

    /// Whether it becomes the time where it is absent.
    #[must_use]
    pub fn is_now(&self) -> bool {
        self.default == Some("\"now\"") && matches!(self.kind, Kind::Date | Kind::Timestamp)
    }

    /// What a request may and may not put here, null included.
    #[must_use]
    pub fn edges(&self) -> Vec<Edge> {
        let mut edges = self.kind.edges();
        if self.empty_as_null {
            // An empty text is null, whatever the bounds say of it.
            edges.retain(|edge| edge.value != json!(""));
            edges.push(self.null(json!("")));
        }
        edges.push(self.null(Value::Null));
        edges
    }

    fn null(&self, value: Value) -> Edge {
        Edge {
            value,
            place: String::new(),
            fault: (!self.optional).then_some("null"),
        }
    }
}

#[cfg(feature = "auth")]
fn by_conditions(rules: &[Rule]) -> bool {
    !rules.is_empty()
        && rules
            .iter()
            .all(|rule| matches!(rule, Rule::When(_) | Rule::Row(_)))
}

impl Entity {
    /// The kind of its id.
    #[must_use]
    pub const fn id(&self) -> Kind {
        if self.serial { serial() } else { uuid() }
    }

    /// A column; that of `id` as well.
    #[must_use]
    pub fn column(&self, name: &str) -> Field {
        if name == "id" {
            return field("id", self.id()).unique().read_only();
        }
        let found = self.fields.iter().find(|field| field.column == name);
        *found.unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    #[cfg(feature = "auth")]
    /// The column of whoever made a row.
    #[must_use]
    pub fn owner(&self) -> Option<&'static str> {
        let field = self.fields.iter().find(|field| field.owner)?;
        Some(field.column)
    }

    /// Whether rows have a version.
    #[must_use]
    pub fn versioned(&self) -> bool {
        self.fields.iter().any(|field| field.column == "version")
    }

    /// Whether the tag of an answer names this version: as the whole of it, or as its beginning where what is computed has a
    /// say.
    #[must_use]
    pub fn is_tag(&self, tag: Option<&str>, version: u32) -> bool {
        let stated = tag.is_some_and(|tag| tag.starts_with(&format!("\"{version}.")));
        tag == Some(&format!("\"{version}\"")) || (stated && !self.computed.is_empty())
    }

    /// An answer's row, or rows, without what is computed, all of which is there, and without what a condition shows.
    #[must_use]
    pub fn stored(&self, answer: &Value) -> Value {
        let mut answer = answer.clone();
        match &mut answer {
            Value::Object(row) => {
                for key in self.computed {
                    assert!(row.remove(*key).is_some(), "{key} of {row:?}");
                }
                let conditional = self.fields.iter().filter(|it| it.is_conditional());
                conditional.for_each(|field| _ = row.remove(field.key));
            }
            Value::Array(rows) => rows.iter_mut().for_each(|row| *row = self.stored(row)),
            _ => {}
        }
        answer
    }

    /// How many rows its unique fields leave room for.
    #[must_use]
    pub fn room(&self) -> usize {
        let unique = self.fields.iter().filter(|field| field.unique);
        unique.map(Field::variety).min().unwrap_or(usize::MAX)
    }
}
