//! A handler at work: what a panic, a client that goes away or a deadline does to it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};

use super::Reply;
use crate::problem::{INTERNAL, Problem, TIMEOUT};
use crate::telemetry::Current;

type Outcome = Result<Reply, Problem>;

/// A handler's future. Boxed, because it is large and would be copied from stage to stage; of one type for all
/// handlers, so that the pipeline is compiled once and not once an endpoint.
pub(super) type Work = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// What a handler holds while it works.
pub(super) struct Handling {
    /// `None` once it is done.
    work: Option<Work>,
    /// Stopping waits for it, and so for what no client waits for any longer.
    slot: Option<OwnedSemaphorePermit>,
    /// The request, where the work is a write.
    write: Option<Current>,
}

impl Handling {
    /// A read ends with its client and its deadline. A write, which names its request, ends as it began: what a client
    /// sees when it goes away or gives up must not decide whether its write is done in full.
    pub(super) fn of(work: Work, slot: OwnedSemaphorePermit, write: Option<Current>) -> Self {
        Self {
            work: Some(work),
            slot: Some(slot),
            write,
        }
    }

    /// Waits for its end, or gives up at `deadline`.
    pub(super) async fn until(self, deadline: Instant) -> Outcome {
        let writes = self.write.is_some();
        match timeout_at(deadline, self).await {
            Ok(outcome) => outcome,
            Err(_) if writes => {
                Err(Problem::new(TIMEOUT).detail("the write was begun and may still be done"))
            }
            Err(_) => Err(Problem::new(TIMEOUT).retry_after(1)),
        }
    }
}

impl Future for Handling {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        let work = self.work.as_mut().expect("BUG: polled after its end");
        // What a panic leaves behind is dropped with the future, which is never polled again.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(Err(Problem::new(INTERNAL))));
        if polled.is_ready() {
            self.work = None;
        }
        polled
    }
}

/// A write that is dropped before its end goes on as a task of its own.
impl Drop for Handling {
    fn drop(&mut self) {
        let (Some(work), Some(request)) = (self.work.take(), self.write.take()) else {
            return;
        };
        // Without a runtime the service is gone, and its connections with it.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let slot = self.slot.take();
        runtime.spawn(request.scope(async move {
            let _ = work.await;
            drop(slot);
        }));
    }
}
