//! What expressions mean: their SQL as text, and random ones on random rows in Rust and both databases.
//!
//! Not cases, since no file of the tree shows most of it yet.

mod agreement;
mod compiled;
mod print;
mod random;
mod refused;
mod rows;
mod samples;
mod support;
mod texts;
