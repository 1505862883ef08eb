//! Expressions and their SQL.

use super::support::World;
use crate::expr::sql::{Bind, Target, print};
use crate::ir::Database;
use crate::schema::Schema;

pub const SPEC: &str = r#"
entities:
  Author:
    fields:
      name: string
  Book:
    fields:
      title: string
      author: { ref: Author, as: books }
      editor: { ref: Author, optional: true }
      format: { enum: [hardcover, ebook] }
      price: { type: decimal, precision: 10, scale: 2 }
      rate: { type: decimal, precision: 6, scale: 4, optional: true }
      stock: int
      order: int?
      day: date?
      at: timestamp
      late: bool
    many:
      tags: Tag
  Chapter:
    fields:
      book: { ref: Book, as: chapters }
      pages: { type: int, min: 0, max: 1000 }
      words: int
      cost: decimal(8,2)?
  Tag:
    fields:
      name: string
endpoints:
  list_books: { list: Book, access: public }
  list_authors: { list: Author, access: public }
  list_chapters: { list: Chapter, access: public }
  list_tags: { list: Tag, access: public }
"#;

/// The same text of SQL for SQLite and, where it differs, for PostgreSQL.
const PRINTED: &[(&str, &str, &str)] = &[
    (
        "price > 0 || format == \"ebook\"",
        "b.price > 0 or b.format = 'ebook'",
        "",
    ),
    ("price > 1.5", "b.price > 150", "b.price > 1.5"),
    ("price > 0.005", "b.price * 10 > 5", "b.price > 0.005"),
    (
        "stock * 2 - -3 <= 10 * 10 && !late",
        "b.stock * 2 - -3 <= 10 * 10 and not b.late",
        "b.stock * 2 - -3 <= '10'::bigint * 10 and not b.late",
    ),
    (
        "(stock + 1) * 2 != order",
        "(b.stock + 1) * 2 <> b.\"order\"",
        "",
    ),
    (
        "rate >= price",
        "b.rate >= b.price * 100",
        "b.rate >= b.price",
    ),
    (
        "title < 'O\\'Hara' && title == 'é'",
        "b.title < 'O''Hara' and b.title = 'é'",
        "b.title collate \"C\" < 'O''Hara' and b.title = 'é'",
    ),
    (
        "(late || stock > 0) && (stock in [1, 2, -3])",
        "(b.late or b.stock > 0) and b.stock in (1, 2, -3)",
        "",
    ),
    (
        "editor == null || editor != author",
        "b.editor_id is null or b.editor_id <> b.author_id",
        "",
    ),
    (
        "at >= '2026-11-20T08:30:00.5+01:00'",
        "b.at >= 1795159800500000",
        "b.at >= '2026-11-20 07:30:00.500+00'::timestamptz",
    ),
    (
        "day < \"2026-01-01\"",
        "b.day < '2026-01-01'",
        "b.day < '2026-01-01'::date",
    ),
    (
        "author.name == title",
        "(select r1.name from authors r1 where r1.id = b.author_id) = b.title",
        "",
    ),
    ("author.id == editor", "b.author_id = b.editor_id", ""),
    (
        "count(chapters) > 2",
        "(select count(*) from chapters r1 where r1.book_id = b.id) > 2",
        "",
    ),
    (
        "sum(chapters, pages) == 0",
        "(select coalesce(sum(r1.pages), 0) from chapters r1 where r1.book_id = b.id) = 0",
        "(select coalesce(sum(r1.pages), 0)::bigint from chapters r1 where r1.book_id = b.id) = 0",
    ),
    (
        "sum(chapters, pages * cost) > 1",
        "(select case
        when r2.high > 8589934591 then 999999999999999999
        when r2.high < -8589934592 then -999999999999999999
        else min(max(r2.high * 1073741824 + r2.low, -999999999999999999), 999999999999999999)
    end
    from (
        select coalesce(sum((r1.pages * r1.cost) >> 30), 0) + (coalesce(sum((r1.pages * r1.cost) & 1073741823), 0) >> 30) as high,
            coalesce(sum((r1.pages * r1.cost) & 1073741823), 0) & 1073741823 as low
        from chapters r1
        where r1.book_id = b.id
    ) r2) > 100",
        "(select least(greatest(coalesce(sum(r1.pages * r1.cost), 0), -9999999999999999.99), 9999999999999999.99) from chapters r1 where r1.book_id = b.id) > 1",
    ),
    (
        "count(chapters, pages > 3) > 2",
        "(select count(*) from chapters r1 where r1.book_id = b.id and r1.pages > 3) > 2",
        "",
    ),
    (
        "exists(chapters, pages > 3 || cost == null)",
        "exists (select 1 from chapters r1 where r1.book_id = b.id and (r1.pages > 3 or r1.cost is null))",
        "",
    ),
    (
        "exists(tags, name == \"rust\")",
        "exists (select 1 from book_tags r1 join tags r2 on r2.id = r1.tag_id where r1.book_id = b.id and r2.name = 'rust')",
        "",
    ),
    ("exists(tags, id == actor.id)", "", ""),
    (
        "exists(chapters, book.author.name == 'x')",
        "exists (select 1 from chapters r1 where r1.book_id = b.id and (select r3.name from books r2 join authors r3 on r3.id = r2.author_id where r2.id = r1.book_id) = 'x')",
        "",
    ),
    (
        "author == \"00112233-4455-6677-8899-AABBCCDDEEFF\"",
        "b.author_id = x'00112233445566778899aabbccddeeff'",
        "b.author_id = '00112233-4455-6677-8899-aabbccddeeff'::uuid",
    ),
    (
        "id == actor.id || \"admin\" in actor.roles || actor.subject == title",
        "b.id = $3 or $4 or $5 = b.title",
        "",
    ),
    (
        "actor != null && stock + input.stock <= 5 && at < now && actor.subject != 'x'",
        "$3 is not null and b.stock + $4 <= 5 and b.at < $5 and $3 <> 'x'",
        "",
    ),
    ("late == (stock > 1)", "b.late = (b.stock > 1)", ""),
    (
        "!(late && true) && !(stock > 1) == late",
        "not (b.late and true) and (not (b.stock > 1)) = b.late",
        "",
    ),
];

