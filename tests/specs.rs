//! The domains in `specs/`: accepted without a finding, and together a use of every key that the language has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use backgen::ast::schema;
use backgen::diagnostic::{Renderer, Sink};
use backgen::parse::parse_spec;
use backgen::resolve::resolve;
use backgen::source::read_project;
use serde_json::Value;

fn domains() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("specs/")
        .map(|entry| entry.expect("an entry of specs/").path())
        .filter(|path| path.join("specs").is_dir())
        .collect();
    found.sort();
    found
}

#[test]
fn every_domain_is_accepted_without_a_finding() {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/spec");
    let domains = domains();
    assert!(domains.len() >= 3, "{domains:?}");
    for domain in domains.iter().chain([&bench]) {
        let mut sink = Sink::default();
        let sources = read_project(domain, &mut sink);
        let spec = parse_spec(&sources, &mut sink);
        let service = resolve(&spec, &mut sink);
        let report = Renderer::new(false).report(&sink.sorted(), &sources.map);
        assert_eq!(report, "", "{}", domain.display());
        assert!(service.is_some(), "{}", domain.display());
    }
}

/// Keys that no domain has a use for, each with its reason.
const UNUSED: &[&str] = &[
    // Its crates take a minute and a half of processor time for each database: the kernel's tests have them, and
    // tests/e2e/traces.rs adds the key.
    "telemetry",
    "traces",
    // A service names its tenants in one way: tests/e2e/tenants.rs has the helpdesk do it by a header.
    "header",
];

#[test]
fn together_they_use_every_key() {
    let text: String = domains()
        .iter()
        .flat_map(|domain| [domain.clone(), domain.join("specs")])
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| std::fs::read_to_string(path).expect("a spec"))
        .collect();
    let written: BTreeSet<&str> = text
        .lines()
        .flat_map(|line| line.split(['{', ',', '[', ']', '.']))
        .flat_map(|part| [part, part.split([':', '=']).next().unwrap_or_default()])
        .map(str::trim)
        .collect();
    let mut keys = BTreeSet::new();
    collect_keys(&schema(), &mut keys);
    assert!(keys.len() > 40, "the schema lost its blocks: {keys:?}");
    let missing: Vec<&String> = keys
        .iter()
        .filter(|key| !written.contains(key.as_str()) && !UNUSED.contains(&key.as_str()))
        .collect();
    assert!(missing.is_empty(), "keys that no domain uses: {missing:?}");
}

fn collect_keys(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            object.values().for_each(|value| collect_keys(value, keys));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        _ => {}
    }
}
