//! Everything that backgen tells people about their specs and their tree.
//!
//! Enters: typed facts and places, through one constructor function per code (`source`, `syntax`, `shape`, ...). Leaves:
//! [`Diagnostic`]s collected in a [`Sink`], and their print as text for people ([`Renderer`]) or JSON for tools.
//! No message is built elsewhere: only the children of this module can make a [`Diagnostic`].
//!
//! To add a code: a line in `code.rs`, a page in `docs/diagnostics/`, a constructor in the file of its stage.

mod code;
mod habit;
mod human;
mod json;
mod sink;
mod text;

pub mod access;
pub mod call;
pub mod change;
pub mod database;
pub mod emit;
pub mod endpoints;
pub mod expr;
pub mod field_rules;
pub mod moves;
pub mod names;
pub mod parts;
pub mod relations;
pub mod shape;
pub mod source;
pub mod spelling;
pub mod support;
pub mod syntax;
pub mod tenancy;
pub mod types;

pub use code::{Code, Stage};
pub use habit::type_name;
pub use human::Renderer;
pub use sink::Sink;
pub use text::{did_you_mean, show};

use crate::source::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the run.
    Error,
    /// Is said, and the run goes on.
    Warning,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What a finding points at. The order is the order of the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The project as a whole.
    Project,
    /// A file of the project whose text is of no help here; a path relative to the project.
    File(String),
    /// A stretch of a spec.
    At(Span),
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::At(span)
    }
}

/// A second place that explains the first, with what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub(in crate::diagnostic) span: Span,
    pub(in crate::diagnostic) text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a diagnostic is of use only in a sink"]
pub struct Diagnostic {
    place: Place,
    code: Code,
    severity: Severity,
    message: String,
    here: Option<String>,
    labels: Vec<Label>,
    notes: Vec<String>,
    help: Vec<String>,
}

/// The only doors to a [`Diagnostic`]; private to this module and its children.
impl Diagnostic {
    /// `message` is one sentence that stands alone: no capital, no full stop, names from specs through [`show`].
    fn error(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            code,
            severity: Severity::Error,
            message: message.into(),
            here: None,
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The few words that stand under the primary place.
    fn here(mut self, text: impl Into<String>) -> Self {
        self.here = Some(text.into());
        self
    }

    /// A second place, such as the first definition of a duplicate.
    fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// A fact that explains the finding.
    fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// An action that makes the finding go away.
    fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// "did you mean" where a candidate is near, else nothing.
    fn suggest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match did_you_mean(word, candidates) {
            Some(candidate) => self.help(format!("did you mean `{}`?", show(candidate))),
            None => self,
        }
    }
}

impl Diagnostic {
    pub fn code(&self) -> Code {
        self.code
    }

    pub fn severity(&self) -> Severity {
        self.severity
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Every span that the finding shows, the primary one first.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        let primary = match self.place {
            Place::At(span) => Some(span),
            Place::Project | Place::File(_) => None,
        };
        primary
            .into_iter()
            .chain(self.labels.iter().map(|label| label.span))
    }
}
