//! BG082x: the specs against what the last run recorded.

use super::{Code, Diagnostic, Place};
use crate::schema::Change;

/// A change of a table that exists, for which there is no migration yet.
pub fn table_change(change: &Change) -> Diagnostic {
    let message = format!("a table that exists would change, which is not supported yet: {change}");
    Diagnostic::error(Code::TableChange, Place::Project, message)
        .note("new entities, features and indexes are no such change; they get a migration of their own")
        .help("take the change back, or start anew from these specs: `backgen new NAME --spec . --path ../NEW`, then copy over the files that are yours")
}
