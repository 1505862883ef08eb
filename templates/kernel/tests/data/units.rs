//! Units of work: what is committed, what is undone, and what failures become.

use kernel::contract::Unit;
use kernel::db::{self, Failure};
use kernel::decode::Invalid;
use kernel::problem::{Kind, NOT_FOUND, Problem};

use crate::fresh::{self, Fresh, POSTGRES, done};

const TAKEN: Kind = Kind {
    code: "taken",
    status: 409,
    title: "Taken",
};

pub async fn books() -> Fresh {
    let fresh = fresh::database().await;
    fresh
        .run(
            "create table authors (id {int} primary key) {strict};
            create table books (
                id {int} primary key,
                isbn text not null constraint books_isbn_key unique,
                author_id {int} constraint books_author_id_fkey references authors (id),
                stock {int} not null default 0 constraint books_stock_check check (stock >= 0)
            ) {strict};
            insert into books (id, isbn) values (1, 'a')",
        )
        .await;
    fresh
}

#[tokio::test]
async fn what_the_commit_refuses_was_not_written() {
    let fresh = books().await;
    fresh
        .run(
            "create table loans (
                id {int} primary key,
                author_id {int} references authors (id) deferrable initially deferred
            ) {strict}",
        )
        .await;
    let mut unit = fresh.pool.begin(Unit::Statement).await.unwrap();
    let statement = sqlx::query_as("insert into loans (id, author_id) values (1, 99) returning id");
    let row: Result<(i64,), _> = db::written(statement, unit.connection()).await;
    let answer = unit.finish(row.map_err(Failure::from)).await;
    assert_eq!(answer.unwrap_err().status(), 500);
    assert_eq!(fresh.number("select count(*) from loans").await, 0);
}

#[tokio::test]
async fn a_transaction_stands_or_falls_as_one() {
    let fresh = books().await;
    let mut unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    sqlx::query("insert into books (id, isbn) values (2, 'b')")
        .execute(unit.connection())
        .await
        .unwrap();
    let answer = unit
        .finish(Err::<(), _>(Problem::new(TAKEN)))
        .await
        .unwrap_err();
    assert_eq!(answer.status(), 409);
    assert_eq!(fresh.number("select count(*) from books").await, 1);

    let mut unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    sqlx::query("insert into books (id, isbn) values (2, 'b')")
        .execute(unit.connection())
        .await
        .unwrap();
    assert_eq!(unit.finish(Ok::<_, Problem>(7)).await.unwrap(), 7);
    assert_eq!(fresh.number("select count(*) from books").await, 2);
}

#[tokio::test]
async fn a_dropped_unit_is_undone_before_the_next_begins() {
    let fresh = books().await;
    let mut unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    sqlx::query("update books set stock = 5")
        .execute(unit.connection())
        .await
        .unwrap();
    drop(unit);
    let mut unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    let stock: i64 = sqlx::query_scalar("select stock from books")
        .fetch_one(unit.connection())
        .await
        .unwrap();
    assert_eq!(stock, 0);
    done(unit).await;
}

/// PostgreSQL answers COMMIT of an aborted transaction with success, and rolls back.
#[tokio::test]
async fn a_swallowed_error_is_not_acknowledged() {
    let fresh = books().await;
    let mut unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    sqlx::query("insert into books (id, isbn) values (2, 'b')")
        .execute(unit.connection())
        .await
        .unwrap();
    let swallowed = sqlx::query("insert into books (id, isbn) values (3, 'a')")
        .execute(unit.connection())
        .await;
    assert!(swallowed.is_err());
    let finished = unit.finish(Ok::<_, Problem>(())).await;
    // SQLite undoes the statement alone, so that its commit is a true one.
    assert_eq!(finished.is_ok(), !POSTGRES);
    let kept = if POSTGRES { 1 } else { 2 };
    assert_eq!(fresh.number("select count(*) from books").await, kept);
}

#[tokio::test]
async fn broken_rules_are_named() {
    let fresh = books().await;
    for (sql, postgres, sqlite) in [
        (
            "insert into books (id, isbn) values (2, 'a')",
            "books_isbn_key",
            "books.isbn",
        ),
        (
            "insert into books (id, isbn, author_id) values (2, 'b', 9)",
            "books_author_id_fkey",
            "FOREIGN KEY",
        ),
        (
            "insert into books (id, isbn, stock) values (2, 'b', -1)",
            "books_stock_check",
            "books_stock_check",
        ),
    ] {
        let mut unit = fresh.pool.begin(Unit::Statement).await.unwrap();
        let error = sqlx::query(sql)
            .execute(unit.connection())
            .await
            .unwrap_err();
        assert_eq!(
            db::violated(&error),
            Some(if POSTGRES { postgres } else { sqlite }),
            "{sql}"
        );
        assert_eq!(
            unit.finish(Err::<(), _>(Problem::new(TAKEN)))
                .await
                .unwrap_err()
                .status(),
            409
        );
    }
    let mut unit = fresh.pool.begin(Unit::Read).await.unwrap();
    let error = sqlx::query("select nothing")
        .execute(unit.connection())
        .await
        .unwrap_err();
    assert_eq!(db::violated(&error), None);
    let problem = unit
        .finish(Err::<(), _>(Failure::from(error)))
        .await
        .unwrap_err();
    assert_eq!(problem.status(), 500);
    assert!(
        !format!("{problem:?}").contains("nothing"),
        "no text of the database leaves: {problem:?}"
    );
}

#[tokio::test]
async fn what_one_may_not_see_comes_before_what_is_wrong_with_it() {
    let fresh = books().await;
    let invalid = || Invalid::Faults(Vec::new());
    let unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    assert_eq!(
        unit.refuse(Err(Problem::new(NOT_FOUND)), invalid())
            .await
            .status(),
        404
    );
    let unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    assert_eq!(
        unit.refuse(Ok::<_, Problem>(()), invalid()).await.status(),
        422
    );
}
