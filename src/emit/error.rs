//! Why a run could not go on. The tree is as it was before, or the next run brings it there.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, emit};
use crate::plan::RelPath;
use crate::render::GateError;

#[derive(Debug)]
pub enum EmitError {
    /// The disk said no.
    Io {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    /// A folder on the way to a planned file is a symbolic link, or a file.
    Blocked {
        path: RelPath,
        at: PathBuf,
        reason: &'static str,
    },
    /// Another run holds the lock for too long.
    Locked {
        root: PathBuf,
        holder: Option<u32>,
        waited_secs: u64,
    },
    /// A file of `.backgen/` cannot be understood.
    Record {
        path: PathBuf,
        line: Option<usize>,
        reason: String,
    },
    /// The tree was last written by a newer backgen.
    Newer {
        path: PathBuf,
        theirs: String,
        ours: String,
    },
    /// BUG class: a file that backgen rendered does not parse.
    Gate { path: RelPath, error: GateError },
}

impl EmitError {
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io {
            doing,
            path,
            source,
        }
    }
}

impl EmitError {
    /// What to tell people.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Io {
                doing,
                path,
                source,
            } => emit::disk_refused(doing, path, source),
            Self::Blocked { path, at, reason } => emit::path_blocked(path, at, reason),
            Self::Locked {
                root,
                holder,
                waited_secs,
            } => emit::tree_locked(root, *holder, *waited_secs),
            Self::Record { path, line, reason } => emit::record_unreadable(path, *line, reason),
            Self::Newer { path, theirs, ours } => emit::record_newer(path, theirs, ours),
            Self::Gate { path, error } => {
                emit::defect(&format!("`{path}` as rendered does not parse: {error}"))
            }
        }
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.diagnostic().message())
    }
}

impl std::error::Error for EmitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
