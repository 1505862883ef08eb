//! A generated project: a domain of `specs/` on one database, made with `backgen` as a user would.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use super::workshop::{projects, repository};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

#[derive(Debug)]
pub struct Project {
    pub folder: PathBuf,
    pub domain: &'static str,
    pub database: Database,
}

impl Project {
    /// A project among those that share the target folder; the one of the last run makes way.
    pub fn shared(purpose: &str, domain: &'static str, database: Database) -> Self {
        let folder = projects().join(format!("{purpose}-{domain}-{database}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the project of the last run goes");
        }
        let project = Self::at(folder, domain, database);
        // The versions that backgen itself was tested with; cargo drops what a service has no use for.
        fs::copy(
            repository().join("Cargo.lock"),
            project.folder.join("Cargo.lock"),
        )
        .expect("a lock file");
        project
    }

    /// The specs, what is generated from them, and the logic that lies beside them.
    pub fn at(folder: PathBuf, domain: &'static str, database: Database) -> Self {
        let project = Self {
            folder,
            domain,
            database,
        };
        let run = project.make(&project.domain_folder());
        assert!(run.written > 100, "{run:?}");
        assert_eq!(run.code, 0, "{}", run.text);
        let overlay = project.domain_folder().join("overlay");
        if overlay.exists() {
            copy(&overlay, &project.folder);
        }
        project
    }

    fn domain_folder(&self) -> PathBuf {
        repository().join("specs").join(self.domain)
    }

    /// Every file by its path, `.backgen` included.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.folder, &self.folder, &mut files);
        files
    }
}

/// Copies a folder's files over another's.
pub fn copy(from: &Path, to: &Path) {
    let mut files = BTreeMap::new();
    collect(from, from, &mut files);
    for (path, bytes) in files {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// All files below `folder`, by their paths from `root`.
pub fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("a path below the root");
            let name = name.to_str().expect("a name in UTF-8").replace('\\', "/");
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}
