//! HTTP, the same for every endpoint.

pub mod etag;
mod input;

pub use input::{Input, percent_decode};
