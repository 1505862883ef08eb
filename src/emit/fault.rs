//! Test only: makes the Nth change of the disk fail, or ends the process there.

use std::cell::Cell;
use std::io;

/// What happens at the chosen change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The disk is full at this change only.
    Once,
    /// The disk is full from here on.
    FromHere,
    /// The disk is full at this change and from the nth after it on: the second time hits the undoing of the first.
    Again(usize),
    /// The process ends at once, as with kill -9.
    Kill,
}

#[derive(Debug, Default)]
pub(super) struct Fault {
    plan: Cell<Option<(usize, Kind)>>,
    seen: Cell<usize>,
}

impl Fault {
    /// Arms the fault at change `at`, the first being 0, and counts from here.
    pub(super) fn arm(&self, at: usize, kind: Kind) {
        self.seen.set(0);
        self.plan.set(Some((at, kind)));
    }

    /// Changes since `arm`.
    pub(super) fn seen(&self) -> usize {
        self.seen.get()
    }

    pub(super) fn step(&self) -> io::Result<()> {
        let now = self.seen.get();
        self.seen.set(now + 1);
        match self.plan.get() {
            Some((at, Kind::Once)) if now == at => Err(io::ErrorKind::StorageFull.into()),
            Some((at, Kind::FromHere)) if now >= at => Err(io::ErrorKind::StorageFull.into()),
            Some((at, Kind::Again(gap))) if now == at || now >= at + gap => {
                Err(io::ErrorKind::StorageFull.into())
            }
            Some((at, Kind::Kill)) if now == at => std::process::abort(),
            _ => Ok(()),
        }
    }
}
