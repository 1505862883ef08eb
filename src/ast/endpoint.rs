//! Endpoints and `crud`.

use std::ops::Deref;

use super::{Access, Expression, F, Field, Map, Name, Path, Value};
use crate::source::Span;

block! {
    /// An endpoint: exactly one of the keys `list` to `patch` says what it does.
    #[schemars(transform = super::schema::endpoint)]
    pub struct Endpoint("an endpoint") {
        /// Answers a page of rows: `list: Book`.
        list: Path,
        /// Answers one row, `get: Book`; or a read of your own, `get: /reports/stock`.
        get: Target,
        /// Creates a row: `create: Book`.
        create: Path,
        /// Changes a row; absent keys stay, null clears: `update: Book`.
        update: Path,
        /// Deletes a row, `delete: Book`; or a deletion of your own, by path.
        delete: Target,
        /// A command: `post: /books/{slug}/restock`.
        post: UrlPath,
        /// A command by PUT, by its path.
        put: UrlPath,
        /// A command by PATCH, by its path.
        patch: UrlPath,
        /// Who may call it. There is no default: an endpoint without a rule is an error.
        access: Access,
        /// A few words for the API's description.
        summary: String,
        /// One or more sentences for the API's description.
        description: String,
        /// The path, where the usual one does not fit: `/authors/{author}/books/{slug}`.
        path: UrlPath,
        /// The method, where the usual one does not fit.
        method: Verb,
        /// The status of success, where the usual one does not fit: `202`.
        status: u16 where 200..=299,
        /// What a list can be filtered by: `[format]`, or `{ by: author.name }` along relations.
        filter: Filter,
        /// What a list can be sorted by: `[created_at, price]`; clients write `?sort=-price`.
        sort: Vec<Name>,
        /// The text fields that `?q=` looks into.
        search: Vec<Name>,
        /// The pages of a list.
        page: Page,
        /// Whether a list carries a count of all rows.
        total: bool,
        /// The relations that the answer carries in full: `[author, tags]`.
        include: Vec<Name>,
        /// Of a `create`: the rows that the body brings along, by the relations that lead to them: `[lines]`. They are made in
        /// one transaction with the row, and the answer carries them.
        with: With,
        /// Of a command: the entity whose row the path names.
        row: Path,
        /// Of a `get`: the caller's own row, of the entity behind callers; the path is `/me` when absent.
        by: By,
        /// The JSON body of a command, field by field.
        input: Map<Field>,
        /// Query parameters of a free-form endpoint, field by field.
        query: Map<Field>,
        /// The answer: an entity's name, or field by field.
        output: Output,
        /// The errors that the logic may return: `[WarehouseFull]`.
        errors: Vec<Path>,
        /// Whether a row that the caller may not reach looks as if it were not there (404), `true` when absent; else it is 403.
        hidden: bool,
        /// Of a command: the transition that its row makes. In any other state the answer is 409, which names both.
        moves: Name,
        /// Of a command: conditions over the row, `input` and `actor`, by the error that is answered where one does not hold:
        /// `{ WarehouseFull: stock + input.quantity <= 100000 }`. Fields of the error are filled from the row.
        guard: Map<Expression>,
        /// Of a command: what fields of the row become: `{ stock: stock + input.quantity }`. With `set` or `moves` no logic is
        /// owed: the row changes in one statement, together with `guard`.
        set: Map<Value>,
    }
    required []
    later [
        "view", "link", "unlink", "owner", "renamed_from", "where"
    ]
}

