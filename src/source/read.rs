//! The walk over a project folder: one project file, and the features in `specs/`.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::{FileId, Format, SourceMap};
use crate::diagnostic::{Sink, source as report};

/// The largest spec that is read; a larger one is refused unread.
pub const MAX_FILE_BYTES: u64 = 1024 * 1024;
/// The most features that a project may have.
pub const MAX_FEATURES: usize = 2_000;
/// The most bytes that all features of a project may have together.
pub const MAX_PROJECT_BYTES: usize = 64 * 1024 * 1024;
/// The longest name of a feature, in bytes.
const MAX_NAME_BYTES: usize = 48;

pub const PROJECT_FILES: [&str; 3] = ["backgen.yaml", "backgen.yml", "backgen.toml"];
pub(super) const SPECS: &str = "specs";

/// One feature's text; its name is the file's stem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureFile {
    pub name: String,
    pub file: FileId,
}

/// What a project consists of, read but not yet parsed.
#[derive(Debug, Default)]
pub struct Sources {
    pub map: SourceMap,
    pub project: Option<FileId>,
    /// In the order of their names.
    pub features: Vec<FeatureFile>,
}

impl Sources {
    /// A project that lives in memory; `features` are pairs of path (`specs/catalog.yaml`) and text.
    pub fn in_memory<'a>(
        project: (&str, &str),
        features: impl IntoIterator<Item = (&'a str, &'a str)>,
        sink: &mut Sink,
    ) -> Self {
        let mut sources = Self::default();
        sources.project = Some(sources.map.add(project.0, project.1));
        let mut files: Vec<_> = features.into_iter().collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        for (path, text) in files {
            sources.add_feature(path, text.to_owned(), sink);
        }
        sources
    }

    /// Adds a feature that is not on disk yet.
    pub fn add(&mut self, path: &str, text: String, sink: &mut Sink) {
        self.add_feature(path, text, sink);
        self.features.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Keeps the text and, where its name may be a feature's, lists it as one.
    pub(super) fn add_feature(&mut self, path: &str, text: String, sink: &mut Sink) {
        let stem = stem(path);
        let file = self.map.add(path, text);
        if !is_feature_name(stem) {
            sink.push(report::bad_feature_name(path, stem, MAX_NAME_BYTES));
        } else if let Some(first) = self.features.iter().find(|feature| feature.name == stem) {
            sink.push(report::feature_in_two_files(
                stem,
                path,
                self.map.file(first.file).path(),
            ));
        } else {
            self.features.push(FeatureFile {
                name: stem.to_owned(),
                file,
            });
        }
    }
}

/// Reads the project file and all of `specs/` under `dir`.
///
/// Whatever cannot be read is reported to `sink` and left out. Symbolic links to ordinary files are followed;
/// sub-folders of `specs/` are not entered.
pub fn read_project(dir: &Path, sink: &mut Sink) -> Sources {
    let mut sources = Sources::default();
    let found: Vec<&str> = PROJECT_FILES
        .into_iter()
        .filter(|name| dir.join(name).symlink_metadata().is_ok())
        .collect();
    match found.as_slice() {
        [] => sink.push(report::no_project_file(&PROJECT_FILES)),
        [name] => {
            if let Some(text) = read_text(dir, name, sink) {
                sources.project = Some(sources.map.add(*name, text));
            }
        }
        [first, others @ ..] => sink.push(report::several_project_files(first, others)),
    }
    let mut left = MAX_PROJECT_BYTES;
    for path in list_specs(dir, SPECS, sink) {
        let Some(text) = read_text(dir, &path, sink) else {
            continue;
        };
        let Some(rest) = left.checked_sub(text.len()) else {
            sink.push(report::project_too_large(&path, MAX_PROJECT_BYTES));
            break;
        };
        left = rest;
        sources.add_feature(&path, text, sink);
    }
    sources
}

/// The paths of all specs in `folder`, sorted; a project without the folder has none.
pub(super) fn list_specs(dir: &Path, folder: &str, sink: &mut Sink) -> Vec<String> {
    let entries = match fs::read_dir(dir.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            sink.push(report::unreadable(folder, &error));
            return Vec::new();
        }
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                // Editors keep swap and lock files beside the real ones; their names begin with a dot.
                if !name.starts_with('.') && Format::of(&name).is_some() {
                    paths.push(format!("{folder}/{name}"));
                }
            }
            Err(error) => sink.push(report::unreadable(folder, &error)),
        }
    }
    paths.sort_unstable();
    if paths.len() > MAX_FEATURES {
        sink.push(report::too_many_features(folder, paths.len(), MAX_FEATURES));
        paths.clear();
    }
    paths
}

/// The text of one file without its byte order mark, or a report why not.
pub(super) fn read_text(dir: &Path, path: &str, sink: &mut Sink) -> Option<String> {
    let read = || -> std::io::Result<Option<Vec<u8>>> {
        let full = dir.join(path);
        // Opening a pipe would wait for its writer for ever.
        if !fs::metadata(&full)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        fs::File::open(&full)?
            .take(MAX_FILE_BYTES + 1)
            .read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    };
    let bytes = match read() {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            sink.push(report::not_a_file(path));
            return None;
        }
        Err(error) => {
            sink.push(report::unreadable(path, &error));
            return None;
        }
    };
    if bytes.len() as u64 > MAX_FILE_BYTES {
        sink.push(report::too_large(path, MAX_FILE_BYTES));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(
            text.strip_prefix('\u{feff}')
                .map_or_else(|| text.clone(), str::to_owned),
        ),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            sink.push(report::not_utf8(path, line));
            None
        }
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn is_feature_name(stem: &str) -> bool {
    let mut bytes = stem.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && stem.len() <= MAX_NAME_BYTES
}
