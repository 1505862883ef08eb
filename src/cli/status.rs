//! One line on a terminal while something takes long.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);

/// Removes its line when dropped.
#[derive(Debug)]
pub struct Status(Option<(Sender<()>, JoinHandle<()>)>);

impl Status {
    pub(super) fn start(
        terminal: Option<fn() -> Box<dyn Write + Send>>,
        doing: &'static str,
    ) -> Self {
        let Some(open) = terminal else {
            return Self(None);
        };
        let (done, waiting) = channel();
        let line = thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let mut terminal = open();
            let print = |terminal: &mut dyn Write, text: &str| {
                drop(terminal.write_all(text.as_bytes()));
                drop(terminal.flush());
            };
            print(&mut *terminal, &format!("{doing} ..."));
            let _ = waiting.recv();
            print(&mut *terminal, "\r\u{1b}[2K");
        });
        Self(Some((done, line)))
    }
}

impl Drop for Status {
    fn drop(&mut self) {
        if let Some((done, line)) = self.0.take() {
            drop(done);
            drop(line.join());
        }
    }
}
