//! Entities and their n:m relations.

use super::{Expression, Field, Map, Name, Path, TenantScope};

block! {
    /// An entity: a table, its row as a Rust type, and what endpoints work on.
    pub struct Entity("an entity") {
        /// One or more sentences for readers of the code and of the API.
        description: String,
        /// The unique field that URLs carry: `key: slug` makes `/books/{slug}`. `id` when absent.
        key: Name,
        /// The kind of the primary key; `uuid` when absent.
        id: IdKind,
        /// Whether rows carry `created_at` and `updated_at`; `true` when absent.
        timestamps: bool,
        /// Whether rows carry a version for `If-Match`; `true` when absent. `required`: a write without `If-Match` is answered 428.
        /// `If-Match: *` names any version.
        versioned: Versioned,
        /// The plural of the name in small letters, where English rules fail: `plural: staff`.
        plural: Name,
        /// The reference to the caller whom a row belongs to, for the rule `owner`: `owner: customer`. It is filled in when
        /// a row is created, and no client writes it.
        owner: Name,
        /// `shared` for rows that belong to no tenant. Where the project has a `tenancy`, all other rows belong to one each.
        tenant: TenantScope,
        /// The fields, by name, in the order of the columns.
        fields: Map<Field>,
        /// n:m relations, by name: `tags: Tag`.
        many: Map<Many>,
        /// Fields that are unique together: `[[author, title]]`.
        #[schemars(schema_with = "super::schema::column_sets")]
        unique: Vec<ColumnSet>,
        /// Indexes: `[[format, created_at]]`.
        #[schemars(schema_with = "super::schema::column_sets")]
        index: Vec<ColumnSet>,
        /// Conditions over the fields of the row, by name: `only_ebooks_are_free: price > 0 || format == "ebook"`. The database and the
        /// service check them alike; [the language](../expressions.md) says what they may hold.
        checks: Map<Expression>,
        /// Values that the database computes with every row: `review_count: count(reviews)`. Clients read them and cannot write
        /// them; [the language](../expressions.md) says what they may hold. They count all rows, whoever asks.
        computed: Map<Expression>,
        /// State machines: for an enum field of `write: never` its moves, by name: `{ status: { cancel: { from: [placed, paid], to:
        /// cancelled } } }`. Endpoints make them by `moves`.
        transitions: Map<Map<Transition>>,
    }
    required ["fields"]
    later ["views", "renamed_from"]
}

block! {
    /// A move of a state machine.
    pub struct Transition("a transition") {
        /// The value that the field has before it, or several.
        from: Names,
        /// The value that it has afterwards.
        to: Name,
    }
    required ["from", "to"]
    later []
}

/// A name, or a list of them; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names(pub Vec<Name>);

/// The columns of one unique constraint or index, in order; never empty.
pub type ColumnSet = Vec<Name>;

words! {
    /// The kind of the primary key.
    pub enum IdKind("a kind of id") {
        /// A UUIDv7, made by the service.
        Uuid = "uuid",
        /// A sequence, made by the database.
        Int = "int",
    }
}

/// Whether rows carry a version: `true`, `false`, or `required`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versioned {
    No,
    Yes,
    /// A write without `If-Match` is answered 428; `*` names any version.
    Required,
}

block! {
    /// An n:m relation: an entity's name, or these keys.
    #[schemars(transform = super::schema::or_name)]
    pub struct Many("an n:m relation") {
        /// The entity at the other end.
        entity: Path,
        /// The unique field by which clients name the other rows; ids when absent.
        by: Name,
        /// Whether naming a row that does not exist creates it; needs `by`.
        create: bool,
        /// The entity between the two, where the relation has fields of its own: `through: Offer`.
        through: Path,
    }
    required ["entity"]
    later ["as", "renamed_from"]
}
