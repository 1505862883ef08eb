//! The lean pool: a connection goes back as it is when its statement ran to its end, and is closed otherwise.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::store::{Connection, Options};
use sqlx::{ConnectOptions, Connection as _};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a connection may lie idle before it is asked whether it still lives.
const TRUSTED: Duration = Duration::from_secs(30);
/// How long a request waits for a connection.
const PATIENCE: Duration = Duration::from_secs(2);

pub struct Pool {
    options: Options,
    permits: Semaphore,
    idle: Mutex<Vec<(Connection, Instant)>>,
}

pub struct Lease<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
    clean: bool,
    _permit: SemaphorePermit<'p>,
}

impl Pool {
    pub async fn open(options: Options, size: usize) -> Result<Self, sqlx::Error> {
        let first = options.connect().await?;
        Ok(Self {
            options,
            permits: Semaphore::new(size),
            idle: Mutex::new(vec![(first, Instant::now())]),
        })
    }

    pub async fn get(&self) -> Result<Lease<'_>, sqlx::Error> {
        let permit = match self.permits.try_acquire() {
            Ok(permit) => permit,
            Err(_) => tokio::time::timeout(PATIENCE, self.permits.acquire())
                .await
                .map_err(|_| sqlx::Error::PoolTimedOut)?
                .map_err(|_| sqlx::Error::PoolClosed)?,
        };
        let connection = match self.take() {
            Some((connection, since)) if since.elapsed() < TRUSTED => connection,
            Some((mut connection, _)) => match connection.ping().await {
                Ok(()) => connection,
                Err(_) => self.options.connect().await?,
            },
            None => self.options.connect().await?,
        };
        Ok(Lease {
            pool: self,
            connection: Some(connection),
            clean: true,
            _permit: permit,
        })
    }

    fn take(&self) -> Option<(Connection, Instant)> {
        // Last in, first out: few connections stay warm.
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }
}

impl Lease<'_> {
    /// Runs one statement. A caller that goes away in the middle leaves the connection marked as unclean.
    pub async fn run<T>(
        &mut self,
        statement: impl AsyncFnOnce(&mut Connection) -> Result<T, sqlx::Error>,
    ) -> Result<T, sqlx::Error> {
        let connection = self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)?;
        self.clean = false;
        let result = statement(connection).await;
        self.clean = matches!(result, Ok(_) | Err(sqlx::Error::Database(_)));
        result
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take().filter(|_| self.clean) {
            let mut idle = self
                .pool
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            idle.push((connection, Instant::now()));
        }
    }
}
