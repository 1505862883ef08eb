//! Both dialects, seen as text and run by the databases themselves.

mod edges;
mod plans;
pub(crate) mod postgres;
mod values;

use super::*;
use crate::ir::{self, Column, Database, Service, fixture};
use rusqlite::Connection;

fn files(service: &Service, database: Database) -> String {
    let schema = Schema::of(service);
    let steps = ddl(&schema, database);
    let files = migrations(service, &Schema::default(), &steps, 1);
    let files = files
        .iter()
        .map(|file| format!("==> {}\n{}", file.file_name(), file.sql));
    files.collect::<Vec<_>>().join("\n")
}

fn sqlite(schema: &Schema) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("pragma foreign_keys = on")
        .unwrap();
    for step in ddl(schema, Database::Sqlite) {
        if let Err(error) = connection.execute_batch(&step.sql) {
            panic!("{error}:\n{}", step.sql);
        }
    }
    connection
}

#[test]
fn sqlite_migrations() {
    insta::assert_snapshot!(files(&fixture::service(), Database::Sqlite));
}

#[test]
fn postgres_migrations() {
    insta::assert_snapshot!(files(&fixture::service(), Database::Postgres));
}

#[test]
fn sqlite_takes_them() {
    let schema = Schema::of(&fixture::service());
    let connection = sqlite(&schema);
    let count =
        "select count(*) from sqlite_schema where type = 'table' and name not like 'sqlite_%'";
    let tables: i64 = connection.query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(usize::try_from(tables), Ok(schema.tables.len()));
    for edge in edges::all() {
        let broken = connection
            .execute(edge.sqlite, [])
            .err()
            .map(|error| error.to_string());
        edge.check(broken.as_deref());
    }
}

#[test]
fn a_table_is_found_by_its_entity_and_relation() {
    let service = fixture::service();
    let schema = Schema::of(&service);
    let books = schema.of_entity(fixture::BOOK);
    assert_eq!(books.name, "books");
    let uniques: Vec<_> = books.uniques.iter().map(|key| key.name.as_str()).collect();
    let expected = [
        "books_isbn_key",
        "books_slug_key",
        "books_author_id_title_key",
    ];
    assert_eq!(uniques, expected, "in the order of the entity's uniques");
    assert_eq!(schema.of_many(fixture::BOOK, 0).name, "book_tags");
    let friends = &schema.of_many(fixture::USER, 0).columns;
    let names: Vec<_> = friends.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["user_id", "related_user_id"]);
}

#[test]
fn a_snapshot_comes_back_as_it_was() {
    let schema = Schema::of(&fixture::service());
    let text = serde_json::to_string(&schema).unwrap();
    let read: Schema = serde_json::from_str(&text).unwrap();
    assert_eq!(read.tables, schema.tables);
    assert_eq!(diff(&read, &schema, Database::Sqlite), Ok(vec![]));
}

#[test]
fn new_tables_are_steps() {
    let service = fixture::service();
    let new = Schema::of(&service);
    let mut old = new.clone();
    old.tables
        .retain(|table| !["reviews", "samples"].contains(&table.name.as_str()));
    let steps = diff(&old, &new, Database::Postgres).unwrap();
    let files = migrations(&service, &old, &steps, 7);
    let names: Vec<_> = files.iter().map(Migration::file_name).collect();
    assert_eq!(names, ["0007_catalog_add_reviews.sql", "0008_samples.sql"]);
    assert!(
        files[0]
            .sql
            .starts_with("-- More tables of `catalog`.\n\ncreate table reviews (")
    );
}

/// A service with indexes more than the fixture: one that stands in for that of a foreign key, and one of its own.
fn with_more_indexes() -> Service {
    let mut service = fixture::service();
    let review = &mut service.entities[fixture::REVIEW.0];
    let book = review.fields.iter().position(|it| it.name == "book");
    let book = Column::Field(book.expect("a review has a book"));
    for columns in [vec![book, Column::Field(1)], vec![Column::Field(2)]] {
        review.indexes.push(ir::Index { columns });
    }
    service
}

#[test]
fn an_index_more_is_a_step() {
    let old = Schema::of(&fixture::service());
    let service = with_more_indexes();
    let new = Schema::of(&service);
    let steps = diff(&old, &new, Database::Sqlite).unwrap();
    let files = migrations(&service, &old, &steps, 7);
    let files: Vec<_> = files.iter().map(|it| (it.file_name(), &it.sql)).collect();
    insta::assert_debug_snapshot!(files);

    let grown = sqlite(&old);
    for step in &steps {
        grown.execute_batch(&step.sql).unwrap();
    }
    let indexes = |connection: &Connection| -> Vec<String> {
        let all = "select sql from sqlite_schema where type = 'index' and sql is not null";
        let mut all = connection.prepare(all).unwrap();
        let rows = all.query_map([], |row| row.get(0)).unwrap();
        let mut rows: Vec<String> = rows.map(Result::unwrap).collect();
        rows.sort();
        rows
    };
    assert_eq!(indexes(&grown), indexes(&sqlite(&new)));
}

#[test]
fn a_unique_index_more_is_refused() {
    let old = Schema::of(&fixture::service());
    let mut service = fixture::service();
    let review = &mut service.entities[fixture::REVIEW.0];
    review.uniques.push(ir::Unique {
        columns: vec![Column::Field(1)],
    });
    let changes = diff(&old, &Schema::of(&service), Database::Sqlite).unwrap_err();
    let changes: Vec<_> = changes.iter().map(Change::to_string).collect();
    assert_eq!(
        changes,
        ["constraint `reviews_stars_key` of `reviews` is new"]
    );
}

#[test]
fn changes_of_tables_are_named() {
    let old = Schema::of(&fixture::service());
    let mut service = fixture::service();
    service.entities[fixture::TAG.0].fields[0].optional = true;
    service.entities[fixture::TAG.0]
        .fields
        .push(fixture::field("hue", ir::Scalar::Bool));
    let book = &mut service.entities[fixture::BOOK.0];
    book.fields[1].ty = fixture::text(1, 300).into();
    book.uniques.remove(0);
    book.indexes.remove(0);
    book.fields[3].ty = fixture::reference(fixture::AUTHOR, "books", ir::OnDelete::Cascade);
    book.many.remove(0);
    service.entities[fixture::REVIEW.0].fields.pop();
    let changes = diff(&old, &Schema::of(&service), Database::Postgres).unwrap_err();
    let changes: Vec<_> = changes.iter().map(Change::to_string).collect();
    insta::assert_snapshot!(changes.join("\n"));
}

#[test]
fn spec_text_stays_in_its_comment() {
    let mut service = fixture::service();
    let hostile = "no-transaction\r\ndrop table x;\rdrop table y;\u{2028}z\n\n*/ '\u{0}";
    service.features[fixture::ACCOUNTS.0].description = hostile.into();
    service.entities[fixture::USER.0].description = hostile.into();
    let schema = Schema::of(&service);
    sqlite(&schema);
    let steps = ddl(&schema, Database::Postgres);
    let file = &migrations(&service, &Schema::default(), &steps, 1)[0];
    let (head, _) = file.sql.split_once("create table").unwrap();
    assert!(
        head.lines()
            .all(|line| line.is_empty() || line.starts_with("--")),
        "{head}"
    );
    assert!(!head.starts_with("-- no-transaction"));
    assert!(!head.contains(|c: char| c.is_control() && c != '\n'));
}
