//! Compares plan, record and disk, path by path. Pure: everything was read before.
//!
//! Enters: subjects (a path with all that is known about it). Leaves: one verdict each: what to do, what to say, and
//! what the record says afterwards.

use super::decide::{self, Decision, Found, Match};
use super::disk::Entity;
use super::outcome::{Action, ActionKind, Finding};
use super::prepare::{self, Wanted};
use super::record::Entry;
use super::{merge, normal};
use crate::diagnostic::{Diagnostic, emit};
use crate::plan::{Owner, PlannedFile, RelPath};

/// A path and what is known about it.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    pub(super) path: &'a RelPath,
    pub(super) planned: Option<&'a PlannedFile>,
    pub(super) entry: Option<&'a Entry>,
    pub(super) disk: Entity,
    /// The text that backgen wrote last, for what is co-owned.
    pub(super) base: Option<String>,
    /// Digest of the planned text before formatting.
    pub(super) source: String,
    pub(super) found: Found,
}

/// What becomes of a path.
#[derive(Debug)]
pub(super) struct Verdict {
    /// None if there is nothing to tell: neither planned nor there.
    pub(super) action: Option<Action>,
    /// The new bytes; `Some(None)` removes the file, `None` leaves it alone.
    pub(super) change: Option<Option<Vec<u8>>>,
    /// A change of layout only: not worth a finding.
    pub(super) cosmetic: bool,
    pub(super) entry: Option<Entry>,
    pub(super) base: Option<String>,
    pub(super) finding: Option<Finding>,
}

