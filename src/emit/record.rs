//! What backgen remembers about the tree, in `.backgen/`: one JSON file per feature and one for the project.
//!
//! Enters: those files. Leaves: entries by path, and the same files again, one line per entry so that git can merge
//! them. A record that cannot be read stops the run: without it no file could be told from a person's.

use std::collections::BTreeMap;
use std::iter;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::EmitError;
use super::compare::found;
use super::decide::Found;
use super::disk::{Disk, Entity, own};
use super::snapshot;
use crate::plan::{Owner, RelPath};

/// Grows when an older backgen could no longer read the files.
const FORMAT: u32 = 1;

/// One file that backgen wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: RelPath,
    pub(super) owner: Owner,
    /// SHA-256 of the normal form of what backgen wrote.
    pub(super) hash: String,
    /// Digest of the bytes that backgen wrote. Saves computing the normal form.
    pub(super) bytes: String,
    /// Digest of the planned text before formatting. Saves formatting.
    pub(super) source: String,
    /// The backgen that wrote it.
    pub(super) version: String,
    /// Known from the name of the record's file.
    #[serde(skip)]
    pub(super) feature: Option<String>,
}

/// All entries and the schema snapshot.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Record {
    pub(super) entries: BTreeMap<RelPath, Entry>,
    /// More entries for a path, where git could not merge two branches' records.
    rivals: BTreeMap<RelPath, Vec<Entry>>,
    pub(super) snapshot: Value,
}

#[derive(Deserialize)]
struct RecordFile {
    format: u32,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    files: Vec<Option<Entry>>,
}

/// Only the format, to tell "newer" from "broken".
#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

impl Record {
    pub(super) fn new(entries: impl IntoIterator<Item = Entry>, snapshot: Value) -> Self {
        let entries = entries
            .into_iter()
            .map(|entry| (entry.path.clone(), entry))
            .collect();
        Self {
            entries,
            snapshot,
            rivals: BTreeMap::new(),
        }
    }

    /// Reads `.backgen/`. `ours` is the version of this backgen. Errors: a file that is broken or from a newer backgen.
    pub(super) fn read(disk: &Disk, ours: &str) -> Result<Self, EmitError> {
        let mut record = Self::default();
        let project = own("project.json");
        if let Some(text) = disk.read_own(&project)? {
            record.take(disk, &project, &text, None, ours)?;
        }
        for path in json_files(disk, "features")? {
            if let Some(text) = disk.read_own(&path)? {
                let feature = stem(&path).to_owned();
                record.take(disk, &path, &text, Some(feature), ours)?;
            }
        }
        record.snapshot = snapshot::read(disk)?;
        Ok(record)
    }

    fn take(
        &mut self,
        disk: &Disk,
        path: &RelPath,
        text: &str,
        feature: Option<String>,
        ours: &str,
    ) -> Result<(), EmitError> {
        let text = &both_sides(text);
        let fault = |error: &serde_json::Error| fault(disk, path, text, error);
        let format = serde_json::from_str::<FormatOnly>(text)
            .map_err(|error| fault(&error))?
            .format;
        if format > FORMAT {
            return Err(newer(disk, path, "with another record format", ours));
        }
        let file: RecordFile = serde_json::from_str(text).map_err(|error| fault(&error))?;
        if let Some(theirs) = file
            .version
            .as_deref()
            .filter(|theirs| number(theirs) > number(ours))
        {
            return Err(newer(disk, path, theirs, ours));
        }
        debug_assert_eq!(file.format, format);
        for entry in file.files.into_iter().flatten() {
            let entry = Entry {
                feature: feature.clone(),
                ..entry
            };
            match self.entries.get(&entry.path) {
                Some(_) => self
                    .rivals
                    .entry(entry.path.clone())
                    .or_default()
                    .push(entry),
                None => drop(self.entries.insert(entry.path.clone(), entry)),
            }
        }
        Ok(())
    }

