//! Callers that go away: no acknowledged write may be lost, whichever moment they choose.

use std::future::Future;
use std::time::{Duration, Instant};

use kernel::contract::Unit;
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem};
use sqlx::Connection;

use crate::fresh::{self, Fresh, POSTGRES};

const ROUNDS: i64 = 2_000;
const INSERT: &str = "insert into marks (id) values ($1)";

/// Drops a future that has not ended after so many microseconds; timers would count milliseconds.
async fn cancelled<F: Future>(future: F, micros: i64) -> Option<F::Output> {
    let patience = Duration::from_micros(micros.unsigned_abs());
    let since = Instant::now();
    tokio::select! {
        biased;
        output = future => Some(output),
        () = async { while since.elapsed() < patience { tokio::task::yield_now().await } } => None,
    }
}

async fn marks() -> Fresh {
    let fresh = fresh::database().await;
    fresh
        .run("create table marks (id {int} primary key) {strict}")
        .await;
    fresh
}

/// Which of the acknowledged writes a connection of its own does not find.
async fn lost(fresh: &Fresh, acknowledged: &[i64]) -> Vec<i64> {
    let mut connection = kernel::db::Connection::connect(&fresh.url).await.unwrap();
    let kept: Vec<i64> = sqlx::query_scalar("select id from marks")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    acknowledged
        .iter()
        .copied()
        .filter(|id| !kept.contains(id))
        .collect()
}

async fn insert(fresh: &Fresh, unit: Unit, id: i64) -> Result<(), Problem> {
    let mut unit = fresh.pool.begin(unit).await?;
    let result = sqlx::query(INSERT)
        .bind(id)
        .execute(unit.connection())
        .await;
    unit.finish(result.map(drop).map_err(Failure::from)).await
}

/// A transaction that is undone takes with it whatever an earlier one left open.
async fn undone(fresh: &Fresh) {
    let unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    unit.finish(Err::<(), _>(Problem::new(NOT_FOUND)))
        .await
        .unwrap_err();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost() {
    let fresh = marks().await;
    let (mut acknowledged, mut went_away) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        // From the first moment of BEGIN to past COMMIT.
        if round % 2 == 0 {
            let begun = cancelled(fresh.pool.begin(Unit::Transaction), round % 150).await;
            went_away += i64::from(begun.is_none());
        } else {
            match cancelled(insert(&fresh, Unit::Transaction, -round), round * 7 % 1_000).await {
                Some(result) => {
                    result.unwrap();
                    acknowledged.push(-round);
                }
                None => went_away += 1,
            }
        }
        insert(&fresh, Unit::Statement, round).await.unwrap();
        acknowledged.push(round);
        undone(&fresh).await;
    }
    assert!(
        went_away > ROUNDS / 4,
        "the storm was a breeze: {went_away}"
    );
    assert_eq!(lost(&fresh, &acknowledged).await.len(), 0);
    if POSTGRES {
        let idle = "select count(*) from pg_stat_activity where state like 'idle in transaction%' \
            and state_change < now() - interval '1 second'";
        assert_eq!(fresh.number(idle).await, 0);
    }
}

/// The storm is worth something only if it sinks a pool that hands on whatever comes back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_storm_sinks_a_naive_pool() {
    let fresh = marks().await;
    let mut connection = kernel::db::Connection::connect(&fresh.url).await.unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        drop(cancelled(sqlx::raw_sql("begin").execute(&mut connection), round % 150).await);
        if sqlx::query(INSERT)
            .bind(round)
            .execute(&mut connection)
            .await
            .is_ok()
        {
            acknowledged.push(round);
        }
        // Fails where BEGIN was never sent.
        let _ = sqlx::raw_sql("rollback").execute(&mut connection).await;
    }
    assert!(!lost(&fresh, &acknowledged).await.is_empty());
}
