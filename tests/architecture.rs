//! The borders within backgen's own code, read from its syntax: paths in `use` lines and in expressions, and macros.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// What a source file names: paths with `::` and macros with `!`. Modules for tests are passed over.
#[derive(Default)]
struct Names {
    paths: Vec<String>,
    macros: Vec<String>,
}

impl Names {
    fn of(path: &Path) -> Self {
        let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        let mut names = Self::default();
        names.visit_file(&file);
        names
    }

    fn take_use(&mut self, before: &str, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                self.take_use(&format!("{before}{}::", path.ident), &path.tree)
            }
            syn::UseTree::Name(name) => self.paths.push(format!("{before}{}", name.ident)),
            syn::UseTree::Rename(name) => self.paths.push(format!("{before}{}", name.ident)),
            syn::UseTree::Glob(_) => self.paths.push(before.to_owned()),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|it| self.take_use(before, it))
            }
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|it| {
        it.path().is_ident("cfg")
            && it
                .parse_args::<syn::Path>()
                .is_ok_and(|it| it.is_ident("test"))
    })
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.take_use("", &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        self.paths.push(segments.join("::"));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.macros
            .extend(item.path.segments.last().map(|it| it.ident.to_string()));
        visit::visit_macro(self, item);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The source files under a folder or file of `src`, without those that are tests by name.
fn sources(of: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(of)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found.retain(|path| {
        let inside = path.strip_prefix(root()).unwrap();
        !inside
            .iter()
            .any(|it| it == "tests" || it == "tests.rs" || it == "fixture")
    });
    assert!(!found.is_empty(), "nothing in {of}");
    found.sort();
    found
}

/// Every `file: name` under `of` whose name `forbidden` says yes to.
fn breaches(of: &str, forbidden: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for path in sources(of) {
        let inside = path.strip_prefix(root()).unwrap().to_path_buf();
        let names = Names::of(&path).paths.into_iter();
        let bad = names
            .map(|name| absolute(&inside, &name))
            .filter(|name| forbidden(name));
        found.extend(bad.map(|name| format!("{}: {name}", inside.display())));
    }
    found
}

/// The name as seen from the crate: `super::x` in `a/b.rs` is `crate::a::x`. Other crates' names stay.
fn absolute(file: &Path, name: &str) -> String {
    let mut module: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|it| it.display().to_string())
        .collect();
    module.pop_if(|last| last == "mod");
    let mut parts = name.split("::").peekable();
    match parts.peek() {
        Some(&"super") => {}
        Some(&"self") => drop(parts.next()),
        _ => return name.to_owned(),
    }
    while parts.next_if_eq(&"super").is_some() {
        module.pop();
    }
    let rest = parts.map(str::to_owned);
    ["crate".to_owned()]
        .into_iter()
        .chain(module)
        .chain(rest)
        .collect::<Vec<_>>()
        .join("::")
}

/// Whether `name` leads into one of our modules.
fn leads_into(name: &str, module: &str) -> bool {
    let mut parts = name.split("::");
    parts.next() == Some("crate") && parts.next() == Some(module)
}

#[test]
fn only_source_and_emit_touch_the_disk() {
    let touches =
        |name: &str| name == "std::fs" || name.starts_with("std::fs::") || name.starts_with("fs::");
    let found = breaches("", touches);
    let outside: Vec<_> = found
        .iter()
        .filter(|it| !it.starts_with("source/") && !it.starts_with("emit/"))
        .filter(|it| !DISK_OF_OTHERS.iter().any(|file| it.starts_with(file)))
        .collect();
    assert!(outside.is_empty(), "{outside:#?}");
    assert!(
        found.len() > outside.len(),
        "the test sees no `std::fs` at all"
    );
}

/// `rustfmt` is a program that reads and writes files in a temporary folder.
const DISK_OF_OTHERS: [&str; 1] = ["render/rustfmt.rs"];

#[test]
fn no_stage_looks_ahead() {
    for (stage, later) in [
        (
            "source",
            &[
                "parse", "ast", "resolve", "expr", "ir", "schema", "view", "plan", "render",
                "emit", "compile", "cli",
            ][..],
        ),
        (
            "ast",
            &[
                "resolve", "expr", "ir", "schema", "view", "plan", "render", "emit", "compile",
                "cli",
            ],
        ),
        (
            "parse",
            &[
                "resolve", "expr", "ir", "schema", "view", "plan", "render", "emit", "compile",
                "cli",
            ],
        ),
        (
            "ir",
            &[
                "ast", "parse", "resolve", "expr", "schema", "view", "plan", "render", "emit",
                "compile", "cli",
            ],
        ),
        (
            "expr",
            &[
                "ast", "parse", "resolve", "view", "plan", "render", "emit", "compile", "cli",
            ],
        ),
        (
            "resolve",
            &["schema", "view", "plan", "render", "emit", "compile", "cli"],
        ),
        (
            "schema",
            &[
                "ast", "parse", "resolve", "view", "plan", "render", "emit", "compile", "cli",
            ],
        ),
        ("view", &["ast", "parse", "emit", "compile", "cli"]),
        (
            "openapi",
            &[
                "ast", "parse", "resolve", "view", "plan", "emit", "compile", "cli",
            ],
        ),
        (
            "plan",
            &[
                "ast", "parse", "resolve", "ir", "view", "emit", "compile", "cli",
            ],
        ),
        (
            "render",
            &[
                "ast", "parse", "resolve", "ir", "view", "emit", "compile", "cli",
            ],
        ),
        (
            "emit",
            &["ast", "parse", "resolve", "ir", "view", "compile", "cli"],
        ),
        ("compile.rs", &["emit", "cli"]),
    ] {
        let found = breaches(stage, |name| later.iter().any(|it| leads_into(name, it)));
        assert!(found.is_empty(), "{stage} looks ahead: {found:#?}");
    }
    let seen = breaches("compile.rs", |name| leads_into(name, "view"));
    assert!(!seen.is_empty(), "the test sees no path at all");
}

#[test]
fn only_main_opens_the_outputs_and_nothing_prints_by_macro() {
    let opens = |name: &str| name.ends_with("io::stdout") || name == "stdout";
    let found = breaches("", opens);
    assert!(
        found.iter().all(|it| it.starts_with("main.rs: ")) && !found.is_empty(),
        "{found:#?}"
    );
    for path in sources("") {
        let prints = Names::of(&path).macros.into_iter();
        let prints: Vec<_> = prints
            .filter(|it| ["print", "println", "eprint", "eprintln", "dbg"].contains(&it.as_str()))
            .collect();
        assert!(prints.is_empty(), "{} uses {prints:?}", path.display());
    }
}

#[test]
fn maps_without_an_order_are_not_used() {
    let found = breaches("", |name| {
        ["HashMap", "HashSet"]
            .iter()
            .any(|it| name.split("::").any(|part| part == *it))
    });
    assert!(found.is_empty(), "{found:#?}");
}

/// The house's limit; only what is data may be longer.
#[test]
fn files_are_short() {
    const LINES: usize = 300;
    let long: Vec<_> = sources("")
        .into_iter()
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, path)| *lines > LINES && !LONGER.iter().any(|it| path.ends_with(it)))
        .collect();
    assert!(long.is_empty(), "more than {LINES} lines: {long:#?}");
}

/// May only shrink.
const LONGER: [&str; 0] = [];
