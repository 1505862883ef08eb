//! What the tree is to look like: every file with its path, owner and text, as pure data.
//!
//! Enters: files whose text is complete. Leaves: a `Plan` that `emit` brings to disk and `backgen inspect plan` prints.
//! Absent on purpose: the disk, templates, formatting.

mod path;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use path::{PathError, RelPath};

/// Who may change a file after it was first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// backgen alone. An edit by hand is refused, never overwritten.
    Generated,
    /// Written once; follows the spec until a person edits it.
    Yours,
    /// Written once, and never again, whatever the spec says later.
    Once,
    /// Merged: backgen owns the keys that it wrote, the user the rest.
    CoOwned,
    /// Never changed after it was recorded (migrations).
    AppendOnly,
}

impl Owner {
    /// The word used in records and in printed plans.
    pub fn word(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Yours => "yours",
            Self::Once => "once",
            Self::CoOwned => "co-owned",
            Self::AppendOnly => "append-only",
        }
    }
}

/// What a planned file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Contents {
    /// Complete text, LF line ends; Rust need not be formatted yet.
    Text(String),
}

impl Contents {
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
        }
    }
}

/// One file that the specs ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    pub path: RelPath,
    pub owner: Owner,
    /// The feature whose record names the file; `None` = the project's own record.
    pub feature: Option<String>,
    pub contents: Contents,
}

/// Everything that one run wants on disk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    files: BTreeMap<RelPath, PlannedFile>,
    /// Schema snapshot to record, opaque here. A JSON object is stored as one file per top-level key, so keying it by
    /// feature keeps branches apart; `Null` records nothing.
    pub snapshot: serde_json::Value,
    /// Version of backgen, `major.minor.patch`.
    pub version: String,
}

/// Two planned files cannot both exist. A defect of the planner, not of the specs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// The same path, or one that differs only in case (one file on macOS and Windows).
    Collision { first: RelPath, second: RelPath },
    /// One path is a file and also a folder of another.
    FileIsFolder { file: RelPath, inside: RelPath },
    /// The name of a feature cannot be the name of its record's file.
    FeatureName(String),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Collision { first, second } => {
                write!(f, "`{first}` and `{second}` are planned as the same file")
            }
            Self::FeatureName(name) => write!(
                f,
                "`{}` cannot be the name of a feature",
                name.escape_debug()
            ),
            Self::FileIsFolder { file, inside } => write!(
                f,
                "`{file}` is planned as a file and as the folder of `{inside}`"
            ),
        }
    }
}

impl std::error::Error for PlanError {}

impl Plan {
    /// Builds the plan. Errors: two files that cannot exist side by side.
    pub fn new(
        files: impl IntoIterator<Item = PlannedFile>,
        snapshot: serde_json::Value,
        version: impl Into<String>,
    ) -> Result<Self, PlanError> {
        let mut by_path = BTreeMap::new();
        let mut by_folded: BTreeMap<String, RelPath> = BTreeMap::new();
        for file in files {
            if let Some(name) = file
                .feature
                .as_deref()
                .filter(|name| name.contains('/') || RelPath::new(*name).is_err())
            {
                return Err(PlanError::FeatureName(name.to_owned()));
            }
            let folded = file.path.as_str().to_lowercase();
            if let Some(first) = by_folded.insert(folded, file.path.clone()) {
                return Err(PlanError::Collision {
                    first,
                    second: file.path,
                });
            }
            by_path.insert(file.path.clone(), file);
        }
        for path in by_path.keys() {
            for folder in path.ancestors() {
                if let Some(file) = by_folded.get(&folder.to_lowercase()) {
                    return Err(PlanError::FileIsFolder {
                        file: file.clone(),
                        inside: path.clone(),
                    });
                }
            }
        }
        Ok(Self {
            files: by_path,
            snapshot,
            version: version.into(),
        })
    }

    pub fn files(&self) -> &BTreeMap<RelPath, PlannedFile> {
        &self.files
    }
}

/// One line per file, for people: owner, feature, path.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let feature = |file: &PlannedFile| file.feature.clone().unwrap_or_else(|| "-".to_owned());
        let width = self
            .files
            .values()
            .map(|file| feature(file).len())
            .max()
            .unwrap_or(1);
        for file in self.files.values() {
            writeln!(
                f,
                "{:<11}  {:<width$}  {}",
                file.owner.word(),
                feature(file),
                file.path
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> PlannedFile {
        PlannedFile {
            path: RelPath::new(path).unwrap(),
            owner: Owner::Generated,
            feature: Some("catalog".into()),
            contents: Contents::Text(String::new()),
        }
    }

    fn plan(paths: &[&str]) -> Result<Plan, PlanError> {
        Plan::new(
            paths.iter().map(|path| file(path)),
            serde_json::Value::Null,
            "0.1.0",
        )
    }

    #[test]
    fn files_that_cannot_coexist_are_refused() {
        assert!(matches!(
            plan(&["src/a.rs", "src/A.rs"]),
            Err(PlanError::Collision { .. })
        ));
        assert!(matches!(
            plan(&["src/a", "src/a/b.rs"]),
            Err(PlanError::FileIsFolder { .. })
        ));
        assert!(plan(&["src/a.rs", "src/a/b.rs"]).is_ok());
        let hostile = PlannedFile {
            feature: Some("../x".into()),
            ..file("a")
        };
        assert!(matches!(
            Plan::new([hostile], serde_json::Value::Null, "0.1.0"),
            Err(PlanError::FeatureName(_))
        ));
    }

    #[test]
    fn a_plan_prints_one_line_per_file() {
        assert_eq!(
            plan(&["src/b.rs", "src/a.rs"]).unwrap().to_string(),
            "generated    catalog  src/a.rs\ngenerated    catalog  src/b.rs\n"
        );
    }
}
