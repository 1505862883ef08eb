//! The span of one request, by OpenTelemetry's semantic conventions for HTTP servers (1.23 and later).

use std::borrow::Cow;
use std::time::SystemTime;

use axum::http::Method;
use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status, TraceContextExt};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks, SpanProcessor};

use super::Traces;
use crate::telemetry::{Access, Trace};

/// A request under way, as a trace sees it.
#[derive(Debug)]
pub(crate) struct ServerSpan<'t> {
    traces: &'t Traces,
    ids: SpanContext,
    /// As the contract has it; `None` where no endpoint was found.
    route: Option<&'static str>,
}

impl<'t> ServerSpan<'t> {
    pub(crate) fn begin(traces: &'t Traces, trace: &Trace, route: Option<&'static str>) -> Self {
        let ids = traces.begin(trace);
        Self { traces, ids, route }
    }

    /// What makes this span the parent of those that are opened while it is current.
    pub(crate) fn context(&self) -> Context {
        Context::new().with_remote_span_context(self.ids.clone())
    }

    /// Hands the span over, if its trace is exported.
    pub(crate) fn end(self, access: &Access<'_>) {
        if !self.ids.is_sampled() {
            return;
        }
        let end_time = SystemTime::now();
        let caller = access.trace.caller();
        let status = if access.status.is_server_error() {
            Status::error("")
        } else {
            Status::Unset
        };
        self.traces.processor.on_end(SpanData {
            parent_span_id: caller.map_or(SpanId::INVALID, |caller| caller.span),
            parent_span_is_remote: caller.is_some(),
            span_kind: SpanKind::Server,
            name: self.name(access.method),
            start_time: end_time.checked_sub(access.took).unwrap_or(end_time),
            end_time,
            attributes: self.attributes(access),
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status,
            instrumentation_scope: self.traces.scope.clone(),
            span_context: self.ids,
        });
    }

    /// `GET /books/{id}`; without a route the method alone, since names are to be few.
    fn name(&self, method: &Method) -> Cow<'static, str> {
        match (known(method), self.route) {
            (Some(method), Some(route)) => format!("{method} {route}").into(),
            (Some(method), None) => method.to_owned().into(),
            (None, _) => "HTTP".into(),
        }
    }

    fn attributes(&self, access: &Access<'_>) -> Vec<KeyValue> {
        let method = known(access.method);
        let mut attributes = Vec::with_capacity(9);
        attributes.push(KeyValue::new(
            "http.request.method",
            method.unwrap_or("_OTHER"),
        ));
        if method.is_none() {
            let method = access.method.as_str().to_owned();
            attributes.push(KeyValue::new("http.request.method_original", method));
        }
        attributes.extend(self.route.map(|route| KeyValue::new("http.route", route)));
        let status = access.status;
        attributes.push(KeyValue::new(
            "http.response.status_code",
            i64::from(status.as_u16()),
        ));
        if status.is_server_error() {
            attributes.push(KeyValue::new("error.type", status.as_str().to_owned()));
        }
        attributes.push(KeyValue::new("url.path", access.path.to_owned()));
        // TLS ends at the proxy.
        attributes.push(KeyValue::new("url.scheme", "http"));
        attributes.push(KeyValue::new("contract", access.contract));
        attributes.push(KeyValue::new(
            "request_id",
            access.trace.request_id().to_owned(),
        ));
        attributes
    }
}

/// The methods that the conventions know, by name: any others may be made up.
fn known(method: &Method) -> Option<&'static str> {
    const KNOWN: [&str; 9] = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
    ];
    KNOWN.into_iter().find(|known| *known == method.as_str())
}
