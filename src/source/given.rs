//! Looking around before a project is read: where it is, whether a folder is free, which specs a path names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::read::{PROJECT_FILES, SPECS, list_specs, read_text};
use super::{Format, Sources};
use crate::diagnostic::{Sink, call, source as report};

/// Whether `dir` holds a project file.
pub fn holds_project(dir: &Path) -> bool {
    PROJECT_FILES.iter().any(|name| dir.join(name).is_file())
}

/// `start`, or its nearest parent that holds a project file.
pub fn find_project(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    let mut dirs = start.ancestors();
    dirs.find(|dir| holds_project(dir)).map(Path::to_path_buf)
}

/// Whether a new project may go to `dir`: it is not there, or empty but for `.git`. Errors: it cannot be looked into.
pub fn is_vacant(dir: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    for entry in entries {
        if entry?.file_name() != ".git" {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Specs that somebody names by path, to be copied: files, or folders that hold a project file, `specs/` or features.
///
/// The texts are known under the paths as given. What is missing or cannot be read is reported to `sink`.
pub fn read_given(paths: &[PathBuf], sink: &mut Sink) -> Sources {
    let mut sources = Sources::default();
    for path in paths {
        let files = files_of(path, sink);
        if files.is_empty() && !sink.has_errors() {
            sink.push(call::no_specs_there(path));
        }
        for file in files {
            add(&mut sources, &file, sink);
        }
    }
    sources
}

fn files_of(path: &Path, sink: &mut Sink) -> Vec<String> {
    let shown = path.to_string_lossy().into_owned();
    if !path.is_dir() {
        return Format::of(&shown).map(|_| shown).into_iter().collect();
    }
    let project = PROJECT_FILES
        .iter()
        .filter(|name| path.join(name).is_file());
    let mut files: Vec<String> = project.map(|name| (*name).to_owned()).collect();
    files.extend(list_specs(path, SPECS, sink));
    if files.is_empty() {
        files = list_specs(path, ".", sink);
    }
    let shown = shown.trim_end_matches('/');
    files
        .into_iter()
        .map(|file| format!("{shown}/{file}"))
        .collect()
}

fn add(sources: &mut Sources, path: &str, sink: &mut Sink) {
    let Some(text) = read_text(Path::new(""), path, sink) else {
        return;
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    if !PROJECT_FILES.contains(&name) {
        sources.add_feature(path, text, sink);
    } else if let Some(first) = sources.project {
        let first = sources.map.file(first).path().to_owned();
        sink.push(report::several_project_files(&first, &[path]));
    } else {
        sources.project = Some(sources.map.add(path, text));
    }
}
