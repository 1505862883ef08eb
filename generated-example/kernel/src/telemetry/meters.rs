//! What is counted of an endpoint: `http_requests_total` by class of status, `http_request_duration_seconds` and
//! `http_requests_in_flight`, each labelled with the contract's id.
//!
//! Handles are looked up once per endpoint, so that a request pays for the atomics alone.

use std::time::Duration;

use axum::http::StatusCode;
use metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};

pub(super) const DURATION: &str = "http_request_duration_seconds";

/// The handles of one endpoint.
#[derive(Debug, Clone)]
pub struct Meters {
    classes: [Counter; 4],
    duration: Histogram,
    in_flight: Gauge,
}

impl Meters {
    /// Registers with the recorder that is installed by now; without one nothing is counted.
    #[must_use]
    pub fn of(contract: &'static str) -> Self {
        let class = |class: &'static str| counter!("http_requests_total", "contract" => contract, "class" => class);
        Self {
            classes: [class("2xx"), class("3xx"), class("4xx"), class("5xx")],
            duration: histogram!(DURATION, "contract" => contract),
            in_flight: gauge!("http_requests_in_flight", "contract" => contract),
        }
    }

    /// A request has come.
    pub fn begun(&self) {
        self.in_flight.increment(1.0);
    }

    /// It has been answered, or its client has gone.
    pub fn ended(&self, status: StatusCode, took: Duration) {
        self.in_flight.decrement(1.0);
        let class = usize::from(status.as_u16() / 100).saturating_sub(2);
        self.classes[class.min(3)].increment(1);
        self.duration.record(took);
    }
}
