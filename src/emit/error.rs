//! Why a run could not go on. The tree is as it was before, or the next run brings it there.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::plan::RelPath;

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
    Gate {
        path: RelPath,
        line: Option<usize>,
        reason: String,
    },
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

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at =
            |line: &Option<usize>| line.map(|line| format!(" line {line}")).unwrap_or_default();
        match self {
            Self::Io {
                doing,
                path,
                source,
            } => write!(f, "could not {doing} `{}`: {source}", path.display()),
            Self::Blocked { path, at, reason } => {
                write!(f, "`{path}` was not written: `{}` {reason}", at.display())
            }
            Self::Locked {
                root,
                holder,
                waited_secs,
            } => {
                let holder = holder
                    .map(|pid| format!(" (process {pid})"))
                    .unwrap_or_default();
                write!(
                    f,
                    "another backgen{holder} has been at work in `{}` for {waited_secs} s",
                    root.display()
                )
            }
            Self::Record { path, line, reason } => {
                write!(f, "`{}`{} {reason}", path.display(), at(line))
            }
            Self::Newer { path, theirs, ours } => {
                write!(
                    f,
                    "`{}` was written by backgen {theirs}, and this is {ours}",
                    path.display()
                )
            }
            Self::Gate { path, line, reason } => {
                write!(
                    f,
                    "this is a bug in backgen: it rendered `{path}`, which does not parse{}: {reason}",
                    at(line)
                )
            }
        }
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
