//! Spans for a collector, by OTLP over HTTP: one for each request, and those that you open with `tracing` below it.
//!
//! Enters: what [`Visit`](crate::http) saw of a request. Leaves: protobuf, from a thread of the SDK's own, which a request
//! never waits for: what its queue of 2048 cannot hold is dropped. Deliberately absent: metrics, which Prometheus
//! fetches, and logs, which are lines with the same trace ids.

mod export;
mod span;

use std::io;
use std::time::Duration;

use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{
    BatchSpanProcessor, IdGenerator, RandomIdGenerator, Sampler, SamplingDecision, SdkTracer,
    SdkTracerProvider, ShouldSample, SpanProcessor,
};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::Registry;

use super::Trace;
use crate::config::Otlp;
use export::{Processor, Watched};

pub(crate) use span::ServerSpan;

/// What spans are sent by; a clone is a pointer.
#[derive(Debug, Clone)]
pub struct Traces {
    provider: SdkTracerProvider,
    processor: Processor,
    /// Decides on the traces that begin here.
    sampler: Sampler,
    ids: RandomIdGenerator,
    scope: InstrumentationScope,
    timeout: Duration,
}

impl Traces {
    /// Starts what exports spans; `None` where no collector is named. `name` and `version` are the service's.
    ///
    /// # Errors
    /// The client cannot be made, such as where the system has no root certificates.
    pub fn start(
        settings: &Otlp,
        name: &'static str,
        version: &'static str,
    ) -> io::Result<Option<Self>> {
        let Some(endpoint) = settings.endpoint.traces() else {
            return Ok(None);
        };
        let called = match settings.service_name.as_str() {
            "" => name,
            given => given,
        };
        let resource = Resource::builder()
            .with_service_name(called.to_owned())
            .with_attribute(KeyValue::new("service.version", version))
            .build();
        let exporter = Watched::new(export::exporter(settings, endpoint)?);
        let mut processor = BatchSpanProcessor::builder(exporter).build();
        processor.set_resource(&resource);
        let processor = Processor::new(processor);
        let sampler = Sampler::TraceIdRatioBased(settings.ratio.get());
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor.clone())
            .with_sampler(Sampler::ParentBased(Box::new(sampler.clone())))
            .with_resource(resource)
            .build();
        Ok(Some(Self {
            provider,
            processor,
            sampler,
            ids: RandomIdGenerator::default(),
            scope: InstrumentationScope::builder(name)
                .with_version(version)
                .build(),
            timeout: settings.timeout,
        }))
    }

    /// Makes children of a request's span out of the spans that are opened below it.
    pub(super) fn layer(&self) -> OpenTelemetryLayer<Registry, SdkTracer> {
        let tracer = self.provider.tracer_with_scope(self.scope.clone());
        tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
    }

    /// The ids of a request's span. It is exported if the caller's is, or, where the trace begins here, by ratio.
    fn begin(&self, trace: &Trace) -> SpanContext {
        let id = TraceId::from_hex(trace.trace_id()).expect("BUG: a trace id is hex");
        let sampled = trace.caller().map_or_else(
            || {
                let sampled = self
                    .sampler
                    .should_sample(None, id, "", &SpanKind::Server, &[], &[]);
                sampled.decision == SamplingDecision::RecordAndSample
            },
            |caller| caller.sampled,
        );
        SpanContext::new(
            id,
            self.ids.new_span_id(),
            TraceFlags::default().with_sampled(sampled),
            false,
            TraceState::NONE,
        )
    }

    /// Sends what is left, for as long as one export may take; nothing is exported after it.
    pub(crate) async fn stop(&self) {
        let (provider, timeout) = (self.provider.clone(), self.timeout);
        // Blocks, and the client has a runtime of its own, which must not be ended within another.
        let stopped =
            tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(timeout)).await;
        match stopped {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last spans may be lost"),
            Err(error) => tracing::warn!(%error, "the last spans may be lost"),
        }
    }
}

/// The span of a caller, as its `traceparent` names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller {
    pub(super) span: SpanId,
    pub(super) sampled: bool,
}

impl Caller {
    /// Of a `traceparent` that is well-formed (W3C Trace Context, 3.2): its last two fields.
    pub(super) fn of(parent: &[u8]) -> Option<Self> {
        let hex = |from, to| std::str::from_utf8(parent.get(from..to)?).ok();
        Some(Self {
            span: SpanId::from_hex(hex(36, 52)?).ok()?,
            sampled: u8::from_str_radix(hex(53, 55)?, 16).ok()? & 1 == 1,
        })
    }
}

#[cfg(test)]
mod tests;