/// What an endpoint does, by the one of its keys that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation<'a> {
    List(&'a Path),
    Get(&'a Path),
    Create(&'a Path),
    Update(&'a Path),
    Delete(&'a Path),
    /// A command (with `row`) or a free-form endpoint, by method and path.
    Custom(Verb, &'a str),
}

impl Endpoint {
    /// The keys of which an endpoint has exactly one.
    pub const OPERATIONS: &'static [&'static str] = &[
        "list", "get", "create", "update", "delete", "post", "put", "patch",
    ];

    /// What it does and where that is said; `None` where that is bad, which has been reported.
    pub fn operation(&self) -> Option<(Operation<'_>, Span)> {
        let list = self
            .list
            .given()
            .map(|(path, span)| (Operation::List(path), span));
        list.or_else(|| {
            self.create
                .given()
                .map(|(path, span)| (Operation::Create(path), span))
        })
        .or_else(|| {
            self.update
                .given()
                .map(|(path, span)| (Operation::Update(path), span))
        })
        .or_else(|| Self::target(&self.get, Verb::Get, Operation::Get))
        .or_else(|| Self::target(&self.delete, Verb::Delete, Operation::Delete))
        .or_else(|| Self::custom(&self.post, Verb::Post))
        .or_else(|| Self::custom(&self.put, Verb::Put))
        .or_else(|| Self::custom(&self.patch, Verb::Patch))
    }

    fn target<'a>(
        given: &'a F<Target>,
        verb: Verb,
        entity: fn(&'a Path) -> Operation<'a>,
    ) -> Option<(Operation<'a>, Span)> {
        let (target, span) = given.given()?;
        Some(match target {
            Target::Entity(path) => (entity(path), span),
            Target::Url(url) => (Operation::Custom(verb, url), span),
        })
    }

    fn custom(given: &F<UrlPath>, verb: Verb) -> Option<(Operation<'_>, Span)> {
        let (url, span) = given.given()?;
        Some((Operation::Custom(verb, url), span))
    }
}

/// A URL path below the API's prefix; it begins with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlPath(pub String);

impl Deref for UrlPath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The value of `get` and `delete`: what begins with `/` is a path, the rest an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Entity(Path),
    Url(UrlPath),
}

words! {
    /// An HTTP method.
    pub enum Verb("a method") {
        /// Reads.
        Get = "get",
        /// Creates, or runs a command.
        Post = "post",
        /// Replaces.
        Put = "put",
        /// Changes in part.
        Patch = "patch",
        /// Deletes.
        Delete = "delete",
    }
}

/// A field, or a field along relations: `author.name`. Never empty.
pub type FieldPath = Vec<Name>;

/// The filters of a list: parameter and field. The short form `[format]` gives both the same name.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter(pub Vec<(Name, FieldPath)>);

block! {
    /// One relation of `with`, with bounds of its own: `with: { lines: { min_items: 1, max_items: 50 } }`.
    pub struct WithPart("a part") {
        /// The fewest rows that a body brings; 0 when absent.
        min_items: u32 where 0..=1_000,
        /// The most rows that a body brings; 100 when absent.
        max_items: u32 where 1..=1_000,
    }
    required []
    later []
}

/// What a `create` makes beside its row. The short form `[lines]` leaves the bounds as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct With(pub Vec<(Name, WithPart)>);

block! {
    /// The pages of a list.
    pub struct Page("the `page` block") {
        /// How many rows a page has where the client does not say; 20 when absent.
        default: u32 where 1..=10_000,
        /// The most rows that a client may ask for; 100 when absent.
        max: u32 where 1..=10_000,
        /// How clients move on; `keyset` when absent.
        by: PageBy,
        /// Whether each page carries a count of all rows.
        total: bool,
    }
    required []
    later []
}

words! {
    /// By what a row is found, where not by the path.
    pub enum By("a way to find a row") {
        /// By the caller.
        Actor = "actor",
    }
}

words! {
    /// How clients move from page to page.
    pub enum PageBy("a kind of paging") {
        /// By an opaque cursor: stable while rows come and go.
        Keyset = "keyset",
        /// By `offset` and `limit`.
        Offset = "offset",
    }
}

/// The answer of an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// The row of an entity, or a value object.
    Named(Path),
    Object(Map<Field>),
}

block! {
    /// The five usual endpoints of an entity. An endpoint of the same name, written out, wins.
    #[schemars(transform = super::schema::or_access)]
    pub struct Crud("a `crud` entry") {
        /// Who may list and get.
        read: Access,
        /// Who may create, update and delete.
        write: Access,
    }
    required []
    later []
}