#[test]
fn expressions_print_as_sql() {
    let world = World::new(SPEC);
    let schema = Schema::of(&world.service);
    let book = world.entity("Book");
    for (text, sqlite, postgres) in PRINTED {
        let expr = match (world.check("Book", text), sqlite.is_empty()) {
            (Err(_), true) => continue,
            (expr, _) => expr.unwrap_or_else(|found| panic!("{text}: {found:?}")),
        };
        for (database, expected) in [(Database::Sqlite, sqlite), (Database::Postgres, postgres)] {
            let expected = if expected.is_empty() {
                sqlite
            } else {
                expected
            };
            let target = Target {
                service: &world.service,
                schema: &schema,
                database,
            };
            let sql = print(&target, &expr, book, "b", 3);
            // The whole is an operand of `and`.
            let bare = sql
                .text
                .strip_prefix('(')
                .and_then(|it| it.strip_suffix(')'));
            assert!(
                sql.text == *expected || bare == Some(expected),
                "{text}\n{}",
                sql.text
            );
        }
    }
}

#[test]
fn what_the_request_gives_is_bound() {
    let world = World::new(SPEC);
    let expr = world.check(
        "Book",
        "id == actor.id && 'admin' in actor.roles && now > at && input.stock < 2",
    );
    let target = Target {
        service: &world.service,
        schema: &Schema::of(&world.service),
        database: Database::Sqlite,
    };
    let sql = print(&target, &expr.unwrap(), world.entity("Book"), "", 1);
    assert_eq!(sql.text, "id = $1 and $2 and $3 > at and $4 < 2");
    let role = Bind::HasRole("admin".into());
    assert_eq!(sql.binds, [Bind::ActorId, role, Bind::Now, Bind::Input(6)]);
}
