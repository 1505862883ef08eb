//! Drops from what is embedded as Rust (the kernel, the support of tests) what a service has no use for.
//!
//! Enters: a folder and the cargo features that hold. Leaves: its files without the items of other features,
//! without the attributes themselves, and without unit tests. Works on lines, as rustfmt lays them out: an item begins
//! below its attribute and ends where its brackets are closed. Deliberately absent: what the features mean.

use std::collections::BTreeSet;

use crate::render::embedded_under;

/// Cargo features that hold.
pub type Switches = BTreeSet<&'static str>;

/// Marks what only backgen's own build of the kernel needs.
const OWN: &str = "#[cfg_attr(feature";

/// The embedded files below `folder`, without the modules of other features.
pub fn files(folder: &str, on: &Switches) -> Vec<(&'static str, String)> {
    let mut gone = Vec::new();
    let mut files = Vec::new();
    for (path, text) in embedded_under(folder) {
        let Some(stem) = path.strip_suffix(".rs") else {
            files.push((path, text.to_owned()));
            continue;
        };
        let (text, modules) = emitted(text, on);
        let root = stem.strip_suffix("/mod").or(stem.strip_suffix("/lib"));
        let root = root.unwrap_or(stem);
        gone.extend(modules.iter().map(|it| format!("{root}/{it}")));
        files.push((path, text));
    }
    files.retain(|(path, _)| {
        !gone.iter().any(|module| {
            let rest = path.strip_prefix(module.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    });
    files
}

/// The text, and the modules that it no longer declares.
fn emitted(text: &str, on: &Switches) -> (String, Vec<String>) {
    let mut kept = String::new();
    let mut gone = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with(OWN) {
            continue;
        }
        if let Some((held, parameter)) = parameter(line, on) {
            if held {
                kept.push_str(parameter);
                kept.push('\n');
            }
            continue;
        }
        match holds(line.trim_start(), on) {
            Some(true) => {}
            Some(false) => {
                bare(&mut kept);
                gone.extend(skip(&mut lines));
            }
            None => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    let end = kept.trim_end().len();
    kept.truncate(end);
    kept.push('\n');
    (kept, gone)
}

/// Takes back what was said of the item that goes.
fn bare(kept: &mut String) {
    while let Some(last) = kept.lines().last()
        && last.trim_start().starts_with("///")
    {
        kept.truncate(kept.len() - last.len() - 1);
    }
}

/// What an attribute says of the item below it; `None` for any other line.
fn holds(line: &str, on: &Switches) -> Option<bool> {
    if line == "#[cfg(test)]" {
        return Some(false);
    }
    let condition = line.strip_prefix("#[cfg(")?.strip_suffix(")]")?;
    let (condition, expected) = match condition.strip_prefix("not(") {
        Some(inner) => (inner.strip_suffix(')')?, false),
        None => (condition, true),
    };
    let feature = condition.strip_prefix("feature = \"")?.strip_suffix('"')?;
    Some(on.contains(feature) == expected)
}

/// `#[cfg(...)] name: Type,`, as rustfmt lays out a parameter: whether it holds, and the parameter.
fn parameter<'l>(line: &'l str, on: &Switches) -> Option<(bool, &'l str)> {
    let (attribute, parameter) = line.trim_start().split_once(")] ")?;
    Some((holds(&format!("{attribute})]"), on)?, parameter))
}

/// Passes over an item. The module that it declares in another file, if it is one.
fn skip<'t>(lines: &mut impl Iterator<Item = &'t str>) -> Option<String> {
    let mut module = None;
    let mut begun: Option<(usize, i64)> = None;
    for line in lines {
        let text = line.trim_start();
        if begun.is_none() && (text.starts_with("#[") || text.starts_with("//")) {
            continue;
        }
        let indent = line.len() - text.len();
        let (first, mut open) = begun.unwrap_or((indent, 0));
        if begun.is_none() {
            module = declared(text);
        }
        open += text.chars().map(weight).sum::<i64>();
        begun = Some((first, open));
        let ends = text.ends_with(';') || (indent == first && text.ends_with(['}', ',']));
        if open == 0 && ends {
            break;
        }
    }
    module
}

fn weight(c: char) -> i64 {
    match c {
        '(' | '[' | '{' => 1,
        ')' | ']' | '}' => -1,
        _ => 0,
    }
}

/// `pub mod auth;` -> `auth`.
fn declared(line: &str) -> Option<String> {
    let (_, name) = line.strip_suffix(';')?.rsplit_once("mod ")?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! Doc.\n\n#[cfg(feature = \"auth\")]\npub mod auth;\n#[cfg_attr(feature = \"sqlite\", path = \"a.rs\")]\nmod driver;\n#[cfg(test)]\nmod tests;\n\nstruct A {\n    #[cfg(feature = \"auth\")]\n    /// Who.\n    caller: Caller,\n    other: (),\n}\n\nimpl A {\n    #[cfg(feature = \"auth\")]\n    #[must_use]\n    fn caller(\n        &self,\n        #[cfg(feature = \"auth\")] a: (),\n    ) -> Caller {\n        match self {\n            _ => 1,\n        }\n    }\n\n    #[cfg(not(feature = \"auth\"))]\n    fn nobody() {}\n}\n\nfn a() {\n    #[cfg(feature = \"auth\")]\n    let a = b\n        .c()\n        .d();\n    e();\n}\n\n/// Why.\n#[cfg(test)]\nmod more {\n    fn b() {}\n}\n";

    /// Written with the kernel's own layout, which no service has.
    #[test]
    fn what_a_switch_marks_goes_or_stays() {
        let (text, gone) = emitted(TEXT, &Switches::new());
        assert_eq!(
            text,
            "//! Doc.\n\nmod driver;\n\nstruct A {\n    other: (),\n}\n\nimpl A {\n\n    fn nobody() {}\n}\n\nfn a() {\n    e();\n}\n"
        );
        assert_eq!(gone, ["auth", "tests"]);

        let (text, gone) = emitted(TEXT, &Switches::from(["auth"]));
        assert_eq!(
            text,
            "//! Doc.\n\npub mod auth;\nmod driver;\n\nstruct A {\n    /// Who.\n    caller: Caller,\n    other: (),\n}\n\nimpl A {\n    #[must_use]\n    fn caller(\n        &self,\na: (),\n    ) -> Caller {\n        match self {\n            _ => 1,\n        }\n    }\n\n}\n\nfn a() {\n    let a = b\n        .c()\n        .d();\n    e();\n}\n"
        );
        assert_eq!(gone, ["tests"]);
    }
}
