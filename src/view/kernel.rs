//! The kernel as a service gets it: the crate of `templates/kernel` with one database and without its own tests.

use serde::Serialize;

use super::{Draft, World};
use crate::plan::Owner;
use crate::render::embedded_under;

#[derive(Debug, Serialize)]
struct Manifest {
    postgres: bool,
}

/// Marks what only backgen's own build of the kernel needs.
const SWITCH: &str = "#[cfg_attr(feature";

pub fn drafts(world: &World<'_>) -> Vec<Draft> {
    let manifest = Manifest {
        postgres: world.postgres(),
    };
    let mut drafts = vec![Draft::new(
        "kernel/Cargo.toml",
        Owner::Generated,
        "kernel.toml.j2",
        &manifest,
    )];
    for (path, text) in embedded_under("kernel/src") {
        if let Some(path) = target(path, world.postgres()) {
            let text = if path.ends_with(".rs") {
                without_tests(text)
            } else {
                text.to_owned()
            };
            drafts.push(Draft::text(path, Owner::Generated, text));
        }
    }
    drafts
}

/// Where a file of the kernel goes; `None` where this service has no use for it.
fn target(path: &str, postgres: bool) -> Option<String> {
    let (ours, theirs) = if postgres {
        ("/db/postgres", "/db/sqlite")
    } else {
        ("/db/sqlite", "/db/postgres")
    };
    if path.contains(theirs) || path.ends_with("/tests.rs") || path.contains("/tests/") {
        return None;
    }
    Some(path.replace(ours, "/db/driver"))
}

/// Drops the switches between databases and the module of unit tests, which closes a file.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with(SWITCH) {
            continue;
        }
        if line == "#[cfg(test)]" {
            let next = lines.next().unwrap_or_default();
            if next.ends_with('{') {
                for line in lines.by_ref() {
                    if line == "}" {
                        break;
                    }
                }
            }
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    let end = kept.trim_end().len();
    kept.truncate(end);
    kept.push('\n');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_database_and_no_tests_are_left() {
        let text = "#[cfg_attr(feature = \"sqlite\", path = \"a.rs\")]\nmod driver;\n\n#[cfg(test)]\nmod tests;\n\nfn a() {}\n\n#[cfg(test)]\nmod more {\n    fn b() {}\n}\n";
        assert_eq!(without_tests(text), "mod driver;\n\n\nfn a() {}\n");
        assert_eq!(
            target("kernel/src/db/sqlite/mod.rs", false).as_deref(),
            Some("kernel/src/db/driver/mod.rs")
        );
        assert_eq!(target("kernel/src/db/sqlite/mod.rs", true), None);
    }
}
