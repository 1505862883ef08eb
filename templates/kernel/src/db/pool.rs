//! A lean pool: a connection is handed on as it is when its last unit of work ended, and pinged only after idling.
//!
//! sqlx's own pool pings on every return, two round trips for one statement, and hands on a connection whose BEGIN was
//! cancelled, whose next writes are then acknowledged and lost. Here a unit that did not end keeps its connection until
//! it is rolled back or closed, off the request's path (`unit`).

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use deadpool::managed::{self, Metrics, PoolError, QueueMode, RecycleError, RecycleResult};
use sqlx::Connection as _;
use tokio::time::timeout;
#[cfg(feature = "row_security")]
use uuid::Uuid;

use super::{Connection, Failure, UnitOfWork, driver};
use crate::config::Secret;
use crate::contract::Unit;

/// How long a connection may lie idle before it is pinged: middleboxes drop silent ones after minutes.
const IDLE: Duration = Duration::from_secs(30);
/// How long a ping may take.
const PING: Duration = Duration::from_millis(500);

/// How to reach the database, and how long to wait for it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite://path/to/file.db` or `postgres://user:password@host/database`.
    pub url: Secret,
    /// The most connections; SQLite's one writer comes on top.
    pub connections: usize,
    /// How long to wait for a free or a new connection, and for a lock on SQLite's file.
    pub acquire_timeout: Duration,
    /// How long one statement may run. PostgreSQL only.
    pub statement_timeout: Duration,
    /// How long a statement may wait for locks. PostgreSQL only.
    pub lock_timeout: Duration,
    /// How long a transaction may wait for its next statement. PostgreSQL only.
    pub idle_in_transaction_timeout: Duration,
}

impl Settings {
    /// The defaults for a database.
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: Secret::new(url),
            connections: 16,
            acquire_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(10),
            lock_timeout: Duration::from_secs(2),
            idle_in_transaction_timeout: Duration::from_secs(10),
        }
    }
}

/// Connections that do the same kind of work.
pub(super) type Lane = managed::Pool<Manager>;
/// A connection on loan; dropping it hands it on.
pub(super) type Loan = managed::Object<Manager>;

/// The connections of the service. Cheap to clone.
#[derive(Clone)]
pub struct Pool {
    readers: Lane,
    /// SQLite: one connection. PostgreSQL: the readers.
    writers: Lane,
    settings: Settings,
}

impl Pool {
    /// Connects once, and checks that the database keeps what it acknowledges.
    ///
    /// # Errors
    /// Where the URL is malformed, the database cannot be reached, or it is not set up as asked.
    pub async fn connect(settings: Settings) -> Result<Self, sqlx::Error> {
        let lanes = driver::lanes(&settings)?;
        let pool = Self {
            readers: lanes.readers,
            writers: lanes.writers,
            settings,
        };
        let mut connection = match timeout(pool.settings.acquire_timeout, pool.writers.get()).await
        {
            Ok(Ok(connection)) => connection,
            Ok(Err(PoolError::Backend(error))) => return Err(error),
            _ => return Err(sqlx::Error::PoolTimedOut),
        };
        driver::assert_durable(&mut connection).await?;
        Ok(pool)
    }

    /// Begins what a contract's `unit` asks for. Only a `Transaction` sends anything to the database.
    ///
    /// # Errors
    /// [`Failure::Busy`] where no connection came free in time, [`Failure::Unavailable`] where none could be made.
    pub async fn begin(&self, unit: Unit) -> Result<UnitOfWork, Failure> {
        let lane = if unit == Unit::Read {
            &self.readers
        } else {
            &self.writers
        };
        let loan = self.borrow(lane).await?;
        UnitOfWork::start(loan, unit, self.settings.acquire_timeout).await
    }

