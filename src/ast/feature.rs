//! One file of `specs/`.

use super::{Crud, Endpoint, Entity, Field, Map, Name};

/// A named enum: its values in order.
pub type EnumDecl = Vec<Name>;

block! {
    /// A feature: one file in `specs/`, one folder of code. `specs/catalog.yaml` is the feature `catalog`.
    pub struct Feature("a feature") {
        /// One or more sentences for readers of the code and of the API.
        description: String,
        /// The features whose entities this one refers to: `[accounts]`.
        uses: Vec<Name>,
        /// Named enums: `Format: [hardcover, paperback]`.
        enums: Map<EnumDecl>,
        /// Value objects, stored inside a row: `Dimensions: { width_mm: int, height_mm: int }`.
        types: Map<Map<Field>>,
        /// What the feature stores, by name: `Book`.
        entities: Map<Entity>,
        /// Errors that endpoints of this feature declare, by name: `WarehouseFull`.
        errors: Map<ErrorDecl>,
        /// The HTTP operations, by name: `list_books`.
        endpoints: Map<Endpoint>,
        /// The five usual endpoints of an entity at once: `Book: { read: public, write: public }`, or `Book: public`.
        crud: Map<Crud>,
    }
    required []
    later ["renamed_from"]
}

block! {
    /// An error of the feature's own, answered as problem details.
    pub struct ErrorDecl("an error") {
        /// The HTTP status, 400 to 599: `409`.
        status: u16 where 400..=599,
        /// One short sentence: `The warehouse is full`.
        title: String,
        /// When it happens and what to do, for the API's description.
        description: String,
        /// What the answer carries besides: `{ stock: int }`.
        fields: Map<Field>,
    }
    required ["status", "title"]
    later ["renamed_from"]
}
