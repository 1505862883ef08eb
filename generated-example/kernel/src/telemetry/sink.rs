//! Where log lines go: into a bounded buffer, which one thread empties.
//!
//! A line costs its writer a short lock and a copy; what the buffer cannot hold is dropped and counted, so that a slow
//! terminal or pipe never slows a request.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// What may wait, in bytes.
const CAPACITY: usize = 4 * 1024 * 1024;

/// How long lines gather before they are written: waking a thread for each costs more than the line.
const GATHER: Duration = Duration::from_millis(10);

/// Takes lines from any thread.
#[derive(Debug, Clone)]
pub struct Sink(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    lines: Vec<u8>,
    dropped: u64,
    closed: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A panic while a line was appended leaves bytes, not a broken invariant.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the writing thread when it is dropped, after the last line.
#[derive(Debug)]
pub struct Guard {
    sink: Sink,
    thread: Option<JoinHandle<()>>,
}

impl Sink {
    /// Starts the thread that writes to `out`.
    ///
    /// # Errors
    /// The operating system refuses a thread.
    pub fn start(out: impl Write + Send + 'static) -> io::Result<(Self, Guard)> {
        let sink = Self(Arc::default());
        let shared = Arc::clone(&sink.0);
        let thread = std::thread::Builder::new()
            .name("log".into())
            .spawn(move || empty(&shared, out))?;
        let guard = Guard {
            sink: sink.clone(),
            thread: Some(thread),
        };
        Ok((sink, guard))
    }

    /// Appends one line, its newline included.
    pub fn push(&self, line: &[u8]) {
        let mut waiting = self.0.lock();
        if waiting.lines.len() + line.len() > CAPACITY {
            waiting.dropped += 1;
            return;
        }
        let first = waiting.lines.is_empty();
        waiting.lines.extend_from_slice(line);
        drop(waiting);
        if first {
            self.0.changed.notify_one();
        }
    }
}

fn empty(shared: &Shared, mut out: impl Write) {
    let mut lines = Vec::new();
    loop {
        let mut waiting = shared.lock();
        while waiting.lines.is_empty() && !waiting.closed {
            waiting = shared
                .changed
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if !waiting.closed {
            (waiting, _) = shared
                .changed
                .wait_timeout_while(waiting, GATHER, |waiting| !waiting.closed)
                .unwrap_or_else(PoisonError::into_inner);
        }
        std::mem::swap(&mut waiting.lines, &mut lines);
        let (dropped, closed) = (std::mem::take(&mut waiting.dropped), waiting.closed);
        drop(waiting);
        // Nobody is left to tell that the log cannot be written.
        let _ = out.write_all(&lines);
        if dropped > 0 {
            metrics::counter!("log_lines_dropped_total").increment(dropped);
            let _ = writeln!(
                out,
                r#"{{"level":"WARN","message":"log lines dropped","count":{dropped}}}"#
            );
        }
        let _ = out.flush();
        lines.clear();
        if closed {
            return;
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.sink.0.lock().closed = true;
        self.sink.0.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Write for Sink {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.push(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Sink {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
