//! The two outputs of a run: results, and what is said beside them.

use std::io::{self, Write};

use clap::ValueEnum;

use super::paint::Paint;
use super::report::{Exit, Report};
use super::status::Status;

/// For whom output is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

/// Where output goes. A closed pipe swallows the rest: the run itself goes on.
pub struct Screen {
    results: Open<Box<dyn Write>>,
    notes: Open<Box<dyn Write>>,
    pub format: Format,
    /// Of results.
    pub out: Paint,
    /// Of findings and notes.
    pub err: Paint,
    /// Opens the terminal for a line that comes and goes; `None` where there is none.
    pub status: Option<fn() -> Box<dyn Write + Send>>,
}

impl Screen {
    /// Colours and the status line are off.
    pub fn new(results: Box<dyn Write>, notes: Box<dyn Write>, format: Format) -> Self {
        Self {
            results: Open(Some(results)),
            notes: Open(Some(notes)),
            format,
            out: Paint { on: false },
            err: Paint { on: false },
            status: None,
        }
    }

    /// Prints a result.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.results.print(text)
    }

    /// Prints one line beside the results. That it cannot be printed stops nothing.
    pub fn note(&mut self, line: &str) {
        drop(self.notes.print(&format!("{line}\n")));
    }

    /// Says `doing` on a terminal if it takes more than a second; until the result is dropped.
    pub fn status(&self, doing: &'static str) -> Status {
        Status::start(self.status, doing)
    }

    /// Prints a report and says how it ends the run.
    pub fn show(&mut self, report: &Report) -> io::Result<Exit> {
        match self.format {
            Format::Json => self.results.print(&report.json())?,
            Format::Human => {
                self.notes.print(&report.notes(self.err))?;
                self.results.print(&report.text)?;
            }
        }
        Ok(report.exit())
    }
}

/// An output until its reader goes away.
struct Open<W>(Option<W>);

impl<W: Write> Open<W> {
    fn print(&mut self, text: &str) -> io::Result<()> {
        let Some(output) = &mut self.0 else {
            return Ok(());
        };
        let written = output
            .write_all(text.as_bytes())
            .and_then(|()| output.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.0 = None;
                Ok(())
            }
            other => other,
        }
    }
}
