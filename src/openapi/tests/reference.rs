//! `docs/reference/types.md`, written from the code that it describes; what Rust and JSON have is said here.

use super::*;
use crate::ir::fixture::{DIMENSIONS, FORMAT, SHOP, TAG, decimal, int, list_of, reference, text};
use crate::ir::{Bounds, Column, Database, Many, OnDelete, Scalar, Type, operators};
use crate::openapi::schemas::{Components, Side};
use crate::schema::{ColumnType, TableColumn, check, column_type, sql_type};
use std::path::Path;

/// What a spec says, what it means, and its forms in Rust and JSON.
type Row = (&'static str, Type, &'static str, &'static str);

fn scalars() -> Vec<Row> {
    let scalar = Type::Scalar;
    let money = decimal(18, 2, None);
    let long = Scalar::Text(crate::ir::Text {
        min: 0,
        max: 65_536,
        pattern: None,
        long: true,
    });
    vec![
        ("`string`", scalar(text(0, 255)), "String", "string"),
        ("`text`", scalar(long), "String", "string"),
        (
            "`email`",
            scalar(Scalar::Email),
            "String",
            "string: `ada@example.org`",
        ),
        (
            "`url`",
            scalar(Scalar::Url),
            "String",
            "string: an http or https URL",
        ),
        (
            "`slug`",
            scalar(Scalar::Slug),
            "String",
            "string: `a-fine-title`",
        ),
        ("`int`", scalar(Scalar::Int(Bounds::NONE)), "i64", "number"),
        (
            "`int`, `min: 1`, `max: 5`",
            scalar(int(1, 5)),
            "i64",
            "number",
        ),
        (
            "`bigint`",
            scalar(Scalar::BigInt(Bounds::NONE)),
            "BigInt",
            "string: `\"9223372036854775807\"`",
        ),
        (
            "`float`",
            scalar(Scalar::Float(Bounds::NONE)),
            "f64",
            "number",
        ),
        (
            "`decimal(10, 2)`",
            scalar(decimal(10, 2, None)),
            "Decimal<2>",
            "string: `\"12.50\"`",
        ),
        (
            "`money`",
            scalar(money),
            "Decimal<2>",
            "string: `\"12.50\"`",
        ),
        ("`bool`", scalar(Scalar::Bool), "bool", "`true`, `false`"),
        ("`uuid`", scalar(Scalar::Uuid), "Uuid", "string"),
        (
            "`date`",
            scalar(Scalar::Date),
            "Date",
            "string: `2026-11-20`",
        ),
        ("`time`", scalar(Scalar::Time), "Time", "string: `08:30:00`"),
        (
            "`timestamp`",
            scalar(Scalar::Timestamp),
            "Timestamp",
            "string: `2026-11-20T08:30:00Z`",
        ),
        (
            "`duration`",
            scalar(Scalar::Duration),
            "Duration",
            "string: `PT1H30M`",
        ),
        ("`json`", scalar(Scalar::Json), "Json", "anything but null"),
        (
            "`bytes`, `max: 1024`",
            scalar(Scalar::Bytes { max: 1024 }),
            "Bytes",
            "string: base64",
        ),
    ]
}

fn others() -> Vec<Row> {
    let to = |target| reference(target, "", OnDelete::Restrict);
    vec![
        (
            "an enum",
            Type::Enum(FORMAT),
            "Format",
            "string: one of its words",
        ),
        (
            "a value object",
            Type::Object(DIMENSIONS),
            "Dimensions",
            "object",
        ),
        (
            "`list_of: string`",
            list_of(text(0, 255), 20),
            "Vec<String>",
            "array",
        ),
        (
            "a reference",
            to(SHOP),
            "ShopId",
            "string: the id, under `shop_id`",
        ),
        (
            "a reference to an `id: int`",
            to(TAG),
            "TagId",
            "number: the id, under `tag_id`",
        ),
    ]
}

fn stored(ty: ColumnType, database: Database) -> String {
    let column = TableColumn {
        name: "x".into(),
        ty,
        null: false,
        default: None,
        check: String::new(),
    };
    let name = sql_type(&column.ty, database);
    match check(&column, database) {
        Some(condition) => format!("`{name}`<br>`{condition}`"),
        None => format!("`{name}`"),
    }
}

/// The keywords of a schema, without what takes too much room.
fn described(schema: &Value) -> String {
    let members = schema.as_object().unwrap().iter();
    let words = members
        .filter(|(key, _)| *key != "items")
        .map(|(key, value)| match key.as_str() {
            "pattern" => "`pattern`".into(),
            "$ref" => "`$ref`".into(),
            "type" => format!(
                "`{}`",
                value.to_string().replace('"', "").replace(',', ", ")
            ),
            _ => format!("`{key}` {}", value.to_string().replace('"', "")),
        });
    words.collect::<Vec<_>>().join(", ")
}

fn line(service: &Service, (name, ty, rust, json): &Row) -> String {
    let column = column_type(service, ty);
    let schema = Components::new(service).schema(ty, Side::Answer);
    let operators = operators(ty, false)
        .into_iter()
        .map(|operator| match operator.suffix() {
            "" => "`=`".into(),
            suffix => format!("`{suffix}`"),
        });
    let operators: Vec<String> = operators.collect();
    let cells = [
        (*name).into(),
        format!("`{rust}`"),
        stored(column.clone(), Database::Postgres),
        stored(column, Database::Sqlite),
        (*json).into(),
        described(&schema),
        if operators.is_empty() {
            "none".into()
        } else {
            operators.join(" ")
        },
    ];
    format!("| {} |\n", cells.join(" | "))
}

fn page() -> String {
    let service = fixture::service();
    let mut page = String::from(HEAD);
    page += "| Spec | Rust | PostgreSQL | SQLite | JSON | OpenAPI | Filters |\n";
    page += "|---|---|---|---|---|---|---|\n";
    for row in scalars().iter().chain(&others()) {
        page += &line(&service, row);
    }
    page += &TAIL.replace("LINKS", &Many::MAX_ITEMS.to_string());
    page
}

const HEAD: &str = "\
# Types

How each type is kept, sent and filtered by. This page is written by a test from the code that does it; a column named
`x` stands for the field. Under each column type is the check that the table carries, under its own name.

";

const TAIL: &str = r#"
An optional field may be null everywhere, and its filter also knows `.null=true` and `.null=false`. `.in` takes up to 100
values, separated by commas, so a text with a comma in it cannot be among them.

- **Lengths** count characters, not bytes; `max` of `bytes` counts bytes.
- **Patterns** are checked by the service and stand in openapi.json, but not in the database: PostgreSQL's regular
  expressions are not Rust's, and SQLite has none. A pattern that JavaScript reads otherwise is left out of openapi.json.
- **Defaults** live in the code, not in the tables, so that changing one needs no migration. `version` alone has one.
- **`int`** stays within ±(2^53 − 1), which every JSON reader holds exactly; `bigint` is any 64-bit integer.
- **Decimals** have at most 18 digits and never pass through floating point. In SQLite they are integers, scaled by the
  number of places: 12.50 of a `decimal(10, 2)` is 1250.
- **Timestamps** are kept to the microsecond, in UTC, from the year 1 to 9999. Requests may use any offset; finer digits
  are dropped.
- **Durations** have no years and months, whose lengths differ. They are kept in microseconds.
- **Dates and times** are ISO texts in SQLite, which sort as they should.
- **Nulls** sort last, in either direction, in both databases.
- **Ids** are UUIDs of version 7 that the service makes, or, with `id: int`, numbers that the database counts up and
  never gives twice.
- **n:m relations** are a table of their own, `book_tags`, with both ids as its key. JSON carries a list of ids, or of the
  natural keys that `by` names; a request may set up to LINKS.
"#;

#[test]
fn the_reference_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/types.md");
    let page = page();
    if std::env::var_os("BACKGEN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "BACKGEN_BLESS=1 cargo test writes docs/reference/types.md anew"
    );
}

#[test]
fn samples_are_valid() {
    let service = fixture::service();
    for (name, ty, _, _) in scalars().iter().chain(&others()) {
        let mut components = Components::new(&service);
        let mut schema = components.schema(ty, Side::Request);
        schema["components"] = json!({"schemas": components.schemas});
        let value = crate::openapi::samples::of_type(&service, ty).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        assert!(validator.is_valid(&value), "{name}: {value} by {schema}");
        assert!(!validator.is_valid(&Value::Null), "{name} takes null");
    }
    let book = &service[fixture::BOOK];
    assert_eq!(book.column_type(Column::Id), Type::Scalar(Scalar::Uuid));
}
