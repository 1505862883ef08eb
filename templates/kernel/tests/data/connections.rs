//! Connections: waited for, shared, lost.

use std::time::{Duration, Instant};

use kernel::contract::Unit;
use kernel::db::{self, Failure, Pool, Settings};
use kernel::problem::Problem;

use sqlx::Connection;

use crate::fresh::{POSTGRES, done};
use crate::units::books;

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
