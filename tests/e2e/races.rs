//! Many clients at once, over real sockets: one winner where there can be one, and nothing that was acknowledged is lost.
//! The long form is `tests/acceptance/storm.sh`.

use std::collections::BTreeMap;
use std::io::Result;
use std::net::Shutdown;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::domains::built;
use super::http::{Answer, Client};
use super::project::Database;
use super::service::Service;
use super::workshop::{Workshop, timed};

const WRITERS: usize = 64;
const STORM: Duration = Duration::from_secs(4);

/// The statuses of one request from every writer, all sent at once.
fn race(
    service: &Service,
    request: impl Fn(&mut Client, usize) -> Result<Answer> + Sync,
) -> BTreeMap<u16, usize> {
    let gate = Barrier::new(WRITERS);
    let statuses = Mutex::new(BTreeMap::new());
    scope(|threads| {
        for writer in 0..WRITERS {
            let (gate, statuses, request) = (&gate, &statuses, &request);
            threads.spawn(move || {
                let mut client = service.client();
                gate.wait();
                let status = request(&mut client, writer).expect("an answer").status;
                *statuses
                    .lock()
                    .expect("statuses")
                    .entry(status)
                    .or_default() += 1;
            });
        }
    });
    statuses.into_inner().expect("statuses")
}

fn book(author: &Value, number: usize, title: &str) -> Value {
    json!({
        "isbn": format!("978{number:010}"), "title": title, "author_id": author, "format": "paperback",
        "price": "12.50", "tags": ["storm", format!("tag {}", number % 7)],
    })
}

fn make(service: &Service, path: &str, body: &Value) -> Value {
    let answer = service.call("POST", path, body);
    assert_eq!(answer.status, 201, "{path}: {}", answer.body);
    answer.row().clone()
}

fn one_wins(service: &Service) {
    let author = make(service, "/api/v1/authors", &json!({"name": "Race"}))["id"].clone();
    for round in 0..3 {
        let created = race(service, |client, writer| {
            let title = format!("Race {round} {writer}");
            client.call("POST", "/api/v1/books", "", &book(&author, round, &title))
        });
        assert_eq!(
            created,
            BTreeMap::from([(201, 1), (409, WRITERS - 1)]),
            "one isbn"
        );

        let row = make(
            service,
            "/api/v1/books",
            &book(&author, 1000 + round, &format!("Row {round}")),
        );
        let path = format!("/api/v1/books/{}", row["slug"].as_str().expect("a slug"));
        let headers = format!("if-match: \"{}\"\r\n", row["version"]);
        let updated = race(service, |client, writer| {
            client.call(
                "PATCH",
                &path,
                &headers,
                &json!({"price": format!("{}.00", writer + 1)}),
            )
        });
        assert_eq!(
            updated,
            BTreeMap::from([(200, 1), (412, WRITERS - 1)]),
            "one version"
        );
        let after = service.call("GET", &path, &Value::Null);
        assert_eq!(
            after.row()["version"].as_i64(),
            row["version"].as_i64().map(|it| it + 1)
        );
    }
}

/// Many moves of one row: one is made, and the others are told both states.
fn one_moves(service: &Service) {
    for round in 0..3 {
        let order = json!({"number": format!("RC-{round:06}")});
        let id = make(service, "/api/v1/orders", &order)["id"].clone();
        let path = format!("/api/v1/orders/{}", id.as_str().expect("an id"));
        for (verb, state) in [("place", "placed"), ("cancel", "cancelled")] {
            let moved = race(service, |client, _| {
                let path = format!("{path}/{verb}");
                let answer = client.call("POST", &path, "if-match: *\r\n", &Value::Null)?;
                if answer.status == 409 {
                    assert_eq!(answer.body["from"], state, "{}", answer.body);
                    assert_eq!(answer.body["to"], state, "{}", answer.body);
                }
                Ok(answer)
            });
            assert_eq!(
                moved,
                BTreeMap::from([(200, 1), (409, WRITERS - 1)]),
                "{verb}"
            );
        }
        let after = service.call("GET", &path, &Value::Null);
        assert_eq!(
            (&after.row()["status"], &after.row()["version"]),
            (&json!("cancelled"), &json!(3))
        );
    }
}

/// Every client hangs up on each second write; what it is told to be written must be there, even when the process is
/// killed after it. Nobody has more than two writes under way, so that this is a storm and no overload, which is 503.
fn nothing_is_lost(service: &mut Service) -> (usize, usize) {
    let author = make(service, "/api/v1/authors", &json!({"name": "Storm"}))["id"].clone();
    let kept = Mutex::new(Vec::new());
    let cancelled = AtomicUsize::new(0);
    let start = Instant::now();
    scope(|threads| {
        for worker in 1..=8 {
            let (service, author, kept, cancelled) = (&*service, &author, &kept, &cancelled);
            threads.spawn(move || {
                let numbers = worker * 1_000_000..;
                for number in numbers.take_while(|_| start.elapsed() < STORM) {
                    let body = book(author, number, &format!("Storm {number}"));
                    if number % 2 == 0 {
                        hang_up(service, &body, number).expect("a request");
                        cancelled.fetch_add(1, Ordering::Relaxed);
                    } else {
                        let slug = make(service, "/api/v1/books", &body)["slug"].clone();
                        kept.lock().expect("slugs").push(slug);
                    }
                }
            });
        }
    });
    service.restart();
    let kept = kept.into_inner().expect("slugs");
    let mut client = service.client();
    let lost: Vec<&Value> = kept
        .iter()
        .filter(|slug| {
            let path = format!("/api/v1/books/{}", slug.as_str().expect("a slug"));
            client
                .call("GET", &path, "", &Value::Null)
                .expect("an answer")
                .status
                != 200
        })
        .collect();
    assert!(lost.is_empty(), "acknowledged, and lost: {lost:?}");
    (kept.len(), cancelled.into_inner())
}

/// Sends a write and closes the connection before its answer is read; `seed` says when.
fn hang_up(service: &Service, body: &Value, seed: usize) -> Result<()> {
    let mut client = service.client();
    client.send("POST", "/api/v1/books", "", body)?;
    // Spread over the time that such a write takes, and the same in every run.
    let patience = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    sleep(Duration::from_micros(patience % 20_000));
    client.close(Shutdown::Both)
}

fn holds(database: Database) {
    let workshop = Workshop::enter();
    let folder = built(&workshop, "bookshop", database);
    let mut service = Service::start(&folder, database);
    timed(
        &format!("bookshop on {database}: {WRITERS} writers, one winner"),
        || one_wins(&service),
    );
    timed(
        &format!("bookshop on {database}: {WRITERS} moves of one order, one winner"),
        || one_moves(&service),
    );
    let (kept, cancelled) = timed(
        &format!("bookshop on {database}: writes while others hang up"),
        || nothing_is_lost(&mut service),
    );
    eprintln!("            {kept} acknowledged, 0 lost; {cancelled} hung up");
    assert!(
        kept > 20 && cancelled > 20,
        "hardly a storm: {kept} {cancelled}"
    );
}

#[test]
#[ignore = "builds a service"]
fn the_bookshop_on_sqlite_keeps_its_word() {
    holds(Database::Sqlite);
}

#[test]
#[ignore = "builds a service"]
fn the_bookshop_on_postgres_keeps_its_word() {
    holds(Database::Postgres);
}
