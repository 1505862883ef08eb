//! Logs and metrics: what the service says of itself.
//!
//! One access line per request ([`AccessLog`]), `tracing` for everything else, Prometheus metrics labelled by contract.
//! All lines leave through one [`Sink`]. Nothing here decides what happens to a request.

mod access;
mod current;
mod event;
mod json;
mod meters;
mod sink;
mod trace;

use std::fmt;
use std::io::{self, IsTerminal};

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::Subscriber;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use crate::config::{self, Format};

pub use access::{Access, AccessLog};
pub use current::Current;
pub use meters::Meters;
pub use sink::{Guard, Sink};
pub use trace::{REQUEST_ID, Trace};

/// Upper bounds of the duration histogram, in seconds.
const BUCKETS: [f64; 13] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// What was started; writes the last lines when it is dropped.
#[derive(Debug)]
pub struct Telemetry {
    log: AccessLog,
    metrics: Option<PrometheusHandle>,
    _guard: Option<Guard>,
}

/// Why telemetry did not start.
#[derive(Debug)]
pub enum Error {
    /// The log filter cannot be read.
    Filter(tracing_subscriber::filter::ParseError),
    /// The writing thread did not start.
    Thread(io::Error),
    /// Another subscriber is installed already.
    Subscriber(TryInitError),
    /// Another recorder is installed already.
    Recorder(BuildError),
}

impl Telemetry {
    /// No logs and no metrics, as tests want it.
    #[must_use]
    pub fn off() -> Self {
        Self {
            log: AccessLog::off(),
            metrics: None,
            _guard: None,
        }
    }

    /// Access lines to a sink, and nothing else.
    #[must_use]
    pub fn lines_to(sink: Sink) -> Self {
        Self {
            log: AccessLog::to(sink, false),
            ..Self::off()
        }
    }

    /// Where access lines go.
    #[must_use]
    pub fn log(&self) -> &AccessLog {
        &self.log
    }

    /// What renders the metrics, if they are on.
    #[must_use]
    pub fn metrics(&self) -> Option<&PrometheusHandle> {
        self.metrics.as_ref()
    }
}

/// Starts logs and metrics for the whole process; once, and before the routes are built, which look up their meters.
///
/// # Errors
/// The filter is malformed, or something was started before.
pub fn start(settings: &config::Telemetry) -> Result<Telemetry, Error> {
    let filter: Targets = settings.filter.parse().map_err(Error::Filter)?;
    let metrics = if settings.metrics {
        Some(recorder().map_err(Error::Recorder)?)
    } else {
        None
    };
    let pretty = match settings.format {
        Format::Auto => io::stdout().is_terminal(),
        Format::Json => false,
        Format::Pretty => true,
    };
    let (sink, guard) = Sink::start(io::stdout()).map_err(Error::Thread)?;
    let events = tracing_subscriber::registry();
    if pretty {
        let text = tracing_subscriber::fmt::layer()
            .event_format(event::Text)
            .with_writer(sink.clone());
        events.with(text).with(filter).try_init()
    } else {
        json_events(events, sink.clone(), filter).try_init()
    }
    .map_err(Error::Subscriber)?;
    // A panic is an event like others, and names its request.
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "panicked")));
    Ok(Telemetry {
        log: AccessLog::to(sink, pretty),
        metrics,
        _guard: Some(guard),
    })
}

fn json_events<S>(events: S, sink: Sink, filter: Targets) -> impl Subscriber + Send + Sync
where
    S: Subscriber + for<'s> LookupSpan<'s> + Send + Sync,
{
    let json = tracing_subscriber::fmt::layer()
        .fmt_fields(json::Fields)
        .event_format(event::Json)
        .with_writer(sink);
    events.with(json).with(filter)
}

fn recorder() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(meters::DURATION.into()), &BUCKETS)?
        .install_recorder()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filter(error) => write!(f, "telemetry.filter cannot be read: {error}"),
            Self::Thread(error) => write!(f, "the log's thread did not start: {error}"),
            Self::Subscriber(error) => write!(f, "logs are set up already: {error}"),
            Self::Recorder(error) => write!(f, "metrics are set up already: {error}"),
        }
    }
}

impl std::error::Error for Error {}
