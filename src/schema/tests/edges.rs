//! Rows at and over the edge of what the tables allow, and the constraint that each breaks.

/// A statement in both dialects.
pub struct Edge {
    pub sqlite: &'static str,
    pub postgres: &'static str,
    /// What the database says of it: part of its message; `None` where it takes the row.
    pub breaks: Option<[&'static str; 2]>,
}

impl Edge {
    /// Compares with SQLite's message.
    pub fn check(&self, message: Option<&str>) {
        Self::compare(self.sqlite, self.breaks.map(|it| it[0]), message);
    }

    /// Compares with PostgreSQL's message.
    pub fn check_postgres(&self, message: Option<&str>) {
        Self::compare(self.postgres, self.breaks.map(|it| it[1]), message);
    }

    fn compare(sql: &str, expected: Option<&str>, message: Option<&str>) {
        match (expected, message) {
            (None, None) => {}
            (Some(part), Some(message)) if message.contains(part) => {}
            _ => panic!("{sql}\n  expected {expected:?}\n  said {message:?}"),
        }
    }
}

macro_rules! edges {
    ($($sqlite:literal, $postgres:literal => $breaks:expr;)*) => {
        vec![$(Edge { sqlite: $sqlite, postgres: $postgres, breaks: $breaks }),*]
    };
}

/// One statement for both.
macro_rules! both {
    ($($sql:literal => $breaks:expr;)*) => {
        vec![$(Edge { sqlite: $sql, postgres: $sql, breaks: $breaks }),*]
    };
}

const fn check(name: &'static str) -> Option<[&'static str; 2]> {
    Some([name, name])
}

/// In the order in which they are to be run.
pub fn all() -> Vec<Edge> {
    let mut all = edges! {
        "insert into authors (id, name, born, created_at, updated_at) values (x'00000000000000000000000000000001', 'A', '2024-02-29', 0, 0)",
        "insert into authors (id, name, born, created_at, updated_at) values ('00000000-0000-0000-0000-000000000001', 'A', '2024-02-29', now(), now())" => None;
        "insert into authors (id, name, born, created_at, updated_at) values (x'02', 'A', null, 0, 0)",
        "insert into authors (id, name, born, created_at, updated_at) values ('02', 'A', null, now(), now())" => Some(["authors_id_check", "invalid input syntax"]);
        "update authors set born = '2023-02-29'", "update authors set born = '2023-02-29'" => Some(["authors_born_check", "out of range"]);
        "update authors set name = ''", "update authors set name = ''" => check("authors_name_check");
        "insert into users (id, email, name, created_at, updated_at) values (x'00000000000000000000000000000001', 'a@b.c', 'A', 0, 0)",
        "insert into users (id, email, name, created_at, updated_at) values ('00000000-0000-0000-0000-000000000001', 'a@b.c', 'A', now(), now())" => None;
        "insert into users (id, email, name, created_at, updated_at) values (x'00000000000000000000000000000002', 'a@b.c', 'B', 0, 0)",
        "insert into users (id, email, name, created_at, updated_at) values ('00000000-0000-0000-0000-000000000002', 'a@b.c', 'B', now(), now())" => Some(["users.email", "users_email_key"]);
        "update users set manager_id = x'00000000000000000000000000000009'",
        "update users set manager_id = '00000000-0000-0000-0000-000000000009'" => Some(["FOREIGN KEY", "users_manager_id_fkey"]);
        "insert into books (id, isbn, title, slug, author_id, format, price, stock, created_at, updated_at) values (x'00000000000000000000000000000001', '9780141439518', 'Ä', 'a', x'00000000000000000000000000000001', 'ebook', 9999999999, 0, 0, 0)",
        "insert into books (id, isbn, title, slug, author_id, format, price, stock, created_at, updated_at) values ('00000000-0000-0000-0000-000000000001', '9780141439518', 'Ä', 'a', '00000000-0000-0000-0000-000000000001', 'ebook', 99999999.99, 0, now(), now())" => None;
        "update books set price = 10000000000", "update books set price = 100000000.00" => Some(["books_price_check", "numeric field overflow"]);
        "update books set price = -1", "update books set price = -0.01" => check("books_price_check");
        "update books set size = '{'", "update books set size = '{'" => Some(["books_size_check", "invalid input syntax"]);
        "delete from authors", "delete from authors" => Some(["FOREIGN KEY", "books_author_id_fkey"]);
    };
    all.extend(both! {
        "update books set title = title || replace('          ', ' ', 'ä')" => None;
        "update books set format = 'scroll'" => check("books_format_check");
        "update books set stock = 9007199254740991" => None;
        "update books set stock = 9007199254740992" => check("books_stock_check");
        "update books set stock = -1" => check("books_stock_check");
        "insert into tags (name) values ('new'), ('old')" => None;
        "insert into book_tags select books.id, tags.id from books, tags" => None;
        "insert into book_tags select books.id, tags.id from books, tags where name = 'new'" => Some(["book_tags.book_id, book_tags.tag_id", "book_tags_pkey"]);
        "delete from tags where name = 'old'" => None;
        "insert into reviews (id, book_id, stars, quotes) select id, id, 5, '[]' from books" => None;
        "update reviews set stars = 6" => check("reviews_stars_check");
        "delete from books" => None;
        "insert into reviews (id, book_id, stars, quotes) select id, id, 5, '[]' from authors" => Some(["FOREIGN KEY", "reviews_book_id_fkey"]);
        "delete from authors" => None;
    });
    all
}
