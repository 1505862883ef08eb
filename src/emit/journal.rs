//! Changes many files as one: after a kill at any point the next run finds exactly the old or the new tree.
//!
//! Enters: changes (path, old digest, new bytes), complete in memory. Order: every new text goes to `.backgen/staging/`;
//! the journal names every change and is forced to the disk; each file is renamed into place, the old one kept under a
//! second name; the journal goes. Before the journal exists nothing has changed; from then on `recover` goes forward.
//! An error on the way is undone at once.
//!
//! Against a crash of the whole machine (not only of the process), the journal and the staging folder are synced, and
//! the texts one by one if there are few: 3,000 syncs would cost seconds, and what a bulk run lost, the digests in the
//! journal show and backgen can write again.

use serde::{Deserialize, Serialize};

use super::EmitError;
use super::disk::{Disk, Entity, below, home, own};
use super::normal::hex;
use crate::plan::RelPath;

/// Up to so many changed files are synced one by one.
const SYNC_EACH_UP_TO: usize = 64;

/// One file to write or remove.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) path: RelPath,
    /// What stands there now; None = nothing.
    pub(super) old: Option<Vec<u8>>,
    /// What is to stand there; None = nothing.
    pub(super) new: Option<Vec<u8>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    steps: Vec<Step>,
}

/// A change by its digests. Its number names its files in the staging folder.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    path: RelPath,
    old: Option<String>,
    new: Option<String>,
}

/// Where a step stands on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// As before the run.
    Old,
    /// As after the run.
    New,
    /// Between two renames: nothing is there, though both before and after something is.
    Between,
    /// Someone else was here.
    Other,
}

fn journal_path() -> RelPath {
    own("journal.json")
}

fn staging() -> RelPath {
    own("staging")
}

fn fresh(number: usize) -> RelPath {
    below(&staging(), &format!("new-{number}"))
}

fn kept(number: usize) -> RelPath {
    below(&staging(), &format!("old-{number}"))
}

/// Makes all changes or none. Errors: the disk, or a file that changed since it was read; the tree is then as before,
/// or the next run finishes the change.
pub(super) fn commit(disk: &Disk, changes: &[Change]) -> Result<(), EmitError> {
    if changes.is_empty() {
        return Ok(());
    }
    let digest = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(hex);
    let steps = changes
        .iter()
        .map(|change| Step {
            path: change.path.clone(),
            old: digest(&change.old),
            new: digest(&change.new),
        })
        .collect();
    let journal = Journal { steps };
    if let Err(error) = prepare(disk, changes, &journal) {
        // Nothing has changed yet. What cannot be cleaned up now, the next run discards.
        drop(disk.remove_own_folder(&staging()));
        return Err(error);
    }
    for (number, step) in journal.steps.iter().enumerate() {
        if let Err(error) = forward(disk, number, step) {
            if (0..=number)
                .rev()
                .all(|number| back(disk, number, &journal.steps[number]).is_ok())
            {
                drop(finish(disk));
            }
            return Err(error);
        }
    }
    finish(disk)
}

fn prepare(disk: &Disk, changes: &[Change], journal: &Journal) -> Result<(), EmitError> {
    let durable = changes.len() <= SYNC_EACH_UP_TO;
    for (number, change) in changes.iter().enumerate() {
        disk.check_parents(&change.path)?;
        if let Some(bytes) = &change.new {
            let permissions = disk.metadata(&change.path)?.map(|meta| meta.permissions());
            disk.write(&fresh(number), bytes, permissions, durable)?;
        }
    }
    let text = serde_json::to_vec(journal).expect("BUG: a journal is plain data");
    let draft = below(&staging(), "journal");
    disk.write(&draft, &text, None, true)?;
    disk.sync_folder(&staging());
    disk.rename(&draft, &journal_path())?;
    disk.sync_folder(&home());
    Ok(())
}

/// True if an interrupted run is to be finished.
pub(super) fn pending(disk: &Disk) -> Result<bool, EmitError> {
    Ok(disk.metadata(&journal_path())?.is_some())
}

/// Finishes an interrupted run, or undoes it where its staged texts are gone. Needs the lock.
pub(super) fn recover(disk: &Disk) -> Result<(), EmitError> {
    let path = journal_path();
    let Some(text) = disk.read_own(&path)? else {
        return disk.remove_own_folder(&staging());
    };
    let journal: Journal = serde_json::from_str(&text).map_err(|error| EmitError::Record {
        path: disk.at(&path),
        line: Some(error.line()),
        reason: format!("is not a journal that backgen wrote: {error}"),
    })?;
    let mut possible = true;
    for (number, step) in journal.steps.iter().enumerate() {
        let lacking = step.new.is_some() && stands(disk, &fresh(number))? != step.new;
        possible &= !(lacking && matches!(state(disk, step)?, State::Old | State::Between));
    }
    for (number, step) in journal.steps.iter().enumerate() {
        match (possible, state(disk, step)?) {
            // A person's change since then stays; the next comparison reports it.
            (_, State::Other) => {}
            (true, _) => forward(disk, number, step)?,
            (false, _) => back(disk, number, step)?,
        }
    }
    finish(disk)
}

fn finish(disk: &Disk) -> Result<(), EmitError> {
    disk.remove(&journal_path())?;
    // From here on the run is over; a rest of the staging folder is discarded by the next one.
    drop(disk.remove_own_folder(&staging()));
    Ok(())
}

/// The digest of what stands at `path`; a link or folder has none that a journal could hold.
fn stands(disk: &Disk, path: &RelPath) -> Result<Option<String>, EmitError> {
    Ok(match disk.read(path)? {
        Entity::Absent => None,
        Entity::File { bytes } => Some(hex(&bytes)),
        Entity::Foreign => Some("not a file".to_owned()),
    })
}

fn state(disk: &Disk, step: &Step) -> Result<State, EmitError> {
    let now = stands(disk, &step.path)?;
    Ok(match now {
        now if now == step.new => State::New,
        now if now == step.old => State::Old,
        None => State::Between,
        Some(_) => State::Other,
    })
}

/// Brings one step to its new state.
fn forward(disk: &Disk, number: usize, step: &Step) -> Result<(), EmitError> {
    let state = state(disk, step)?;
    match state {
        State::New => return Ok(()),
        State::Other => {
            let reason = "was changed while backgen was at work";
            return Err(EmitError::Blocked {
                path: step.path.clone(),
                at: disk.at(&step.path),
                reason,
            });
        }
        State::Old | State::Between => {}
    }
    if step.old.is_some() && state == State::Old && stands(disk, &kept(number))? != step.old {
        disk.remove(&kept(number))?;
        disk.link(&step.path, &kept(number))?;
    }
    if step.new.is_some() {
        disk.rename(&fresh(number), &step.path)
    } else {
        disk.remove(&step.path)?;
        disk.remove_empty_parents(&step.path);
        Ok(())
    }
}

/// Brings one step back to its old state; the new text returns to the staging folder, so that going forward stays
/// possible until the journal is gone.
fn back(disk: &Disk, number: usize, step: &Step) -> Result<(), EmitError> {
    match state(disk, step)? {
        State::Old | State::Other => return Ok(()),
        State::New if step.new.is_some() => disk.rename(&step.path, &fresh(number))?,
        State::New | State::Between => {}
    }
    if step.old.is_some() {
        return disk.rename(&kept(number), &step.path);
    }
    disk.remove_empty_parents(&step.path);
    Ok(())
}
