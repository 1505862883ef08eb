//! From spans to the collector: the client, and what is said when it cannot be reached.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use opentelemetry::Context;
use opentelemetry_otlp::{SpanExporter as Exporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{BatchSpanProcessor, Span, SpanData, SpanExporter, SpanProcessor};

use crate::config::Otlp;

/// At most one line in this time says that spans are lost.
const QUIET: Duration = Duration::from_secs(60);

/// OTLP over HTTP to one address, by a client that blocks: others need a reactor, which the SDK's thread has not.
pub(super) fn exporter(settings: &Otlp, endpoint: String) -> io::Result<Exporter> {
    let timeout = settings.timeout;
    // The process may have chosen another provider before, which will do as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Not within this runtime: the client starts one of its own.
    let client = thread::spawn(move || {
        reqwest::blocking::Client::builder()
            .timeout(timeout)
            .build()
    });
    let client = client
        .join()
        .map_err(|_| io::Error::other("its client panicked"))?
        .map_err(io::Error::other)?;
    let headers = settings.headers.expose();
    let headers: HashMap<_, _> = headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Exporter::builder()
        .with_http()
        .with_http_client(client)
        .with_endpoint(endpoint)
        .with_timeout(timeout)
        .with_headers(headers)
        .build()
        .map_err(io::Error::other)
}

/// One processor for the spans of requests and for those of `tracing`.
#[derive(Debug, Clone)]
pub(super) struct Processor(Arc<BatchSpanProcessor>);

impl Processor {
    pub(super) fn new(processor: BatchSpanProcessor) -> Self {
        Self(Arc::new(processor))
    }
}

impl SpanProcessor for Processor {
    fn on_start(&self, span: &mut Span, context: &Context) {
        self.0.on_start(span, context);
    }

    fn on_end(&self, span: SpanData) {
        self.0.on_end(span);
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }
}

/// An exporter whose failures are logged, though not each of them.
#[derive(Debug)]
pub(super) struct Watched<E> {
    exporter: E,
    losses: Mutex<Losses>,
}

impl<E> Watched<E> {
    pub(super) fn new(exporter: E) -> Self {
        let losses = Mutex::default();
        Self { exporter, losses }
    }
}

impl<E: SpanExporter> SpanExporter for Watched<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let count = batch.len();
        let result = self.exporter.export(batch).await;
        if let Err(error) = &result {
            let mut losses = self.losses.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(spans) = losses.more(count, Instant::now()) {
                tracing::warn!(%error, spans, "spans are lost: see telemetry.otlp");
            }
        }
        result
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

/// Spans that nobody has been told of.
#[derive(Debug, Default)]
pub(super) struct Losses {
    count: usize,
    told: Option<Instant>,
}

impl Losses {
    /// Adds some; how many there are by now, if it is time to tell.
    pub(super) fn more(&mut self, count: usize, now: Instant) -> Option<usize> {
        self.count += count;
        let quiet = self
            .told
            .is_some_and(|told| now.duration_since(told) < QUIET);
        if quiet {
            return None;
        }
        self.told = Some(now);
        Some(std::mem::take(&mut self.count))
    }
}
