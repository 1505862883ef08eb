//! The pipeline and the server as a client meets them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on is red"
)]

mod answers;
#[cfg(feature = "auth")]
mod auth;
mod browsers;
mod failures;
mod lifetimes;
mod operations;
mod sockets;
mod support;
