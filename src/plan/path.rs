//! A path that is safe to join to the project's folder on every system.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A validated relative path with forward slashes: no `..`, no empty segment, nothing that Windows reads as a device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(String);

/// Why a path was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    pub path: String,
    pub reason: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` cannot be a path in the project: {}",
            self.path.escape_debug(),
            self.reason
        )
    }
}

impl std::error::Error for PathError {}

/// Most bytes in one segment (the limit of ext4, APFS and NTFS) and in the whole path (room for the project's folder
/// within Linux' 4096).
const SEGMENT_MAX: usize = 255;
const PATH_MAX: usize = 1024;

const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

impl RelPath {
    /// Checks `path`. Errors: the first rule that it breaks.
    pub fn new(path: impl Into<String>) -> Result<Self, PathError> {
        let path = path.into();
        let reason = if path.len() > PATH_MAX {
            Some("it is longer than 1024 bytes")
        } else {
            path.split('/').find_map(segment_fault)
        };
        match reason {
            Some(reason) => Err(PathError { path, reason }),
            None => Ok(Self(path)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place below `root`.
    pub fn under(&self, root: &Path) -> PathBuf {
        self.0
            .split('/')
            .fold(root.to_path_buf(), |folder, segment| folder.join(segment))
    }

    /// `path` below this one. Both are valid, and so is the result, though it may be longer than a planned path.
    pub(crate) fn join(&self, path: &RelPath) -> Self {
        Self(format!("{}/{}", self.0, path.0))
    }

    /// The folders that hold the file, outermost first, without the root.
    pub fn ancestors(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// The extension in lower case, or "".
    pub fn extension(&self) -> String {
        let name = self.0.rsplit('/').next().unwrap_or(&self.0);
        name.rsplit_once('.')
            .map(|(_, extension)| extension.to_lowercase())
            .unwrap_or_default()
    }
}

fn segment_fault(segment: &str) -> Option<&'static str> {
    if segment.is_empty() {
        return Some("a segment is empty");
    }
    if segment == "." || segment == ".." {
        return Some("`.` and `..` may leave the project");
    }
    if segment.len() > SEGMENT_MAX {
        return Some("a segment is longer than 255 bytes");
    }
    if segment
        .chars()
        .any(|c| c.is_control() || r#"\:*?"<>|"#.contains(c))
    {
        return Some("it holds a character that not every system allows");
    }
    if segment.chars().any(|c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')) {
        return Some("it holds an invisible character");
    }
    if segment.ends_with('.') || segment.ends_with(' ') || segment.starts_with(' ') {
        return Some("a segment starts with a space or ends with a dot or space");
    }
    let stem = segment
        .split('.')
        .next()
        .unwrap_or(segment)
        .trim_end()
        .to_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.chars().count() == 1 && "0123456789¹²³".contains(rest))
    };
    if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        return Some("a segment is the name of a device on Windows");
    }
    None
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RelPath {
    type Error = PathError;

    fn try_from(path: String) -> Result<Self, PathError> {
        Self::new(path)
    }
}

impl From<RelPath> for String {
    fn from(path: RelPath) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_paths_are_refused() {
        let long = "a".repeat(256);
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "C:/x",
            "CON",
            "src/nul.rs",
            "com1.txt",
            "LPT9",
            "com².rs",
            "a\0b",
            "a\u{202e}b",
            "a\nb",
            "a ",
            "a.",
            " a",
            "what?",
            "\\\\host\\share",
            &long,
        ] {
            assert!(RelPath::new(path).is_err(), "{path:?} was accepted");
        }
    }

    #[test]
    fn ordinary_paths_are_accepted() {
        for path in [
            "Cargo.toml",
            ".github/workflows/ci.yml",
            "src/features/com_x/mod.rs",
            "src/console.rs",
            "a/ö.md",
        ] {
            assert!(RelPath::new(path).is_ok(), "{path} was refused");
        }
        let path = RelPath::new("a/b/c.RS").unwrap();
        assert_eq!(path.ancestors().collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(path.extension(), "rs");
    }
}
