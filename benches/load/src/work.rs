//! The four operations, and one round of one of them.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::Barrier;
use tokio::task::LocalSet;

use crate::Error;
use crate::client::Client;
use crate::target::Target;

pub const CONNECTIONS: usize = 32;
/// Rows that each connection updates in turn; no two share one, so that no version is ever stale.
const OWN: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Get,
    List,
    Create,
    Update,
}

impl Operation {
    pub const ALL: [Self; 4] = [Self::Get, Self::List, Self::Create, Self::Update];

    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "get by id",
            Self::List => "list of 20",
            Self::Create => "create",
            Self::Update => "update",
        }
    }
}

/// What a round saw.
pub struct Round {
    /// Requests per second.
    pub rate: f64,
    /// The 99th percentile, in microseconds.
    pub p99: f64,
    /// Processor time of the service for one request, in microseconds: what a busy machine changes least.
    pub cpu: f64,
}

pub fn body(worker: usize, row: usize) -> String {
    let kind = ["book", "game", "film", "music"][row % 4];
    format!(
        r#"{{"sku":"S-{worker:02}-{row:06}","name":"Item {row} of connection {worker}, as long as names are","price":"{}.{:02}","kind":"{kind}","active":true,"stock":{},"seen_at":"2026-01-01T12:00:00Z"}}"#,
        row % 900 + 1,
        row % 100,
        row % 500,
    )
}

/// Runs all at once on this thread; the first error wins.
pub async fn join<T: 'static>(
    workers: Vec<impl Future<Output = Result<T, Error>> + 'static>,
) -> Result<Vec<T>, Error> {
    let local = LocalSet::new();
    let handles: Vec<_> = workers
        .into_iter()
        .map(|worker| local.spawn_local(worker))
        .collect();
    local
        .run_until(async {
            let mut results = Vec::with_capacity(handles.len());
            for handle in handles {
                results.push(handle.await??);
            }
            Ok(results)
        })
        .await
}

/// Where the connections of a round wait for each other.
struct Start {
    all: Barrier,
    /// The service's processor time by then, in seconds.
    cpu: Cell<f64>,
}

pub async fn round(
    target: &'static Target,
    operation: Operation,
    time: Duration,
) -> Result<Round, Error> {
    let start = Rc::new(Start {
        all: Barrier::new(CONNECTIONS),
        cpu: Cell::default(),
    });
    let workers = (0..CONNECTIONS)
        .map(|number| work(target, operation, number, time, Rc::clone(&start)))
        .collect();
    let mut all: Vec<u32> = join(workers).await?.concat();
    let cpu = target.cpu()? - start.cpu.get();
    all.sort_unstable();
    let p99 = all
        .get(all.len() * 99 / 100)
        .ok_or("a round without an answer")?;
    Ok(Round {
        rate: all.len() as f64 / time.as_secs_f64(),
        p99: f64::from(*p99),
        cpu: cpu * 1e6 / all.len() as f64,
    })
}

async fn work(
    target: &Target,
    operation: Operation,
    number: usize,
    time: Duration,
    start: Rc<Start>,
) -> Result<Vec<u32>, Error> {
    let mut client = Client::connect(&target.address).await?;
    let mut own = match operation {
        Operation::Update => own_rows(&mut client, target, number).await?,
        _ => Vec::new(),
    };
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ (number as u64 + 1) << 17);
    let mut latencies = Vec::with_capacity(200_000);
    if start.all.wait().await.is_leader() {
        start.cpu.set(target.cpu()?);
    }
    let end = Instant::now() + time;
    let mut count = 0;
    loop {
        let start = Instant::now();
        if start >= end {
            return Ok(latencies);
        }
        let row = count % OWN;
        let (status, expected) = match operation {
            Operation::Get => {
                let path = format!("/api/items/{}", random.pick(&target.ids));
                (client.send("GET", &path, None, "").await?, 200)
            }
            Operation::List => (
                client
                    .send("GET", random.pick(&target.pages), None, "")
                    .await?,
                200,
            ),
            Operation::Create => (
                client
                    .send("POST", "/api/items", None, &body(number, count))
                    .await?,
                201,
            ),
            Operation::Update => {
                let (path, version) = &own[row];
                let change = format!(
                    r#"{{"stock":{},"active":{}}}"#,
                    count % 1000,
                    count % 2 == 0
                );
                (
                    client.send("PATCH", path, Some(*version), &change).await?,
                    200,
                )
            }
        };
        if status != expected {
            return Err(format!("{}: {status} {}", operation.name(), client.body()).into());
        }
        if operation == Operation::Update {
            own[row].1 += 1;
        }
        latencies.push(u32::try_from(start.elapsed().as_micros())?);
        count += 1;
    }
}

/// The rows that this connection alone updates, each with its present version.
async fn own_rows(
    client: &mut Client,
    target: &Target,
    number: usize,
) -> Result<Vec<(String, i64)>, Error> {
    let mut rows = Vec::with_capacity(OWN);
    for id in target
        .ids
        .iter()
        .skip(number)
        .step_by(CONNECTIONS)
        .take(OWN)
    {
        let path = format!("/api/items/{id}");
        client.send("GET", &path, None, "").await?;
        let (_, rest) = client
            .body()
            .split_once("\"version\":")
            .ok_or("a row without a version")?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        rows.push((path, digits.parse()?));
    }
    if rows.len() < OWN {
        return Err("too few rows: seed more".into());
    }
    Ok(rows)
}

/// xorshift64: the same sequence in every round.
struct Random(u64);

impl Random {
    fn pick<'a>(&mut self, from: &'a [String]) -> &'a str {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        &from[(self.0 % from.len() as u64) as usize]
    }
}
