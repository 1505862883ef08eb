//! Units of work: what is committed, what is undone, and what failures become.

use std::time::{Duration, Instant};

use kernel::contract::Unit;
use kernel::db::{self, Failure, Pool, Settings};
use kernel::decode::Invalid;
use kernel::problem::{Kind, NOT_FOUND, Problem};

use sqlx::Connection;

use crate::fresh::{self, Fresh, POSTGRES, done};

const TAKEN: Kind = Kind {
    code: "taken",
    status: 409,
    title: "Taken",
};

async fn books() -> Fresh {
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

#[tokio::test]
async fn who_finds_no_connection_is_told_in_time() {
    let fresh = books().await;
    let mut settings = fresh.settings.clone();
    settings.connections = 1;
    settings.acquire_timeout = Duration::from_millis(100);
    let pool = Pool::connect(settings).await.unwrap();
    let held = pool.begin(Unit::Transaction).await.unwrap();
    let since = Instant::now();
    let failure = pool.begin(Unit::Transaction).await.err().unwrap();
    assert!(matches!(failure, Failure::Busy), "{failure:?}");
    assert!(since.elapsed() < Duration::from_secs(1));
    let problem = Problem::from(failure);
    assert_eq!(problem.status(), 503);
    done(held).await;
    pool.begin(Unit::Transaction)
        .await
        .unwrap()
        .finish(Ok::<_, Problem>(()))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_database_that_is_not_there_is_unavailable() {
    let url = if POSTGRES {
        "postgres://nobody@127.0.0.1:1/nothing"
    } else {
        "sqlite:///nowhere/at/all.db"
    };
    assert!(Pool::connect(Settings::at(url)).await.is_err());
}

#[tokio::test]
async fn readers_cannot_write_on_sqlite() {
    if POSTGRES {
        return;
    }
    let fresh = books().await;
    let mut unit = fresh.pool.begin(Unit::Read).await.unwrap();
    assert!(
        sqlx::query("delete from books")
            .execute(unit.connection())
            .await
            .is_err()
    );
    done(unit).await;
}

/// 64 at once each add one to a counter that they read first: with locks taken late, most would fail or be lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counters_do_not_lose_steps() {
    let fresh = books().await;
    let lock = if POSTGRES {
        "select stock from books where id = 1 for update"
    } else {
        "select stock from books where id = 1"
    };
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let pool = fresh.pool.clone();
            tokio::spawn(async move {
                let mut unit = pool.begin(Unit::Transaction).await?;
                let step = async {
                    let stock: i64 = sqlx::query_scalar(lock)
                        .fetch_one(unit.connection())
                        .await?;
                    let update =
                        sqlx::query("update books set stock = $1 where id = 1").bind(stock + 1);
                    update.execute(unit.connection()).await
                };
                let result = step.await.map_err(Failure::from);
                unit.finish(result).await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(fresh.number("select stock from books").await, 64);
}

/// All connections die at once, as in a restart: who meets the first dead one is told to come again, nobody else is.
#[tokio::test]
async fn one_broken_connection_puts_all_in_doubt() {
    if !POSTGRES {
        return;
    }
    let fresh = books().await;
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(fresh.pool.begin(Unit::Read).await.unwrap());
    }
    for unit in held {
        done(unit).await;
    }
    let url = fresh
        .url
        .replace("application_name=", "application_name=killer");
    let mut killer = db::Connection::connect(&url).await.unwrap();
    let kill = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
        where application_name = substr(current_setting('application_name'), 7)";
    let killed: i64 = sqlx::query_scalar(kill)
        .fetch_one(&mut killer)
        .await
        .unwrap();
    assert_eq!(killed, 4);
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let mut unit = fresh.pool.begin(Unit::Read).await.unwrap();
        let result = sqlx::query("select 1").execute(unit.connection()).await;
        let finished = unit.finish(result.map_err(Failure::from)).await;
        statuses.push(finished.map_or_else(|problem| problem.status().as_u16(), |_| 200));
        // The clean-up runs beside.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(statuses, [503, 200, 200, 200, 200, 200, 200, 200]);
}
