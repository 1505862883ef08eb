//! How an event becomes a line: its fields, then those of the span around it, then the request that it belongs to.

use std::fmt;

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::LookupSpan;

use super::Current;
use super::json::{Fields, members};
use crate::app::{Clock, SystemClock};

/// One JSON object a line, with the keys that access lines have.
#[derive(Debug)]
pub(super) struct Json;

/// Lines for people.
#[derive(Debug)]
pub(super) struct Text;

impl<S> FormatEvent<S, Fields> for Json
where
    S: Subscriber + for<'s> LookupSpan<'s>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, Fields>,
        mut line: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let (at, metadata) = (SystemClock.now(), event.metadata());
        let (level, target) = (metadata.level(), metadata.target());
        write!(
            line,
            r#"{{"timestamp":"{at}","level":"{level}","target":"{target}""#
        )?;
        members(&mut line, event)?;
        if let Some(span) = context.lookup_current() {
            let extensions = span.extensions();
            let fields = extensions.get::<FormattedFields<Fields>>();
            let fields = fields.map_or("", |fields| fields.fields.as_str());
            write!(line, r#","span":{{"name":"{}"{fields}}}"#, span.name())?;
        }
        if let Some(written) = Current::try_with(|request| {
            let (contract, trace) = (request.contract, &request.trace);
            let (request_id, trace_id) = (trace.request_id(), trace.trace_id());
            write!(
                line,
                r#","contract":"{contract}","request_id":"{request_id}","trace_id":"{trace_id}""#
            )
        }) {
            written?;
        }
        writeln!(line, "}}")
    }
}

impl<S, N> FormatEvent<S, N> for Text
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    N: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut line: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        let colour = match *metadata.level() {
            Level::ERROR => 31,
            Level::WARN => 33,
            Level::INFO => 32,
            _ => 34,
        };
        write!(
            line,
            "{} \x1b[{colour}m{}\x1b[0m \x1b[2m{}:\x1b[0m ",
            SystemClock.now(),
            metadata.level(),
            metadata.target()
        )?;
        context.field_format().format_fields(line.by_ref(), event)?;
        for span in context.event_scope().into_iter().flatten() {
            let extensions = span.extensions();
            let fields = extensions.get::<FormattedFields<N>>();
            let fields = fields.map_or("", |fields| fields.fields.as_str());
            write!(line, " \x1b[2m{}{{{fields}}}\x1b[0m", span.name())?;
        }
        if let Some(written) = Current::try_with(|request| {
            let (contract, request_id) = (request.contract, request.trace.request_id());
            write!(line, " \x1b[2m{contract} {request_id}\x1b[0m")
        }) {
            written?;
        }
        writeln!(line)
    }
}
