//! The unit of work: all that one request does to the database.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::yield_now;
use tokio::time::timeout;
#[cfg(feature = "row_security")]
use uuid::Uuid;

use super::pool::Loan;
use super::{Connection, Failure, driver};
use crate::contract::Unit;
use crate::decode::Invalid;
use crate::problem::Problem;

/// How long a connection that was left in an unknown state may take to come clean.
const CLEAN_UP: Duration = Duration::from_secs(2);

/// An owned guard over one connection: committed by [`UnitOfWork::finish`], rolled back by everything else.
///
/// Whoever goes away in the middle, be it of BEGIN, of a statement or of COMMIT, drops the guard, which then keeps the
/// connection from everyone until it was rolled back or closed.
#[must_use = "a unit of work that is not finished is rolled back"]
pub struct UnitOfWork {
    /// `None` once it is finished.
    loan: Option<Loan>,
    unit: Unit,
}

impl UnitOfWork {
    /// Takes the connection and begins. The guard exists before BEGIN is sent, because sending can be cancelled.
    pub(super) async fn start(loan: Loan, unit: Unit, patience: Duration) -> Result<Self, Failure> {
        let mut started = Self {
            loan: Some(loan),
            unit,
        };
        if unit == Unit::Transaction {
            match timeout(patience, driver::begin(started.connection())).await {
                Ok(begun) => begun?,
                Err(_) => return Err(Failure::Unavailable(sqlx::Error::PoolTimedOut)),
            }
        }
        Ok(started)
    }

    #[cfg(feature = "row_security")]
    /// The same, always in a transaction, since what a statement may see is said for the time of one.
    pub(super) async fn start_for(
        loan: Loan,
        (role, tenant): (&'static str, Uuid),
        patience: Duration,
    ) -> Result<Self, Failure> {
        let mut started = Self {
            loan: Some(loan),
            unit: Unit::Transaction,
        };
        let begun = driver::begin_for(started.connection(), role, tenant);
        match timeout(patience, begun).await {
            Ok(begun) => begun?,
            Err(_) => return Err(Failure::Unavailable(sqlx::Error::PoolTimedOut)),
        }
        Ok(started)
    }

    /// The connection, for statements.
    pub fn connection(&mut self) -> &mut Connection {
        self.loan
            .as_mut()
            .expect("BUG: a finished unit of work has no statements")
    }

    /// Commits where the result is `Ok`, rolls back where it is not. Either has taken place when this returns.
    ///
    /// # Errors
    /// The result's own, or a failed commit.
    pub async fn finish<T, E: Into<Problem>>(mut self, result: Result<T, E>) -> Result<T, Problem> {
        match result {
            Ok(value) => {
                if self.unit == Unit::Transaction {
                    driver::commit(self.connection())
                        .await
                        .map_err(Failure::from)?;
                }
                self.loan = None;
                // Whoever waits for the connection sends its statement before this one's answer is made.
                yield_now().await;
                Ok(value)
            }
            Err(error) => Err(self.undo(error.into()).await),
        }
    }

    /// Ends a unit whose command never came to be: what the caller may not see comes before what is wrong with it.
    pub async fn refuse<E: Into<Problem>>(
        self,
        visible: Result<(), E>,
        invalid: Invalid,
    ) -> Problem {
        let problem = visible.map_or_else(E::into, |()| invalid.into());
        self.undo(problem).await
    }

    async fn undo(mut self, problem: Problem) -> Problem {
        // After a failure of ours the connection may be broken: leave it to the clean-up.
        if problem.status().is_server_error() {
            return problem;
        }
        if self.unit == Unit::Transaction && driver::rollback(self.connection()).await.is_err() {
            return problem;
        }
        self.loan = None;
        problem
    }
}

impl Drop for UnitOfWork {
    fn drop(&mut self) {
        let Some(loan) = self.loan.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(clean_up(loan, self.unit))),
            // The runtime is gone, and the service with it.
            Err(_) => drop(Loan::take(loan)),
        }
    }
}

/// Makes a connection fit for the next unit, or closes it.
async fn clean_up(mut loan: Loan, unit: Unit) {
    match timeout(CLEAN_UP, driver::clean(&mut loan, unit)).await {
        Ok(Ok(())) => {}
        outcome => {
            tracing::warn!(?outcome, "closing a connection that did not come clean");
            if let Some(lane) = Loan::pool(&loan) {
                lane.manager().doubt();
            }
            drop(Loan::take(loan));
        }
    }
}
