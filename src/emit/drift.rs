//! What `check` says: one finding per file that `generate` would write or remove.
//!
//! Enters: subjects and their verdicts. Leaves: findings with differences. A change of layout only is none.

use super::disk::Entity;
use super::outcome::{ActionKind, Finding};
use super::reconcile::{Subject, Verdict};
use crate::diagnostic::emit;

/// What `check` has to say beyond the findings of the verdicts.
pub(super) fn drift(subjects: &[Subject<'_>], verdicts: &[Verdict]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (subject, verdict) in subjects.iter().zip(verdicts) {
        let Some(kind) = verdict.action.as_ref().map(|action| action.kind) else {
            continue;
        };
        let wanted = verdict
            .change
            .as_ref()
            .and_then(|bytes| bytes.as_deref())
            .map(String::from_utf8_lossy);
        match kind {
            ActionKind::Create | ActionKind::Recreate => {
                found.push(emit::missing(subject.path).into())
            }
            ActionKind::Rewrite | ActionKind::Merge if !verdict.cosmetic => {
                let Entity::File { bytes } = &subject.disk else {
                    continue;
                };
                let finding = Finding::from(emit::differs(subject.path));
                found.push(finding.with_diff(subject.path, Some(bytes), wanted.as_deref()));
            }
            ActionKind::Remove => found.push(emit::left_over(subject.path).into()),
            _ => {}
        }
    }
    found
}
