//! A project's tree, opened for one run: the door to everything else here.
//!
//! Enters: root, mode, plan. Leaves: an `Outcome`. A tree opened for `Update` holds the lock until it is dropped, so
//! what a caller computes from `snapshot` cannot be overtaken.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::compare::found;
use super::decide::Found;
use super::disk::{Disk, Entity, own};
use super::drift::drift;
use super::journal::{self, Change};
use super::lock::{Lock, Wait, lock};
use super::outcome::{Action, Finding, Mode, Outcome};
use super::prepare::{WORTH_A_THREAD, prepare};
use super::reconcile::{Subject, Verdict};
use super::record::{Record, recorded_files};
use super::{EmitError, normal};
use crate::diagnostic::emit;
use crate::parallel::in_parallel;
use crate::plan::{Owner, Plan, PlannedFile, RelPath};

/// The version that reads records; a record of a newer one is refused.
const OURS: &str = env!("CARGO_PKG_VERSION");

/// A project's tree.
#[derive(Debug)]
pub struct Tree {
    pub(super) disk: Disk,
    mode: Mode,
    record: Record,
    /// An interrupted run is not finished yet, and this mode must not finish it.
    pending: bool,
    /// An interrupted run was finished when the tree was opened.
    recovered: bool,
    _lock: Option<Lock>,
}

impl Tree {
    /// Opens the tree at `root`. For `Update` the folder is made if need be, the lock is taken and an interrupted run
    /// is finished. Errors: the disk, the lock, a record that cannot be read.
    pub fn open(root: &Path, mode: Mode, wait: &mut Wait<'_>) -> Result<Self, EmitError> {
        if mode == Mode::Update {
            std::fs::create_dir_all(root).map_err(EmitError::io("make the folder", root))?;
        }
        let disk = Disk::open(root)?;
        let lock = if mode == Mode::Update {
            Some(lock(&disk, wait)?)
        } else {
            None
        };
        let pending = journal::pending(&disk)?;
        let recovered = pending && lock.is_some();
        if lock.is_some() {
            journal::recover(&disk)?;
        }
        let record = Record::read(&disk, OURS)?;
        Ok(Self {
            disk,
            mode,
            record,
            pending: pending && !recovered,
            recovered,
            _lock: lock,
        })
    }

    /// The schema snapshot of the last run; `Null` if there is none.
    pub fn snapshot(&self) -> &Value {
        &self.record.snapshot
    }

    /// Whether opening the tree finished a run that was interrupted.
    pub fn recovered(&self) -> bool {
        self.recovered
    }

    /// Compares the tree with `plan` and, in `Update`, brings it in line. Errors: a planned file that does not parse,
    /// or the disk; nothing is written then, or all of it by the next run.
    pub fn apply(&self, plan: &Plan) -> Result<Outcome, EmitError> {
        self.apply_with(plan, &[])
    }

    /// As `apply`; `sources` are spec files, which no record knows. They are written in the same change, so that a
    /// failure leaves none behind. Errors: also one of them that exists already.
    pub fn apply_with(
        &self,
        plan: &Plan,
        sources: &[(RelPath, String)],
    ) -> Result<Outcome, EmitError> {
        if self.pending {
            let findings = vec![emit::run_interrupted().into()];
            return Ok(Outcome {
                mode: self.mode,
                actions: Vec::new(),
                written: 0,
                findings,
            });
        }
        let subjects = self.look(plan)?;
        let (mut verdicts, note) = judge(&subjects, &plan.version)?;
        let mut findings: Vec<Finding> = note
            .iter()
            .map(|note| emit::not_formatted(note).into())
            .collect();
        let mut written = 0;
        match self.mode {
            Mode::Update => written = self.write(plan, &subjects, &mut verdicts, sources)?,
            Mode::CheckOnly => {
                findings.extend(drift(&subjects, &verdicts));
                if normalised(&plan.snapshot) != self.record.snapshot {
                    findings.push(emit::snapshot_behind().into());
                }
            }
            Mode::DryRun => {}
        }
        let mut actions: Vec<Action> = sources.iter().map(|it| Action::source(&it.0)).collect();
        for verdict in verdicts {
            findings.extend(verdict.finding);
            actions.extend(verdict.action);
        }
        actions.sort_by(|left, right| left.path.cmp(&right.path));
        findings.sort_by(|left, right| {
            let key = |finding: &Finding| {
                (
                    finding.diagnostic.severity(),
                    finding.diagnostic.place().clone(),
                )
            };
            key(left).cmp(&key(right))
        });
        Ok(Outcome {
            mode: self.mode,
            actions,
            written,
            findings,
        })
    }

