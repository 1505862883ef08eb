//! Every touch of the file system by `emit`, below one root and never through a symbolic link.
//!
//! Enters: validated paths. Leaves: bytes, or an error that names the path. A test can make the Nth change fail.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::EmitError;
use crate::plan::RelPath;

/// The folder that belongs to backgen inside a project.
pub(super) const HOME: &str = ".backgen";

/// The tree below one root.
#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
    /// Folders known to be real folders.
    real: RefCell<BTreeSet<PathBuf>>,
    #[cfg(test)]
    pub(super) fault: super::fault::Fault,
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entity {
    Absent,
    File {
        bytes: Vec<u8>,
    },
    /// A symbolic link, a folder, a device: never followed, never replaced.
    Foreign,
}

impl Disk {
    /// Opens the tree. Errors: `root` is not a folder.
    pub(super) fn open(root: &Path) -> Result<Self, EmitError> {
        let root = fs::canonicalize(root).map_err(EmitError::io("open the folder", root))?;
        if !root.is_dir() {
            return Err(EmitError::io("open the folder", &root)(
                io::ErrorKind::NotADirectory.into(),
            ));
        }
        Ok(Self {
            root,
            real: RefCell::default(),
            #[cfg(test)]
            fault: super::fault::Fault::default(),
        })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn at(&self, path: &RelPath) -> PathBuf {
        path.under(&self.root)
    }

    /// Called before every change.
    #[cfg(test)]
    fn change(&self) -> io::Result<()> {
        self.fault.step()
    }

    #[cfg(not(test))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the seam of the fault tests"
    )]
    fn change(&self) -> io::Result<()> {
        Ok(())
    }

    /// Proves that the folders above `path` are real, as far as they exist. Errors: a link or a file among them.
    pub(super) fn check_parents(&self, path: &RelPath) -> Result<(), EmitError> {
        for folder in path.ancestors() {
            let at = self.root.join(folder);
            if self.real.borrow().contains(&at) {
                continue;
            }
            match fs::symlink_metadata(&at) {
                Ok(meta) if meta.is_dir() => drop(self.real.borrow_mut().insert(at)),
                Ok(meta) => {
                    let reason = if meta.is_symlink() {
                        "is a symbolic link"
                    } else {
                        "is not a folder"
                    };
                    return Err(EmitError::Blocked {
                        path: path.clone(),
                        at,
                        reason,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                Err(error) => return Err(EmitError::io("look at", &at)(error)),
            }
        }
        Ok(())
    }

    /// Reads what stands at `path`.
    pub(super) fn read(&self, path: &RelPath) -> Result<Entity, EmitError> {
        self.check_parents(path)?;
        let at = self.at(path);
        match self.metadata(path)? {
            None => Ok(Entity::Absent),
            Some(meta) if !meta.is_file() => Ok(Entity::Foreign),
            Some(_) => fs::read(&at)
                .map(|bytes| Entity::File { bytes })
                .map_err(EmitError::io("read", &at)),
        }
    }

    /// Reads a text file of backgen's own; None if absent.
    pub(super) fn read_own(&self, path: &RelPath) -> Result<Option<String>, EmitError> {
        let fault = |reason: &str| EmitError::Record {
            path: self.at(path),
            line: None,
            reason: reason.to_owned(),
        };
        match self.read(path)? {
            Entity::Absent => Ok(None),
            Entity::Foreign => Err(fault("is not a file")),
            Entity::File { bytes } => String::from_utf8(bytes)
                .map(Some)
                .map_err(|_| fault("is not UTF-8 text")),
        }
    }

    pub(super) fn metadata(&self, path: &RelPath) -> Result<Option<Metadata>, EmitError> {
        let at = self.at(path);
        match fs::symlink_metadata(&at) {
            Ok(meta) => Ok(Some(meta)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(EmitError::io("look at", &at)(error)),
        }
    }

    /// The files in a folder, sorted by name; none if it is absent. Names that no plan could hold are skipped.
    pub(super) fn list(&self, folder: &RelPath) -> Result<Vec<RelPath>, EmitError> {
        self.check_parents(&below(folder, "x"))?;
        let at = self.at(folder);
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(EmitError::io("list", &at)(error)),
        };
        let mut found = Vec::new();
        for entry in entries {
            let name = entry.map_err(EmitError::io("list", &at))?.file_name();
            found.extend(
                name.to_str()
                    .and_then(|name| RelPath::new(format!("{folder}/{name}")).ok()),
            );
        }
        found.sort();
        Ok(found)
    }

    /// Makes the folders above `path`.
    pub(super) fn make_parents(&self, path: &RelPath) -> Result<(), EmitError> {
        self.check_parents(path)?;
        let Some(parent) = path.ancestors().last().map(|folder| self.root.join(folder)) else {
            return Ok(());
        };
        if self.real.borrow().contains(&parent) {
            return Ok(());
        }
        self.change()
            .and_then(|()| fs::create_dir_all(&parent))
            .map_err(EmitError::io("make the folder", &parent))?;
        self.check_parents(path)
    }

    /// Writes a new file. `durable` forces it to the disk before returning.
    pub(super) fn write(
        &self,
        path: &RelPath,
        bytes: &[u8],
        permissions: Option<Permissions>,
        durable: bool,
    ) -> Result<(), EmitError> {
        self.make_parents(path)?;
        let at = self.at(path);
        let write = || {
            self.change()?;
            let mut file = File::create(&at)?;
            self.change()?;
            file.write_all(bytes)?;
            if let Some(permissions) = permissions {
                file.set_permissions(permissions)?;
            }
            if durable { file.sync_all() } else { Ok(()) }
        };
        write().map_err(EmitError::io("write", &at))
    }

    pub(super) fn rename(&self, from: &RelPath, to: &RelPath) -> Result<(), EmitError> {
        self.make_parents(to)?;
        let to = self.at(to);
        self.change()
            .and_then(|()| fs::rename(self.at(from), &to))
            .map_err(EmitError::io("move a file to", &to))
    }

    /// A second name for a file, or a copy where the file system has no hard links.
    pub(super) fn link(&self, from: &RelPath, to: &RelPath) -> Result<(), EmitError> {
        self.make_parents(to)?;
        let (from, to) = (self.at(from), self.at(to));
        self.change()
            .and_then(|()| fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)))
            .map_err(EmitError::io("keep a copy of", &from))
    }

    /// Removes a file; absent is fine.
    pub(super) fn remove(&self, path: &RelPath) -> Result<(), EmitError> {
        self.check_parents(path)?;
        let at = self.at(path);
        match self.change().and_then(|()| fs::remove_file(&at)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(EmitError::io("remove", &at)(error))
            }
            _ => Ok(()),
        }
    }

    /// Removes the folders above `path` from the inside out, as long as they are empty. Best effort.
    pub(super) fn remove_empty_parents(&self, path: &RelPath) {
        let mut folders: Vec<&str> = path.ancestors().collect();
        while let Some(folder) = folders.pop() {
            let at = self.root.join(folder);
            self.real.borrow_mut().remove(&at);
            if fs::remove_dir(&at).is_err() {
                return;
            }
        }
    }

    /// Removes a folder of backgen's own with all that is in it; absent is fine.
    pub(super) fn remove_own_folder(&self, folder: &RelPath) -> Result<(), EmitError> {
        self.check_parents(folder)?;
        let at = self.at(folder);
        self.real
            .borrow_mut()
            .retain(|known| !known.starts_with(&at));
        match self.change().and_then(|()| fs::remove_dir_all(&at)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(EmitError::io("remove", &at)(error))
            }
            _ => Ok(()),
        }
    }

    /// Forces the entries of a folder to the disk, where the system can. Best effort: not every file system can.
    pub(super) fn sync_folder(&self, folder: &RelPath) {
        if let Ok(handle) = File::open(self.at(folder)) {
            drop(handle.sync_all());
        }
    }
}

/// `name` in `folder`; both are backgen's own words.
pub(super) fn below(folder: &RelPath, name: &str) -> RelPath {
    RelPath::new(format!("{folder}/{name}"))
        .expect("BUG: the names of backgen's own files are valid")
}

/// A path in `.backgen/`.
pub(super) fn own(name: &str) -> RelPath {
    RelPath::new(format!("{HOME}/{name}")).expect("BUG: the names of backgen's own files are valid")
}

/// `.backgen/` itself.
pub(super) fn home() -> RelPath {
    RelPath::new(HOME).expect("BUG: the name of backgen's own folder is valid")
}
