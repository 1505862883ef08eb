//! What backgen remembers about the tree, in `.backgen/`: one JSON file per feature and one for the project.
//!
//! Enters: those files. Leaves: entries by path, and the same files again, one line per entry so that git can merge
//! them. A record that cannot be read stops the run: without it no file could be told from a person's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::EmitError;
use super::disk::{Disk, own};
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
    pub(super) snapshot: Value,
    /// The backgen that wrote last.
    pub(super) version: Option<String>,
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
    /// Reads `.backgen/`. `ours` is the version of this backgen. Errors: a file that is broken or from a newer backgen.
    pub(super) fn read(disk: &Disk, ours: &str) -> Result<Self, EmitError> {
        let mut record = Self::default();
        let project = own("project.json");
        if let Some(text) = disk.read_own(&project)? {
            record.version = record.take(disk, &project, &text, None, ours)?;
        }
        for path in json_files(disk, "features")? {
            if let Some(text) = disk.read_own(&path)? {
                let feature = stem(&path).to_owned();
                record.take(disk, &path, &text, Some(feature), ours)?;
            }
        }
        record.snapshot = read_snapshot(disk)?;
        Ok(record)
    }

    fn take(
        &mut self,
        disk: &Disk,
        path: &RelPath,
        text: &str,
        feature: Option<String>,
        ours: &str,
    ) -> Result<Option<String>, EmitError> {
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
            self.entries.insert(
                entry.path.clone(),
                Entry {
                    feature: feature.clone(),
                    ..entry
                },
            );
        }
        Ok(file.version)
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
        files.extend(snapshot_files(&self.snapshot));
        files.insert(
            own(".gitignore"),
            "/lock\n/staging/\n/journal.json\n".to_owned(),
        );
        files
    }
}

/// The folders of `.backgen/` whose files all belong to the record.
pub(super) fn recorded_files(disk: &Disk) -> Result<Vec<RelPath>, EmitError> {
    let mut files = json_files(disk, "features")?;
    files.extend(json_files(disk, "schema")?);
    Ok(files)
}

fn json_files(disk: &Disk, folder: &str) -> Result<Vec<RelPath>, EmitError> {
    let mut files = disk.list(&own(folder))?;
    files.retain(|path| path.extension() == "json");
    Ok(files)
}

fn stem(path: &RelPath) -> &str {
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

/// A snapshot that is an object is kept as one file per key, so that two features never share one.
fn snapshot_files(snapshot: &Value) -> BTreeMap<RelPath, String> {
    let pretty =
        |value: &Value| serde_json::to_string_pretty(value).expect("BUG: JSON prints") + "\n";
    let mut files = BTreeMap::new();
    match snapshot {
        Value::Null => {}
        Value::Object(parts) if parts.keys().all(|key| is_file_name(key)) => {
            files.extend(
                parts
                    .iter()
                    .map(|(key, part)| (own(&format!("schema/{key}.json")), pretty(part))),
            );
        }
        whole => drop(files.insert(own("schema.json"), pretty(whole))),
    }
    files
}

fn is_file_name(key: &str) -> bool {
    !key.is_empty()
        && key.len() < 100
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && RelPath::new(key).is_ok()
}

fn read_snapshot(disk: &Disk) -> Result<Value, EmitError> {
    let parse = |path: &RelPath, text: &str| {
        serde_json::from_str(text).map_err(|error| fault(disk, path, text, &error))
    };
    let whole = own("schema.json");
    if let Some(text) = disk.read_own(&whole)? {
        return parse(&whole, &text);
    }
    let mut parts = serde_json::Map::new();
    for path in json_files(disk, "schema")? {
        if let Some(text) = disk.read_own(&path)? {
            parts.insert(stem(&path).to_owned(), parse(&path, &text)?);
        }
    }
    Ok(if parts.is_empty() {
        Value::Null
    } else {
        Value::Object(parts)
    })
}

fn fault(disk: &Disk, path: &RelPath, text: &str, error: &serde_json::Error) -> EmitError {
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