    /// The entry for `path`; of rivals, the one that knows what stands there.
    pub(super) fn entry(&self, path: &RelPath, disk: &Entity) -> Option<&Entry> {
        let first = self.entries.get(path)?;
        let knows = |entry: &&Entry| {
            matches!(
                found(path, Some(entry), disk),
                Found::Pristine | Found::Reformatted
            )
        };
        match self.rivals.get(path) {
            None => Some(first),
            Some(rivals) => Some(iter::once(first).chain(rivals).find(knows).unwrap_or(first)),
        }
    }

    /// The files that hold this record, by path.
    pub(super) fn files(&self, version: &str) -> BTreeMap<RelPath, String> {
        let mut by_feature: BTreeMap<Option<&str>, Vec<&Entry>> = BTreeMap::new();
        by_feature.insert(None, Vec::new());
        for entry in self.entries.values() {
            by_feature
                .entry(entry.feature.as_deref())
                .or_default()
                .push(entry);
        }
        let mut files = BTreeMap::new();
        for (feature, entries) in by_feature {
            let path = feature.map_or_else(
                || own("project.json"),
                |feature| own(&format!("features/{feature}.json")),
            );
            files.insert(path, print(&entries, feature.is_none().then_some(version)));
        }
        files.extend(snapshot::files(&self.snapshot));
        files.insert(
            own(".gitignore"),
            "/lock\n/staging/\n/journal.json\n".to_owned(),
        );
        files
    }
}

/// The lines of both branches, where git left conflict markers: every entry is a line of its own.
fn both_sides(text: &str) -> String {
    if !text.lines().any(|line| line.starts_with("<<<<<<< ")) {
        return text.to_owned();
    }
    let (mut out, mut in_base) = (String::new(), false);
    for line in text.lines() {
        if line.starts_with("||||||| ") {
            in_base = true;
        } else if line == "=======" {
            in_base = false;
        } else if !in_base && !line.starts_with("<<<<<<< ") && !line.starts_with(">>>>>>> ") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The folders of `.backgen/` whose files all belong to the record.
pub(super) fn recorded_files(disk: &Disk) -> Result<Vec<RelPath>, EmitError> {
    let mut files = json_files(disk, "features")?;
    files.extend(json_files(disk, "schema")?);
    Ok(files)
}

pub(super) fn json_files(disk: &Disk, folder: &str) -> Result<Vec<RelPath>, EmitError> {
    let mut files = disk.list(&own(folder))?;
    files.retain(|path| path.extension() == "json");
    Ok(files)
}

pub(super) fn stem(path: &RelPath) -> &str {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".json").unwrap_or(name)
}

/// One line per entry; the closing `null` keeps every entry's line the same wherever it stands.
fn print(entries: &[&Entry], version: Option<&str>) -> String {
    let mut out = format!("{{\n\"format\": {FORMAT},\n");
    if let Some(version) = version {
        out.push_str(&format!("\"version\": {},\n", Value::from(version)));
    }
    out.push_str("\"files\": [\n");
    for entry in entries {
        out.push_str(&serde_json::to_string(entry).expect("BUG: an entry is plain data"));
        out.push_str(",\n");
    }
    out.push_str("null\n]\n}\n");
    out
}

pub(super) fn fault(
    disk: &Disk,
    path: &RelPath,
    text: &str,
    error: &serde_json::Error,
) -> EmitError {
    let reason = if text.lines().any(|line| line.starts_with("<<<<<<< ")) {
        "holds conflict markers".to_owned()
    } else {
        format!("is not a record that backgen wrote: {error}")
    };
    EmitError::Record {
        path: disk.at(path),
        line: Some(error.line()),
        reason,
    }
}

fn newer(disk: &Disk, path: &RelPath, theirs: &str, ours: &str) -> EmitError {
    EmitError::Newer {
        path: disk.at(path),
        theirs: theirs.to_owned(),
        ours: ours.to_owned(),
    }
}

/// `1.2.3-x` as numbers; what is not a number counts as 0.
fn number(version: &str) -> [u64; 3] {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let mut parts = core.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}
