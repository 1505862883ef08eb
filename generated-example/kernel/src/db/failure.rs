//! What goes wrong with the database itself.

use crate::problem::{INTERNAL, Problem, TIMEOUT, UNAVAILABLE};

use super::driver;

/// Seconds after which a caller may try again.
const RETRY_AFTER: u32 = 1;

/// A failure that is no business of the feature's: nothing that the caller said caused it.
#[derive(Debug)]
pub enum Failure {
    /// No connection, or no lock, came free in time.
    Busy,
    /// A statement took longer than the database lets it.
    Timeout(sqlx::Error),
    /// The database cannot be reached, or cannot write. After a commit it is open whether it took place.
    Unavailable(sqlx::Error),
    /// Two transactions met, and this one was undone; it may be tried again.
    Serialization(sqlx::Error),
    /// A fault of the service.
    Internal(sqlx::Error),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(refusal) => driver::classify(refusal.as_ref())(error),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Internal(error),
        }
    }
}

/// Logs the failure, which nothing else does; the caller learns no more than the kind.
impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let kind = match &failure {
            Failure::Internal(error) => {
                tracing::error!(%error, "a statement failed");
                return Self::new(INTERNAL);
            }
            Failure::Busy => {
                tracing::warn!("no connection to the database, or no lock, came free in time");
                UNAVAILABLE
            }
            Failure::Timeout(error) => {
                tracing::warn!(%error, "the database took too long");
                TIMEOUT
            }
            Failure::Unavailable(error) => {
                tracing::warn!(%error, "the database cannot be reached");
                UNAVAILABLE
            }
            Failure::Serialization(error) => {
                tracing::warn!(%error, "transactions met");
                UNAVAILABLE
            }
        };
        Self::new(kind).retry_after(RETRY_AFTER)
    }
}
