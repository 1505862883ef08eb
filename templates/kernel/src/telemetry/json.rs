//! The JSON of log lines, without the tree that a general writer would build.

use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};
use tracing_subscriber::field::RecordFields;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::FormattedFields;
use tracing_subscriber::fmt::format::Writer;

/// Writes what stands between the quotes of a JSON string.
pub(super) fn escape(out: &mut impl Write, text: &str) -> fmt::Result {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        return out.write_str(text);
    }
    let special = |c: char| c.is_control() || matches!(c, '"' | '\\');
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (plain, tail) = rest.split_at(at);
        out.write_str(plain)?;
        let mut tail = tail.chars();
        match tail.next() {
            Some(c @ ('"' | '\\')) => write!(out, "\\{c}")?,
            Some(c) => write!(out, "\\u{:04x}", u32::from(c))?,
            None => {}
        }
        rest = tail.as_str();
    }
    out.write_str(rest)
}

/// Keeps a span's fields as the members of a JSON object, in the order in which they were recorded.
#[derive(Debug)]
pub(super) struct Fields;

impl<'w> FormatFields<'w> for Fields {
    fn format_fields<R: RecordFields>(&self, mut writer: Writer<'w>, fields: R) -> fmt::Result {
        members(&mut writer, fields)
    }

    fn add_fields(
        &self,
        current: &'w mut FormattedFields<Self>,
        fields: &tracing::span::Record<'_>,
    ) -> fmt::Result {
        members(&mut current.fields, fields)
    }
}

/// Writes `,"name":value` for each field.
pub(super) fn members(out: &mut impl Write, fields: impl RecordFields) -> fmt::Result {
    let mut members = Members {
        out,
        result: Ok(()),
    };
    fields.record(&mut members);
    members.result
}

struct Members<'o, W> {
    out: &'o mut W,
    result: fmt::Result,
}

impl<W: Write> Members<'_, W> {
    fn field(&mut self, field: &Field, value: impl FnOnce(&mut W) -> fmt::Result) {
        self.result = self
            .result
            .and_then(|()| write!(self.out, ",\"{}\":", field.name()))
            .and_then(|()| value(self.out));
    }
}

impl<W: Write> Visit for Members<'_, W> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.field(field, |out| {
            out.write_char('"')?;
            escape(out, value)?;
            out.write_char('"')
        });
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.field(field, |out| write!(out, "{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.field(field, |out| write!(out, "{value}"));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if value.is_finite() {
            self.field(field, |out| write!(out, "{value}"));
        } else {
            self.record_str(field, &value.to_string());
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.field(field, |out| write!(out, "{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use axum::http::{HeaderMap, HeaderValue};

    use super::super::{Current, REQUEST_ID, Sink};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn events_carry_the_fields_of_their_span() {
        let lines = Lines::default();
        let (sink, guard) = Sink::start(lines.clone()).unwrap();
        let subscriber = super::super::json_events(
            tracing_subscriber::registry(),
            sink,
            "info".parse().unwrap(),
        );
        tracing::subscriber::with_default(subscriber, || {
            let late = tracing::field::Empty;
            let span = tracing::info_span!("outer", id = "a\"\\\n\u{7}é", n = -7, on = true, late);
            span.record("late", tracing::field::debug(Some("x")));
            span.in_scope(|| tracing::info!(answer = 42, "said"));
            let bare = tracing::info_span!("bare", late = tracing::field::Empty);
            bare.record("late", 1);
            bare.in_scope(|| tracing::warn!("twice"));
            tracing::debug!("unheard");
            let headers = HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_static("mine"))]);
            let work = Current::of("catalog.get_book", &headers)
                .scope(async { tracing::info!("at work") });
            tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap()
                .block_on(work);
        });
        drop(guard);
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let events: Vec<serde_json::Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(events.len(), 3, "{text}");
        let span = &events[0]["span"];
        assert_eq!(
            (&events[0]["message"], &events[0]["answer"]),
            (&"said".into(), &42.into())
        );
        assert_eq!(
            (&span["id"], &span["n"]),
            (&"a\"\\\n\u{7}é".into(), &(-7).into())
        );
        assert_eq!(
            (&span["name"], &events[1]["span"]["name"]),
            (&"outer".into(), &"bare".into())
        );
        assert_eq!(
            (&span["on"], &span["late"]),
            (&true.into(), &"Some(\"x\")".into())
        );
        assert_eq!(events[1]["span"]["late"], 1);
        let of_request = (&events[2]["contract"], &events[2]["request_id"]);
        assert_eq!(of_request, (&"catalog.get_book".into(), &"mine".into()));
    }
}
