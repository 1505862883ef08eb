//! What every request of a service shares, and what logic may see of it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Utc;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

#[cfg(feature = "tenancy")]
use crate::auth::{Actor, Tenancy};
#[cfg(feature = "auth")]
use crate::auth::{Caller, FindActor, Gate};
use crate::config::Settings;
use crate::db::Pool;
use crate::problem::Render;
#[cfg(feature = "otlp")]
use crate::telemetry::Traces;
use crate::telemetry::{AccessLog, Telemetry};
use crate::types::{Id, Timestamp};

/// Where time comes from, and ids with it: they are of version 7, which begins with the time.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// An id that no other call has given.
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

impl fmt::Debug for dyn Clock + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(Utc::now().timestamp_micros())
    }
}

/// What logic needs beside its store. Tests build one of their own.
pub struct Environment<S> {
    /// Time and ids.
    pub clock: Box<dyn Clock>,
    /// As configured.
    pub settings: Settings,
    /// The service's own: payment, search, mail.
    pub services: S,
}

impl<S> Environment<S> {
    /// One with the machine's clock.
    pub fn new(settings: Settings, services: S) -> Self {
        Self {
            clock: Box::new(SystemClock),
            settings,
            services,
        }
    }

    /// What a call by nobody in particular sees.
    #[must_use]
    pub fn context(&self) -> Context<'_, S> {
        Context {
            environment: self,
            #[cfg(feature = "auth")]
            caller: &Caller::Anonymous,
        }
    }

    #[cfg(feature = "auth")]
    /// What a call by somebody sees.
    #[must_use]
    pub fn context_of<'c>(&'c self, caller: &'c Caller) -> Context<'c, S> {
        Context {
            environment: self,
            caller,
        }
    }
}

/// The surroundings of one call, as logic sees them.
pub struct Context<'c, S> {
    environment: &'c Environment<S>,
    #[cfg(feature = "auth")]
    caller: &'c Caller,
}

impl<'c, S> Context<'c, S> {
    /// The time now, to the microsecond.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.environment.clock.now()
    }

    /// An id for a new row.
    #[must_use]
    pub fn new_id<T>(&self) -> Id<T> {
        Id::from(self.environment.clock.new_id())
    }

    #[cfg(feature = "auth")]
    /// Who calls.
    #[must_use]
    pub fn caller(&self) -> &'c Caller {
        self.caller
    }

    #[cfg(feature = "tenancy")]
    /// The tenant for whom they call; `None` where the contract does not ask for one.
    #[must_use]
    pub fn tenant(&self) -> Option<Uuid> {
        self.caller.actor().and_then(Actor::tenant)
    }

    /// The service's own.
    #[must_use]
    pub fn services(&self) -> &'c S {
        &self.environment.services
    }

    /// As configured.
    #[must_use]
    pub fn settings(&self) -> &'c Settings {
        &self.environment.settings
    }
}

/// The state of a running service; a clone is a pointer.
pub struct App<S>(Arc<Inner<S>>);

struct Inner<S> {
    environment: Environment<S>,
    pool: Pool,
    log: AccessLog,
    metrics: Option<PrometheusHandle>,
    #[cfg(feature = "otlp")]
    traces: Option<Traces>,
    render: Render,
    slots: Arc<Semaphore>,
    draining: AtomicBool,
    #[cfg(feature = "auth")]
    gate: Gate,
}

impl<S> App<S> {
    /// Puts the parts together. `render` writes problems: [`problem::render`](crate::problem::render), or your own.
    pub fn new(
        environment: Environment<S>,
        pool: Pool,
        telemetry: &Telemetry,
        render: Render,
    ) -> Self {
        let slots = Arc::new(Semaphore::new(environment.settings.server.max_in_flight));
        let (log, metrics) = (telemetry.log().clone(), telemetry.metrics().cloned());
        let draining = AtomicBool::new(false);
        Self(Arc::new(Inner {
            environment,
            pool,
            log,
            metrics,
            #[cfg(feature = "otlp")]
            traces: telemetry.traces().cloned(),
            render,
            slots,
            draining,
            #[cfg(feature = "auth")]
            gate: Gate::default(),
        }))
    }

    #[cfg(feature = "auth")]
    /// Says how to find the row behind a token's subject. A subject without one is then nobody. The first one counts.
    #[must_use]
    pub fn actors(self, find: FindActor) -> Self {
        let _ = self.0.gate.find.set(find);
        self
    }

    #[cfg(feature = "auth")]
    /// Says how to make a row for a subject that has none, in one statement. The first one counts.
    #[must_use]
    pub fn provision(self, make: FindActor) -> Self {
        let _ = self.0.gate.provision.set(make);
        self
    }

    #[cfg(feature = "tenancy")]
    /// Says what tenants are known by. The first one counts.
    #[must_use]
    pub fn tenancy(self, tenancy: Tenancy) -> Self {
        let _ = self.0.gate.tenancy.set(tenancy);
        self
    }

    #[cfg(feature = "auth")]
    /// What asks who calls.
    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// What logic sees of it.
    #[must_use]
    pub fn environment(&self) -> &Environment<S> {
        &self.0.environment
    }

    /// As configured.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.environment.settings
    }

    /// The database.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.0.pool
    }

    /// Where access lines go.
    #[must_use]
    pub fn log(&self) -> &AccessLog {
        &self.0.log
    }

    /// What renders the metrics, if they are on.
    #[must_use]
    pub fn metrics(&self) -> Option<&PrometheusHandle> {
        self.0.metrics.as_ref()
    }

    #[cfg(feature = "otlp")]
    /// What sends spans to a collector, if one is named.
    #[must_use]
    pub fn traces(&self) -> Option<&Traces> {
        self.0.traces.as_ref()
    }

    /// How problems are written.
    #[must_use]
    pub fn render(&self) -> Render {
        self.0.render
    }

    /// Room for one more request, until it is dropped; `None` when there is none.
    #[must_use]
    pub fn admit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0.slots).try_acquire_owned().ok()
    }

    /// Whether the service is about to stop.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// From now on `/health/ready` says no.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    /// Waits until no request is under way, those included whose client has gone.
    pub async fn idle(&self) {
        let all = u32::try_from(self.settings().server.max_in_flight).unwrap_or(u32::MAX);
        // The semaphore is never closed.
        let _ = self.0.slots.acquire_many(all).await;
    }
}

impl<S> Clone for App<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
