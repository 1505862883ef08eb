//! Brings the project's tree in line with a `Plan` and never loses what a person wrote.
//!
//! Enters: a root folder, a mode, a plan. Leaves: an `Outcome` (what was or would be done, and findings).
//! Order: lock -> recover -> read -> format -> reconcile (pure) -> gate -> stage -> journal -> rename -> record.
//! Absent on purpose: printing, spec reading, knowledge of what a file means.
//! Nothing else in backgen writes to disk.

mod compare;
mod decide;
mod disk;
mod drift;
mod error;
#[cfg(test)]
mod fault;
mod findings;
mod journal;
mod lock;
mod merge;
mod normal;
mod outcome;
mod prepare;
mod reconcile;
mod record;
mod snapshot;
mod tree;

pub use error::EmitError;
pub use lock::Wait;
pub use outcome::{Action, ActionKind, Finding, Mode, Outcome};
pub use tree::Tree;

#[cfg(test)]
mod tests;