    /// Reads every path that is planned or recorded.
    fn look<'a>(&'a self, plan: &'a Plan) -> Result<Vec<Subject<'a>>, EmitError> {
        let paths: BTreeSet<&RelPath> = plan
            .files()
            .keys()
            .chain(self.record.entries.keys())
            .collect();
        let mut subjects = Vec::with_capacity(paths.len());
        for path in paths {
            let planned = plan.files().get(path);
            let disk = self.disk.read(path)?;
            let entry = self.record.entry(path, &disk);
            let co_owned = entry.is_some_and(|entry| entry.owner == Owner::CoOwned);
            subjects.push(Subject {
                path,
                planned,
                entry,
                disk,
                base: if co_owned {
                    self.disk.read_own(&base(path))?
                } else {
                    None
                },
                source: String::new(),
                found: Found::Absent,
            });
        }
        let known = in_parallel(&subjects, WORTH_A_THREAD, |subject| {
            let source = subject
                .planned
                .map(|planned| normal::digest(planned.contents.text().as_bytes()));
            (
                source.unwrap_or_default(),
                found(subject.path, subject.entry, &subject.disk),
            )
        });
        for (subject, (source, found)) in subjects.iter_mut().zip(known) {
            (subject.source, subject.found) = (source, found);
        }
        Ok(subjects)
    }

    /// Writes tree and record as one change, taken from the verdicts. Returns how many files of the tree changed.
    fn write(
        &self,
        plan: &Plan,
        subjects: &[Subject<'_>],
        verdicts: &mut [Verdict],
        sources: &[(RelPath, String)],
    ) -> Result<usize, EmitError> {
        let mut changes: Vec<Change> = sources
            .iter()
            .map(|(path, text)| Change {
                path: path.clone(),
                old: None,
                new: Some(text.clone().into_bytes()),
            })
            .collect();
        for (subject, verdict) in subjects.iter().zip(&mut *verdicts) {
            if let Some(new) = verdict.change.take() {
                let old = match &subject.disk {
                    Entity::File { bytes } => Some(bytes.clone()),
                    Entity::Absent | Entity::Foreign => None,
                };
                changes.push(Change {
                    path: subject.path.clone(),
                    old,
                    new,
                });
            }
        }
        let written = changes.len();
        changes.extend(self.record_changes(plan, subjects, verdicts)?);
        journal::commit(&self.disk, &changes)?;
        Ok(written)
    }

    /// The files of `.backgen/` that differ from what the record is to be.
    fn record_changes(
        &self,
        plan: &Plan,
        subjects: &[Subject<'_>],
        verdicts: &[Verdict],
    ) -> Result<Vec<Change>, EmitError> {
        let entries = verdicts.iter().filter_map(|verdict| verdict.entry.clone());
        let record = Record::new(entries, normalised(&plan.snapshot));
        let mut files: BTreeMap<RelPath, Option<String>> = recorded_files(&self.disk)?
            .into_iter()
            .map(|path| (path, None))
            .collect();
        files.insert(own("schema.json"), None);
        for (subject, verdict) in subjects.iter().zip(verdicts) {
            if subject.base.is_some() || verdict.base.is_some() {
                files.insert(base(subject.path), verdict.base.clone());
            }
        }
        files.extend(
            record
                .files(&plan.version)
                .into_iter()
                .map(|(path, text)| (path, Some(text))),
        );
        let mut changes = Vec::new();
        for (path, text) in files {
            let old = self.disk.read_own(&path)?;
            if old.as_deref().map(normal::unix) != text {
                changes.push(Change {
                    path,
                    old: old.map(String::into_bytes),
                    new: text.map(String::into_bytes),
                });
            }
        }
        Ok(changes)
    }
}

/// A verdict per subject, in order, and why Rust files are not formatted, if so.
fn judge(
    subjects: &[Subject<'_>],
    version: &str,
) -> Result<(Vec<Verdict>, Option<String>), EmitError> {
    let open: Vec<&PlannedFile> = subjects
        .iter()
        .filter(|subject| subject.settled().is_none())
        .filter_map(|subject| subject.planned)
        .collect();
    let (wanted, note) = prepare(&open)?;
    let mut wanted = wanted.into_iter();
    let verdicts = subjects
        .iter()
        .map(|subject| match (subject.settled(), subject.planned) {
            (Some(decision), _) => subject.settled_verdict(decision),
            (None, None) => subject.unplanned_verdict(),
            (None, Some(_)) => {
                let wanted = wanted
                    .next()
                    .expect("BUG: one text was prepared per open subject");
                subject.planned_verdict(&wanted, version)
            }
        })
        .collect();
    Ok((verdicts, note))
}

/// Where the last generated text of a co-owned file is kept.
fn base(path: &RelPath) -> RelPath {
    own("base").join(path)
}

/// An empty snapshot is none.
fn normalised(snapshot: &Value) -> Value {
    match snapshot {
        Value::Object(parts) if parts.is_empty() => Value::Null,
        other => other.clone(),
    }
}
