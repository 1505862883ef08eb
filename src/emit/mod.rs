//! Brings the project's tree in line with a `Plan` and never loses what a person wrote.
//!
//! Enters: a root folder, a mode, a plan. Leaves: an `Outcome` (what was or would be done, and findings).
//! Order: lock -> recover -> read -> format -> reconcile (pure) -> gate -> stage -> journal -> rename -> record.
//! Absent on purpose: printing, spec reading, knowledge of what a file means.
//! Nothing else in backgen writes to disk.

mod error;
mod outcome;

pub use error::EmitError;
pub use outcome::{Action, ActionKind, Finding, FindingKind, Mode, Outcome, Severity};
