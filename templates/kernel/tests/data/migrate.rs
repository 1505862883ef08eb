//! Migrations: once each, in order, by one process at a time.

use kernel::db::{Migration, MigrationError, migrate};

use crate::fresh;

const FIRST: Migration = Migration {
    version: 1,
    name: "authors",
    sql: "create table authors (id integer)",
};
const SECOND: Migration = Migration {
    version: 2,
    name: "books",
    sql: "create table books (id integer)",
};
const CHANGED: Migration = Migration {
    version: 1,
    name: "authors",
    sql: "create table authors (id integer, x integer)",
};
const BROKEN: Migration = Migration {
    version: 2,
    name: "books",
    sql: "create table b (id integer); create nonsense",
};

#[tokio::test]
async fn steps_are_applied_once() {
    let fresh = fresh::database().await;
    migrate(&fresh.pool, &[FIRST]).await.unwrap();
    migrate(&fresh.pool, &[FIRST, SECOND]).await.unwrap();
    migrate(&fresh.pool, &[FIRST, SECOND]).await.unwrap();
    assert_eq!(fresh.number("select count(*) from books").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_processes_at_once_do_it_once() {
    let fresh = fresh::database().await;
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let pool = fresh.pool.clone();
            tokio::spawn(async move { migrate(&pool, &[FIRST, SECOND]).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let fresh = fresh::database().await;
    migrate(&fresh.pool, &[FIRST, SECOND]).await.unwrap();
    let changed = migrate(&fresh.pool, &[CHANGED, SECOND]).await.unwrap_err();
    assert!(matches!(changed, MigrationError::Changed(1)), "{changed}");
    let newer = migrate(&fresh.pool, &[FIRST]).await.unwrap_err();
    assert!(matches!(newer, MigrationError::Unknown(2)), "{newer}");
}

#[tokio::test]
async fn a_broken_step_leaves_nothing() {
    let fresh = fresh::database().await;
    let broken = migrate(&fresh.pool, &[FIRST, BROKEN]).await.unwrap_err();
    assert!(matches!(broken, MigrationError::Step(2, _)), "{broken}");
    migrate(&fresh.pool, &[FIRST, SECOND]).await.unwrap();
}
