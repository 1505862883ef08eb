//! Seeds the two services and measures them against each other, in rounds that take turns.
//!
//! Enters: `load seed URL ROWS`, or `load compare DATABASE HAND_URL HAND_PID GENERATED_URL GENERATED_PID SECONDS ROUNDS`.
//! Leaves: rows of a Markdown table on stdout, progress on stderr; status 1 when any answer was not the expected one.
//! `ONLY` names the one operation to compare (`get`, `list`, `create`, `update`), `TARGET` the ratio to be held, `AUTHORIZATION` the
//! header of that name.
//! Deliberately absent: a rate. Each of the 32 connections sends its next request when it has its answer.

mod client;
mod compare;
mod seed;
mod target;
mod work;

use std::process::ExitCode;

type Error = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["seed", url, rows] => seed::run(url, rows).await,
        [
            "compare",
            database,
            hand,
            hand_pid,
            generated,
            generated_pid,
            seconds,
            rounds,
        ] => {
            let pids = [*hand_pid, *generated_pid];
            compare::run(database, [*hand, *generated], pids, seconds, rounds).await
        }
        _ => Err(
            "usage: load seed URL ROWS | load compare DATABASE URL PID URL PID SECONDS ROUNDS"
                .into(),
        ),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}
