//! The sources of settings, laid over one another and taken key by key.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::Path;
use std::path::PathBuf;

use super::value::{Given, Setting};

/// Variables that are called the same for every service, and the keys that they set.
const SHARED: &[(&str, &str)] = &[("DATABASE_URL", "database.url")];

/// Values by dotted key, each with its source. What nobody has taken at the end is unknown.
#[derive(Debug)]
pub struct Layers {
    environment: String,
    /// `BOOKSHOP__`
    prefix: String,
    /// `config/development.toml`
    file: String,
    /// What the folder of the file lies in.
    root: PathBuf,
    values: BTreeMap<String, (Given, String)>,
    faults: Vec<String>,
}

/// All that is wrong with a configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct Faults(Vec<String>);

impl Layers {
    /// From `./config` and the process's environment.
    #[must_use]
    pub fn load(service: &str) -> Self {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            // A name that is not UTF-8 is none of ours; a bad value is reported by its key.
            Some((
                name.into_string().ok()?,
                value.to_string_lossy().into_owned(),
            ))
        });
        Self::new(service, Path::new("config"), variables)
    }

    /// From a folder and some variables.
    #[must_use]
    pub fn new(
        service: &str,
        folder: &Path,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let upper = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        };
        let prefix: String = service.chars().map(upper).chain("__".chars()).collect();
        let shared = |name: &str| SHARED.iter().any(|(shared, _)| *shared == name);
        let mut variables: BTreeMap<_, _> = variables
            .into_iter()
            .filter(|(name, _)| name.starts_with(&prefix) || shared(name))
            .collect();

        let chosen = variables.remove(&format!("{prefix}ENVIRONMENT"));
        let environment = chosen.clone().unwrap_or_else(|| "development".into());
        let file = folder
            .join(format!("{environment}.toml"))
            .display()
            .to_string();
        let mut layers = Self {
            environment,
            prefix,
            file,
            root: folder.parent().unwrap_or(folder).to_owned(),
            values: BTreeMap::new(),
            faults: Vec::new(),
        };
        layers.add_file(chosen.is_some());
        // They sort before or after the prefix as the name happens to; the longer name wins.
        for (name, key) in SHARED {
            if let Some(text) = variables.remove(*name) {
                let value = (Given::Text(text), (*name).to_owned());
                layers.values.insert((*key).to_owned(), value);
            }
        }
        for (name, text) in variables {
            let key = name[layers.prefix.len()..]
                .to_ascii_lowercase()
                .replace("__", ".");
            layers.values.insert(key, (Given::Text(text), name));
        }
        layers
    }

    /// Reads the file; one that was asked for by name must be there.
    fn add_file(&mut self, asked_for: bool) {
        let text = match std::fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !asked_for => return,
            Err(error) => return self.faults.push(format!("{}: {error}", self.file)),
        };
        match text.parse::<toml::Table>() {
            Ok(table) => self.add_table("", table),
            Err(error) => {
                let line = error
                    .span()
                    .map_or(1, |span| text[..span.start].lines().count().max(1));
                self.faults
                    .push(format!("{}, line {line}: {}", self.file, error.message()));
            }
        }
    }

    fn add_table(&mut self, prefix: &str, table: toml::Table) {
        for (key, value) in table {
            let key = format!("{prefix}{key}");
            match value {
                toml::Value::Table(table) => self.add_table(&format!("{key}."), table),
                value => {
                    _ = self
                        .values
                        .insert(key, (Given::Toml(value), self.file.clone()))
                }
            }
        }
    }

    /// Which environment this is.
    #[must_use]
    pub fn environment(&self) -> &str {
        &self.environment
    }

    /// Takes a key, if it was given, and records a fault if its value is bad.
    pub fn read<T: Setting>(&mut self, key: &str, target: &mut T) {
        let Some((given, source)) = self.values.remove(key) else {
            return;
        };
        match T::parse(given) {
            Some(value) => *target = value,
            None => self
                .faults
                .push(format!("{key} ({source}): expected {}", T::EXPECTED)),
        }
    }

    /// Takes a key that has no default.
    pub fn require<T: Setting>(&mut self, key: &str, target: &mut T) {
        if self.values.contains_key(key) {
            return self.read(key, target);
        }
        let variable = format!(
            "{}{}",
            self.prefix,
            key.to_ascii_uppercase().replace('.', "__")
        );
        self.faults.push(format!(
            "{key}: missing; set {variable}, or write it to {}",
            self.file
        ));
    }

    /// The folder that the service runs in.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a key was given and nobody has taken it yet.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// Records what is wrong beside the value of a key.
    pub(crate) fn fault(&mut self, fault: String) {
        self.faults.push(fault);
    }

    /// Gives out what was read if nothing is wrong and nothing is left over.
    ///
    /// # Errors
    /// Every fault that there is.
    pub fn finish<T>(mut self, settings: T) -> Result<T, Faults> {
        for (key, (_, source)) in self.values {
            self.faults
                .push(format!("{key} ({source}): there is no such key"));
        }
        if self.faults.is_empty() {
            Ok(settings)
        } else {
            Err(Faults(self.faults))
        }
    }
}

impl Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is not usable:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for Faults {}
