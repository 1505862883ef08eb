//! Which request a task works for, so that its events say so. A span would cost each request more than its access line.

use axum::http::HeaderMap;
#[cfg(feature = "otlp")]
use opentelemetry::context::FutureExt;

use super::Trace;

tokio::task_local! {
    static CURRENT: Current;
}

/// A request under way, by the names that log lines carry.
#[derive(Debug, Clone)]
pub struct Current {
    /// The endpoint's id, or that no endpoint was found.
    pub contract: &'static str,
    /// Its ids.
    pub trace: Trace,
    #[cfg(feature = "otlp")]
    /// What makes its span the parent of those that are opened below it.
    pub(crate) span: opentelemetry::Context,
}

impl Current {
    /// A request to an endpoint, with the ids that its headers name.
    #[must_use]
    pub fn of(contract: &'static str, headers: &HeaderMap) -> Self {
        Self {
            contract,
            trace: Trace::of(headers),
            #[cfg(feature = "otlp")]
            span: opentelemetry::Context::new(),
        }
    }

    /// Has every event of `work` carry this request's ids.
    pub fn scope<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        #[cfg(feature = "otlp")]
        let work = work.with_context(self.span.clone());
        CURRENT.scope(self.clone(), work)
    }

    /// Hands over the request of the running task, if it works for one.
    pub(super) fn try_with<R>(read: impl FnOnce(&Self) -> R) -> Option<R> {
        CURRENT.try_with(read).ok()
    }
}
