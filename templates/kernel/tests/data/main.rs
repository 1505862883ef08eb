//! The data side of the kernel, through its public face, on the database that the features choose. PostgreSQL is
//! reached by `TEST_DATABASE_URL`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy spares the test functions alone"
)]

mod connections;
mod decode_form;
mod decode_patch;
mod decode_query;
mod fresh;
mod keyset;
mod lists;
mod migrate;
mod storm;
mod texts;
mod types;
mod units;