impl Subject<'_> {
    /// The decision where it needs no final text: the planned text is the recorded one and the file is as it may be.
    pub(super) fn settled(&self) -> Option<Decision> {
        let (planned, entry) = (self.planned?, self.entry?);
        if self.source != entry.source || planned.owner != entry.owner {
            return None;
        }
        match (planned.owner, self.found) {
            (_, Found::Pristine | Found::Reformatted) => Some(Decision::Unchanged),
            (Owner::Yours | Owner::Once | Owner::CoOwned, Found::Edited | Found::Marked) => {
                Some(Decision::Keep)
            }
            _ => None,
        }
    }

    /// The verdict for a path that is `settled`.
    pub(super) fn settled_verdict(&self, decision: Decision) -> Verdict {
        let planned = self.planned.expect("BUG: only planned paths settle");
        let kind = if decision == Decision::Keep {
            ActionKind::Keep
        } else {
            ActionKind::Unchanged
        };
        let entry = self.entry.cloned().map(|entry| Entry {
            feature: planned.feature.clone(),
            ..entry
        });
        let base = (planned.owner == Owner::CoOwned).then(|| planned.contents.text().to_owned());
        Verdict {
            entry,
            base,
            ..self.verdict(kind)
        }
    }

    /// The verdict for a path that is no longer planned.
    pub(super) fn unplanned_verdict(&self) -> Verdict {
        let owner = self.entry.map_or(Owner::Yours, |entry| entry.owner);
        let same = self.verdict(ActionKind::Unchanged);
        match decide::unplanned(owner, self.found) {
            Decision::Forget => Verdict {
                action: None,
                entry: None,
                base: None,
                ..same
            },
            Decision::Remove => Verdict {
                change: Some(None),
                entry: None,
                base: None,
                ..self.verdict(ActionKind::Remove)
            },
            Decision::KeepOrphan => Verdict {
                finding: Some(emit::orphan(self.path).into()),
                ..self.verdict(ActionKind::KeepOrphan)
            },
            Decision::RefuseTouched => {
                let finding = Some(emit::migration_touched(self.path).into());
                Verdict {
                    finding,
                    ..self.verdict(ActionKind::Refuse)
                }
            }
            _ => same,
        }
    }

    /// The verdict for a planned path.
    pub(super) fn planned_verdict(&self, wanted: &Wanted, version: &str) -> Verdict {
        let planned = self.planned.expect("BUG: the path is planned");
        let same = self.same(planned, wanted);
        let decision = decide::planned(planned.owner, self.found, same);
        match decision {
            Decision::Create => self.write(wanted, version, ActionKind::Create),
            Decision::Recreate => self.write(wanted, version, ActionKind::Recreate),
            Decision::Rewrite => Verdict {
                cosmetic: same == Match::Layout,
                ..self.write(wanted, version, ActionKind::Rewrite)
            },
            Decision::Merge => self.merge(wanted, version),
            Decision::Keep if self.entry.is_none() => self.take(wanted, version, ActionKind::Keep),
            Decision::Keep => self.verdict(ActionKind::Keep),
            Decision::RefuseEdited => self.refuse(emit::edited(self.path), wanted),
            Decision::RefuseTouched => self.refuse(emit::migration_touched(self.path), wanted),
            Decision::RefuseReplanned => self.refuse(emit::migration_replanned(self.path), wanted),
            Decision::Conflict => Verdict {
                finding: self.told(emit::in_the_way(self.path), wanted),
                ..self.verdict(ActionKind::Conflict)
            },
            Decision::Unchanged | Decision::Remove | Decision::KeepOrphan | Decision::Forget => {
                self.take(wanted, version, ActionKind::Unchanged)
            }
        }
    }

    fn merge(&self, wanted: &Wanted, version: &str) -> Verdict {
        let Some(base) = &self.base else {
            let finding = self.told(emit::base_lost(self.path), wanted);
            return Verdict {
                finding,
                ..self.take(wanted, version, ActionKind::Keep)
            };
        };
        let Some(mine) = self
            .bytes()
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
        else {
            return self.refuse(
                emit::merge_conflict(self.path, &["bytes that are not UTF-8".to_owned()]),
                wanted,
            );
        };
        match merge::merge(&self.path.extension(), base, mine, &wanted.text) {
            Ok(merged) if merged == mine => self.take(wanted, version, ActionKind::Keep),
            Ok(merged) => {
                let change = Some(Some(merged.into_bytes()));
                Verdict {
                    change,
                    ..self.take(wanted, version, ActionKind::Merge)
                }
            }
            Err(places) => self.refuse(emit::merge_conflict(self.path, &places), wanted),
        }
    }

    fn same(&self, planned: &PlannedFile, wanted: &Wanted) -> Match {
        let hash = |bytes: &[u8]| match self.entry {
            Some(entry)
                if matches!(self.found, Found::Pristine | Found::Reformatted)
                    && entry.owner == planned.owner =>
            {
                Some(entry.hash.clone())
            }
            _ => std::str::from_utf8(bytes)
                .ok()
                .map(|text| prepare::hash(planned.owner, &self.path.extension(), text)),
        };
        match (self.bytes(), self.entry) {
            (Some(bytes), _) if normal::digest(bytes) == wanted.bytes => Match::Bytes,
            (Some(bytes), _) if hash(bytes).as_ref() == Some(&wanted.hash) => Match::Layout,
            (None, Some(entry)) if entry.hash == wanted.hash => Match::Layout,
            _ => Match::No,
        }
    }

    fn bytes(&self) -> Option<&[u8]> {
        match &self.disk {
            Entity::File { bytes } => Some(bytes),
            Entity::Absent | Entity::Foreign => None,
        }
    }

    /// Nothing changes, neither on disk nor in the record.
    fn verdict(&self, kind: ActionKind) -> Verdict {
        let owner = self
            .planned
            .map(|planned| planned.owner)
            .or(self.entry.map(|entry| entry.owner));
        let feature = self.planned.map_or_else(
            || self.entry.and_then(|entry| entry.feature.clone()),
            |planned| planned.feature.clone(),
        );
        let owner = owner.unwrap_or(Owner::Yours);
        Verdict {
            action: Some(Action {
                path: self.path.clone(),
                kind,
                owner,
                feature,
            }),
            change: None,
            cosmetic: false,
            entry: self.entry.cloned(),
            base: self.base.clone(),
            finding: None,
        }
    }

    fn refuse(&self, diagnostic: Diagnostic, wanted: &Wanted) -> Verdict {
        Verdict {
            finding: self.told(diagnostic, wanted),
            ..self.verdict(ActionKind::Refuse)
        }
    }

    fn told(&self, diagnostic: Diagnostic, wanted: &Wanted) -> Option<Finding> {
        Some(Finding::from(diagnostic).with_diff(self.path, self.bytes(), Some(&wanted.text)))
    }

    /// The record says that backgen wrote the planned text; the disk stays.
    fn take(&self, wanted: &Wanted, version: &str, kind: ActionKind) -> Verdict {
        let planned = self
            .planned
            .expect("BUG: only planned paths are taken into the record");
        let mut entry = Entry {
            path: self.path.clone(),
            owner: planned.owner,
            hash: wanted.hash.clone(),
            bytes: wanted.bytes.clone(),
            source: self.source.clone(),
            version: version.to_owned(),
            feature: planned.feature.clone(),
        };
        if let Some(before) = self.entry {
            // Only what changed names the backgen that changed it, so that an upgrade does not touch every line.
            let version = before.version.clone();
            if (Entry {
                version: version.clone(),
                ..entry.clone()
            }) == *before
            {
                entry.version = version;
            }
        }
        let base = (planned.owner == Owner::CoOwned).then(|| wanted.text.clone());
        Verdict {
            entry: Some(entry),
            base,
            ..self.verdict(kind)
        }
    }

    fn write(&self, wanted: &Wanted, version: &str, kind: ActionKind) -> Verdict {
        Verdict {
            change: Some(Some(wanted.text.clone().into_bytes())),
            ..self.take(wanted, version, kind)
        }
    }
}
