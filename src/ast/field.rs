//! Fields, of entities as of inputs, outputs and value objects.

use super::{Access, Literal, Map, Name, Path};
use crate::source::Span;

block! {
    /// A field. Short: `title: string`, `born: date?` (may be null), `price: decimal(10,2)`. Long: these keys, of which
    /// exactly one of `type`, `ref`, `enum` and `list_of` says what the field holds.
    #[schemars(transform = super::schema::field)]
    pub struct Field("a field") {
        /// A scalar type, or the name of an entity, an enum or a value object.
        r#type: Type,
        /// Whether the field may be null or left out; `false` when absent.
        optional: bool,
        /// One or more sentences for readers of the code and of the API.
        description: String,
        /// The value where none is given.
        default: Literal,
        /// Whether no two rows may share a value.
        unique: bool,
        /// The least value; for text the least length in characters.
        min: Literal,
        /// The greatest value; for text the greatest length in characters.
        max: Literal,
        /// A regular expression that text must match as a whole or in part: anchor it with `^` and `$`.
        pattern: String,
        /// Who may read the field, by the rules of `access`; whoever sees the row when absent. To others the field is not
        /// there: in no body, no filter, no order.
        read: Access,
        /// When clients may write the field, `always` when absent; or who may, by the rules of `access`: `admin`,
        /// `[owner, admin]`.
        write: Write,
        /// Whether white space around text is cut off.
        trim: bool,
        /// Whether empty text counts as null.
        empty_as_null: bool,
        /// Whether `search` may look into the field.
        search: bool,
        /// Of a decimal: the number of digits, at most 18.
        precision: u32 where 1..=38,
        /// Of a decimal: how many of the digits follow the point.
        scale: u32 where 0..=38,
        /// Of a slug: the text field that it is made from.
        from: Name,
        /// The values of an enum without a name: `enum: [draft, placed]`.
        r#enum: Vec<Name>,
        /// The entity that the field refers to.
        r#ref: Path,
        /// Of a reference: the name of the way back, `books` for the books of an author.
        r#as: Name,
        /// Of a reference: what becomes of this row when the other is deleted; `restrict` when absent.
        on_delete: OnDelete,
        /// A list: of a type, or in inputs and outputs of objects with these fields.
        list_of: ListOf,
        /// Of a list: the least number of items.
        min_items: u32,
        /// Of a list: the greatest number of items.
        max_items: u32,
        /// A value for the API's description and the tests.
        example: Literal,
    }
    required []
    later ["hidden", "renamed_from", "computed"]
}

/// What a field holds, by the one of its keys that says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape<'a> {
    Type(&'a Type, Span),
    Ref(&'a Path, Span),
    Enum(&'a [Name], Span),
    List(&'a ListOf, Span),
}

impl Field {
    /// The keys of which a field has exactly one.
    pub const SHAPES: &'static [&'static str] = &["type", "ref", "enum", "list_of"];

    /// `None` where the field is bad, which has been reported.
    pub fn shape(&self) -> Option<Shape<'_>> {
        let Self {
            r#type,
            r#ref,
            r#enum,
            list_of,
            ..
        } = self;
        r#type
            .given()
            .map(|(value, span)| Shape::Type(value, span))
            .or_else(|| r#ref.given().map(|(value, span)| Shape::Ref(value, span)))
            .or_else(|| r#enum.given().map(|(value, span)| Shape::Enum(value, span)))
            .or_else(|| {
                list_of
                    .given()
                    .map(|(value, span)| Shape::List(value, span))
            })
    }
}

/// A type by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Scalar(ScalarType),
    /// An entity, an enum or a value object; looked up later.
    Named(Path),
}

/// What a list holds.
#[derive(Clone, Debug, PartialEq)]
pub enum ListOf {
    Type(Type),
    Object(Map<Field>),
}

words! {
    /// The scalar types.
    pub enum ScalarType("a type") {
        /// At most 255 characters, unless `max` says otherwise.
        String = "string",
        /// At most 65,536 characters, unless `max` says otherwise.
        Text = "text",
        /// A whole number within ±(2^53 − 1).
        Int = "int",
        /// A whole number of 64 bits; in JSON a string.
        Bigint = "bigint",
        /// A floating point number of 64 bits.
        Float = "float",
        /// An exact number: `decimal(10,2)`; in JSON a string.
        Decimal = "decimal",
        /// An amount of money, `decimal(18,2)`; in JSON a string.
        Money = "money",
        /// `true` or `false`.
        Bool = "bool",
        /// A UUID.
        Uuid = "uuid",
        /// A day: `2026-11-20`.
        Date = "date",
        /// A time of day: `08:30:00`.
        Time = "time",
        /// A moment: `2026-11-20T08:30:00Z`.
        Timestamp = "timestamp",
        /// A length of time: `PT15M`.
        Duration = "duration",
        /// An e-mail address.
        Email = "email",
        /// An absolute `http` or `https` URL.
        Url = "url",
        /// Small letters, digits and hyphens, unique; `from` names the field it is made from.
        Slug = "slug",
        /// Any JSON value.
        Json = "json",
        /// Bytes; in JSON base64.
        Bytes = "bytes",
    }
}

/// When clients may write a field, or which of them may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    When(WriteRule),
    By(Access),
}

words! {
    /// When clients may write a field.
    pub enum WriteRule("a write rule") {
        /// Only the service's own logic writes it.
        Never = "never",
        /// When the row is created, never after.
        Create = "create",
        /// On create and on update.
        Always = "always",
    }
}

words! {
    /// What becomes of a row when the row that it refers to is deleted.
    pub enum OnDelete("a rule for deletion") {
        /// The other row cannot be deleted while this one exists.
        Restrict = "restrict",
        /// This row is deleted too.
        Cascade = "cascade",
        /// The reference becomes null; it must be optional.
        SetNull = "set_null",
    }
}
