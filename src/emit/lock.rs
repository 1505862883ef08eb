//! One writer at a time: an advisory lock on `.backgen/lock`, which the system drops when its holder dies.
//!
//! Enters: the tree and how long to wait. Leaves: a guard. The file holds the process id of the holder, for messages.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::thread;
use std::time::{Duration, Instant};

use super::EmitError;
use super::disk::{Disk, own};

/// How long a run waits for another one.
pub struct Wait<'a> {
    /// Give up after this time.
    pub at_most: Duration,
    /// Called once, with one sentence, when waiting begins.
    pub tell: &'a mut dyn FnMut(&str),
}

const PAUSE: Duration = Duration::from_millis(20);

/// Holds the lock until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Takes the lock. Errors: it is held for longer than `wait.at_most`, or the file cannot be opened.
pub(super) fn lock(disk: &Disk, wait: &mut Wait<'_>) -> Result<Lock, EmitError> {
    let path = own("lock");
    disk.make_parents(&path)?;
    disk.read(&path)?;
    let at = disk.at(&path);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&at)
        .map_err(EmitError::io("open", &at))?;
    let started = Instant::now();
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(EmitError::io("lock", &at)(error)),
        }
        let holder = holder(&mut file);
        if started.elapsed() >= wait.at_most {
            return Err(EmitError::Locked {
                root: disk.root().to_path_buf(),
                holder,
                waited_secs: started.elapsed().as_secs(),
            });
        }
        if !std::mem::replace(&mut told, true) {
            (wait.tell)(&crate::diagnostic::emit::waiting(disk.root(), holder));
        }
        thread::sleep(PAUSE);
    }
    let stamp = |file: &mut File| {
        file.rewind()?;
        file.set_len(0)?;
        writeln!(file, "{}", std::process::id())
    };
    stamp(&mut file).map_err(EmitError::io("write", &at))?;
    Ok(Lock { _file: file })
}

/// The process that holds the lock, if its file can be read while locked (not on Windows).
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
