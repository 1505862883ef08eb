//! The `use` lines of one generated file: collected while its text is made, printed once.

use std::collections::{BTreeMap, BTreeSet};

/// Paths that a file names.
#[derive(Debug, Clone, Default)]
pub struct Imports(BTreeSet<String>);

impl Imports {
    /// Adds `path` and returns the name that the file uses for it: its last part, or its last two where another path
    /// has that name already.
    pub fn name(&mut self, path: &str) -> String {
        let Some((module, item)) = path.rsplit_once("::") else {
            self.0.insert(path.to_owned());
            return path.to_owned();
        };
        let taken = self
            .0
            .iter()
            .any(|other| other != path && other.rsplit("::").next() == Some(item));
        if taken && !self.0.contains(path) {
            self.0.insert(module.to_owned());
            let module = module.rsplit("::").next().unwrap_or(module);
            return format!("{module}::{item}");
        }
        self.0.insert(path.to_owned());
        item.to_owned()
    }

    /// Adds every path.
    pub fn all(&mut self, paths: &[&str]) {
        self.0.extend(paths.iter().map(|path| (*path).to_owned()));
    }

    /// The paths but those that the file defines itself.
    pub fn except(&self, own: &[String]) -> Vec<&str> {
        self.0
            .iter()
            .filter(|path| !own.contains(path))
            .map(String::as_str)
            .collect()
    }

    /// The paths but those that the file around it imports.
    pub fn without(&self, outer: &Self) -> Self {
        Self(self.0.difference(&outer.0).cloned().collect())
    }

    /// The `use` lines: the standard library, then other crates, then this one; one line per module.
    pub fn print(&self) -> String {
        let mut groups = [const { BTreeMap::<&str, Vec<&str>>::new() }; 3];
        for path in &self.0 {
            // `use kernel::db;` and items of it make one line.
            let inside = format!("{path}::");
            let nested = self.0.iter().any(|other| {
                other
                    .strip_prefix(&inside)
                    .is_some_and(|item| !item.contains("::"))
            });
            let group = match path.split("::").next() {
                Some("std") => 0,
                Some("crate" | "super" | "self") => 2,
                _ => 1,
            };
            let (module, item) = match path.rsplit_once("::") {
                Some(_) if nested => (path.as_str(), "self"),
                Some((module, item)) => (module, item),
                None => ("", path.as_str()),
            };
            groups[group].entry(module).or_default().push(item);
        }
        let groups = groups.iter().filter(|group| !group.is_empty());
        let printed = groups.map(|group| {
            let lines = group.iter().map(|(module, items)| line(module, items));
            lines.collect::<Vec<_>>().join("\n")
        });
        printed.collect::<Vec<_>>().join("\n\n")
    }
}

fn line(module: &str, items: &[&str]) -> String {
    match items {
        [item] if module.is_empty() => format!("use {item};"),
        [item] => format!("use {module}::{item};"),
        many => format!("use {module}::{{{}}};", many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_one_name_stay_apart() {
        let mut imports = Imports::default();
        assert_eq!(imports.name("kernel::page::Order"), "Order");
        assert_eq!(
            imports.name("crate::features::orders::model::Order"),
            "model::Order"
        );
        assert_eq!(imports.name("kernel::page::Order"), "Order");
        assert_eq!(
            imports.print(),
            "use kernel::page::Order;\n\nuse crate::features::orders::model;"
        );
    }

    #[test]
    fn groups_and_merges() {
        let mut imports = Imports::default();
        imports.all(&[
            "kernel::types::Id",
            "std::sync::LazyLock",
            "kernel::types::Decimal",
            "super::Command",
            "sqlx",
            "kernel::db",
            "kernel::db::Failure",
        ]);
        assert_eq!(
            imports.print(),
            "use std::sync::LazyLock;\n\nuse sqlx;\nuse kernel::db::{self, Failure};\nuse kernel::types::{Decimal, Id};\n\nuse super::Command;"
        );
    }
}
