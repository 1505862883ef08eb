//! What catalog reads in batches: one statement each, whatever the number of rows.

use std::collections::BTreeMap;

use kernel::db::{self, Connection, Failure, QueryBuilder};

use crate::features::catalog::model::{
    Author, AuthorId, AuthorInclude, AuthorView, Book, BookId, BookInclude, BookView, Category,
    CategoryId, CategoryInclude, CategoryView, Review, ReviewInclude, ReviewView,
};

const AUTHOR_BOOKS: &str = "\
select t.id, t.isbn, t.title, t.slug, t.author_id, t.category_id, t.format, t.price, t.stock,
    t.published, t.size, t.blurb, t.created_at, t.updated_at, t.version,
    (select count(*) from reviews r1 where r1.book_id = t.id)
from (
    select *, row_number() over (partition by author_id order by id) as place
    from books
    where true";

/// Adds to authors what the caller asked for.
pub(super) async fn include_in_authors(
    conn: &mut Connection,
    views: &mut [AuthorView],
    include: AuthorInclude,
) -> Result<(), Failure> {
    if include.books {
        let ids: Vec<AuthorId> = views.iter().map(|view| view.author.id).collect();
        let mut sql = QueryBuilder::new(AUTHOR_BOOKS);
        db::within(&mut sql, "author_id", &ids);
        sql.push(") t where t.place <= 100 order by t.id");
        let rows: Vec<Book> = sql.build_query_as().fetch_all(&mut *conn).await?;
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows {
            found.entry(row.author_id).or_default().push(row);
        }
        for view in views.iter_mut() {
            let found = found.remove(&view.author.id);
            view.books = Some(found.unwrap_or_default());
        }
    }
    Ok(())
}

const CATEGORY_CHILDREN: &str = "\
select t.id, t.name, t.slug, t.parent_id, t.position, t.created_at, t.updated_at, t.version
from (
    select *, row_number() over (partition by parent_id order by id) as place
    from categories
    where true";

/// Adds to categories what the caller asked for.
pub(super) async fn include_in_categories(
    conn: &mut Connection,
    views: &mut [CategoryView],
    include: CategoryInclude,
) -> Result<(), Failure> {
    if include.children {
        let ids: Vec<CategoryId> = views.iter().map(|view| view.category.id).collect();
        let mut sql = QueryBuilder::new(CATEGORY_CHILDREN);
        db::within(&mut sql, "parent_id", &ids);
        sql.push(") t where t.place <= 100 order by t.id");
        let rows: Vec<Category> = sql.build_query_as().fetch_all(&mut *conn).await?;
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows {
            found.entry(row.parent_id).or_default().push(row);
        }
        for view in views.iter_mut() {
            let found = found.remove(&Some(view.category.id));
            view.children = Some(found.unwrap_or_default());
        }
    }
    if include.parent {
        let ids: Vec<_> = views
            .iter()
            .filter_map(|view| view.category.parent_id)
            .collect();
        let found = categories_by_id(conn, &ids).await?;
        for view in views.iter_mut() {
            view.parent = Some(
                view.category
                    .parent_id
                    .and_then(|id| found.get(&id).cloned()),
            );
        }
    }
    Ok(())
}

const BOOK_REVIEWS: &str = "\
select t.id, t.book_id, t.author_id, t.stars, t.text, t.quotes, t.created_at, t.updated_at,
    t.version
from (
    select *, row_number() over (partition by book_id order by id) as place
    from reviews
    where true";

const BOOK_TAGS: &str = "\
select l.book_id, t.name
from book_tags l
join tags t on t.id = l.tag_id
where true";

/// Adds to books what the caller asked for.
pub(super) async fn include_in_books(
    conn: &mut Connection,
    views: &mut [BookView],
    include: BookInclude,
) -> Result<(), Failure> {
    if include.author {
        let ids: Vec<_> = views.iter().map(|view| view.book.author_id).collect();
        let found = authors_by_id(conn, &ids).await?;
        for view in views.iter_mut() {
            view.author = found.get(&view.book.author_id).cloned();
        }
    }
    if include.category {
        let ids: Vec<_> = views
            .iter()
            .filter_map(|view| view.book.category_id)
            .collect();
        let found = categories_by_id(conn, &ids).await?;
        for view in views.iter_mut() {
            view.category = Some(view.book.category_id.and_then(|id| found.get(&id).cloned()));
        }
    }
    if include.reviews {
        let ids: Vec<BookId> = views.iter().map(|view| view.book.id).collect();
        let mut sql = QueryBuilder::new(BOOK_REVIEWS);
        db::within(&mut sql, "book_id", &ids);
        sql.push(") t where t.place <= 100 order by t.id");
        let rows: Vec<Review> = sql.build_query_as().fetch_all(&mut *conn).await?;
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows {
            found.entry(row.book_id).or_default().push(row);
        }
        for view in views.iter_mut() {
            let found = found.remove(&view.book.id);
            view.reviews = Some(found.unwrap_or_default());
        }
    }
    if include.tags {
        let ids: Vec<BookId> = views.iter().map(|view| view.book.id).collect();
        let mut sql = QueryBuilder::new(BOOK_TAGS);
        db::within(&mut sql, "l.book_id", &ids);
        sql.push(" order by t.name");
        let rows: Vec<(BookId, String)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, key) in rows {
            found.entry(id).or_default().push(key);
        }
        for view in views.iter_mut() {
            let found = found.remove(&view.book.id);
            view.tags = Some(found.unwrap_or_default());
        }
    }
    Ok(())
}

/// Adds to reviews what the caller asked for.
pub(super) async fn include_in_reviews(
    conn: &mut Connection,
    views: &mut [ReviewView],
    include: ReviewInclude,
) -> Result<(), Failure> {
    if include.book {
        let ids: Vec<_> = views.iter().map(|view| view.review.book_id).collect();
        let found = books_by_id(conn, &ids).await?;
        for view in views.iter_mut() {
            view.book = found.get(&view.review.book_id).cloned();
        }
    }
    Ok(())
}

const AUTHORS_BY_ID: &str = "\
select id, name, born, created_at, updated_at, version
from authors
where true";

/// The authors with these ids; those that are missing are left out.
pub(super) async fn authors_by_id(
    conn: &mut Connection,
    ids: &[AuthorId],
) -> Result<BTreeMap<AuthorId, Author>, Failure> {
    let mut sql = QueryBuilder::new(AUTHORS_BY_ID);
    db::within(&mut sql, "id", ids);
    let rows: Vec<Author> = sql.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

const CATEGORIES_BY_ID: &str = "\
select id, name, slug, parent_id, position, created_at, updated_at, version
from categories
where true";

/// The categories with these ids; those that are missing are left out.
pub(super) async fn categories_by_id(
    conn: &mut Connection,
    ids: &[CategoryId],
) -> Result<BTreeMap<CategoryId, Category>, Failure> {
    let mut sql = QueryBuilder::new(CATEGORIES_BY_ID);
    db::within(&mut sql, "id", ids);
    let rows: Vec<Category> = sql.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

const BOOKS_BY_ID: &str = "\
select id, isbn, title, slug, author_id, category_id, format, price, stock, published, size, blurb,
    created_at, updated_at, version, (select count(*) from reviews r1 where r1.book_id = books.id)
from books
where true";

/// The books with these ids; those that are missing are left out.
pub(super) async fn books_by_id(
    conn: &mut Connection,
    ids: &[BookId],
) -> Result<BTreeMap<BookId, Book>, Failure> {
    let mut sql = QueryBuilder::new(BOOKS_BY_ID);
    db::within(&mut sql, "id", ids);
    let rows: Vec<Book> = sql.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
