//! Finds and reads spec files.
//!
//! Enters: a project folder (or texts given in memory). Leaves: a [`SourceMap`] that owns every text, and [`Sources`], which
//! says which text is the project file and which are features. Beside `emit`, this is the only reader of disk.
//! Deliberately absent: any look inside a text; that is `parse`.

mod given;
mod map;
mod read;

pub use given::{find_project, holds_project, is_vacant, read_given};
pub use map::{FileId, Position, SourceFile, SourceMap, Span};
pub use read::{
    FeatureFile, MAX_FEATURES, MAX_FILE_BYTES, MAX_PROJECT_BYTES, PROJECT_FILES, Sources,
    read_project,
};

/// The notation of a file, known from its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Yaml,
    Toml,
}

impl Format {
    /// The notation that a file name's extension announces, in any letter case.
    pub fn of(path: &str) -> Option<Self> {
        let extension = path.rsplit_once('.')?.1;
        if extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml") {
            Some(Self::Yaml)
        } else if extension.eq_ignore_ascii_case("toml") {
            Some(Self::Toml)
        } else {
            None
        }
    }
}
