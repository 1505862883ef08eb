//! From the bytes of a request to a command.

mod invalid;

pub use invalid::Invalid;
