//! What a whole service would need a minute, or luck, to show; the rest is in `tests/otlp`.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::export::Losses;
use super::*;
use crate::config::{Layers, Settings};
use crate::telemetry::Access;
use crate::types::Timestamp;

/// To a port where nobody listens.
fn traces(ratio: &str) -> Traces {
    let unused = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let endpoint = format!("http://{unused}");
    let variables = [
        ("A__TELEMETRY__OTLP__ENDPOINT", endpoint.as_str()),
        ("A__TELEMETRY__OTLP__RATIO", ratio),
        ("A__TELEMETRY__OTLP__TIMEOUT", "2s"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = Settings::read(&mut Layers::new("a", "nowhere".as_ref(), variables));
    Traces::start(&settings.telemetry.otlp, "a", "1")
        .unwrap()
        .unwrap()
}

fn called(flags: &str) -> Trace {
    let parent = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
    let value = HeaderValue::try_from(parent).unwrap();
    Trace::of(&HeaderMap::from_iter([(
        "traceparent".parse().unwrap(),
        value,
    )]))
}

#[test]
fn the_caller_decides_and_else_the_ratio() {
    let fresh = || Trace::of(&HeaderMap::new());
    for (ratio, expected) in [("0", 0..=0), ("0.5", 400..=600), ("1", 1000..=1000)] {
        let traces = traces(ratio);
        let sampled = (0..1000).filter(|_| traces.begin(&fresh()).is_sampled());
        let count = sampled.count();
        assert!(expected.contains(&count), "{count} at {ratio}");
        for (flags, expected) in [("01", true), ("03", true), ("00", false), ("02", false)] {
            let trace = called(flags);
            let ids = traces.begin(&trace);
            assert_eq!(ids.is_sampled(), expected, "{flags} at {ratio}");
            assert_eq!(ids.trace_id().to_string(), trace.trace_id());
        }
    }
}

#[tokio::test]
async fn a_collector_that_is_down_costs_no_time() {
    let traces = traces("1");
    let trace = called("01");
    let began = Instant::now();
    for _ in 0..10_000 {
        ServerSpan::begin(&traces, &trace, Some("/books")).end(&Access {
            at: Timestamp::from_micros(0),
            contract: "catalog.list_books",
            method: &Method::GET,
            path: "/books",
            status: StatusCode::OK,
            took: Duration::ZERO,
            trace: &trace,
            bytes: 0,
        });
    }
    let took = began.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?} for 10000 spans");
    traces.stop().await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?} until the stop");
}

#[test]
fn losses_are_told_once_a_minute() {
    let mut losses = Losses::default();
    let start = Instant::now();
    let mut told = Vec::new();
    for second in (0..=125).step_by(5) {
        let now = start + Duration::from_secs(second);
        told.extend(losses.more(10, now).map(|count| (second, count)));
    }
    assert_eq!(told, [(0, 10), (60, 120), (120, 120)]);
}