    #[cfg(feature = "row_security")]
    /// Begins a unit that sees the rows of one tenant alone, as the role for whom the database keeps the others back.
    ///
    /// # Errors
    /// As [`Pool::begin`].
    pub async fn begin_for(&self, role: &'static str, tenant: Uuid) -> Result<UnitOfWork, Failure> {
        let loan = self.borrow(&self.writers).await?;
        UnitOfWork::start_for(loan, (role, tenant), self.settings.acquire_timeout).await
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// As [`Pool::begin`], and where none came in time.
    pub async fn ping(&self) -> Result<(), Failure> {
        let mut loan = self.borrow(&self.readers).await?;
        match timeout(PING, loan.ping()).await {
            Ok(Ok(())) => Ok(()),
            lost => {
                drop(Loan::take(loan));
                Err(Failure::Unavailable(
                    lost.err()
                        .map_or(sqlx::Error::PoolClosed, |_| sqlx::Error::PoolTimedOut),
                ))
            }
        }
    }

    /// Waits for a connection, however many have to be tried.
    async fn borrow(&self, lane: &Lane) -> Result<Loan, Failure> {
        let mut got = pin!(lane.get());
        // A clock costs more than a connection that lies ready.
        let ready = poll_fn(|context| Poll::Ready(got.as_mut().poll(context))).await;
        let got = match ready {
            Poll::Ready(got) => Ok(got),
            Poll::Pending => timeout(self.settings.acquire_timeout, got).await,
        };
        match got {
            Ok(Ok(loan)) => Ok(loan),
            Ok(Err(PoolError::Backend(error))) => Err(match Failure::from(error) {
                // Whatever keeps us from connecting, no request is at fault.
                Failure::Internal(error) => Failure::Unavailable(error),
                other => other,
            }),
            Ok(Err(_)) => Err(Failure::Unavailable(sqlx::Error::PoolClosed)),
            Err(_) => Err(Failure::Busy),
        }
    }

    /// Closes the idle connections now and the others as they come back.
    pub fn close(&self) {
        self.readers.close();
        self.writers.close();
    }

    /// A connection of its own, with no statement timeout, for migrations.
    pub(super) async fn aside(&self) -> Result<Connection, sqlx::Error> {
        driver::connect_aside(&self.settings).await
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Makes and checks the connections of one lane.
pub(super) struct Manager {
    options: driver::Options,
    made: Instant,
    /// Microseconds from `made` to the latest moment at which a connection was found broken.
    doubted: AtomicU64,
}

impl Manager {
    /// Makes connections of one kind.
    pub(super) fn new(options: driver::Options) -> Self {
        Self {
            options,
            made: Instant::now(),
            doubted: AtomicU64::new(0),
        }
    }

    /// A lane of at most `size` connections.
    pub(super) fn lane(self, size: usize) -> Lane {
        // The connection used last has its statements and pages at hand.
        managed::Pool::builder(self)
            .max_size(size)
            .queue_mode(QueueMode::Lifo)
            .build()
            .expect("BUG: a pool without timeouts needs no runtime")
    }

    /// Has every connection that was used before now pinged before it is used again: where one is broken, the database
    /// may have been restarted, and all are.
    pub(super) fn doubt(&self) {
        let now = u64::try_from(self.made.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.doubted.fetch_max(now, Ordering::Relaxed);
    }

    fn trusted(&self) -> Duration {
        let doubted = Duration::from_micros(self.doubted.load(Ordering::Relaxed));
        IDLE.min(self.made.elapsed().saturating_sub(doubted))
    }
}

impl managed::Manager for Manager {
    type Type = Connection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Connection, sqlx::Error> {
        Connection::connect_with(&self.options).await
    }

    async fn recycle(
        &self,
        connection: &mut Connection,
        metrics: &Metrics,
    ) -> RecycleResult<sqlx::Error> {
        if metrics.last_used() < self.trusted() {
            return Ok(());
        }
        match timeout(PING, connection.ping()).await {
            Ok(alive) => Ok(alive?),
            Err(_) => Err(RecycleError::message("no answer")),
        }
    }
}
