//! Specs in, findings out: each folder of `tests/cases/parse` is a project, with the exact text of its findings in
//! `expected.txt` (and in `expected.json` where there is one) and one line on its purpose in `case.txt`. `BACKGEN_BLESS=1` writes the expectations anew.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use backgen::diagnostic::{Code, Diagnostic, Renderer, Sink, Stage};
use backgen::parse::parse_spec;
use backgen::source::{Sources, read_project};

fn findings(dir: &Path) -> (Vec<Diagnostic>, Sources) {
    let mut sink = Sink::default();
    let sources = read_project(dir, &mut sink);
    parse_spec(&sources, &mut sink);
    (sink.sorted(), sources)
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/parse");
    let mut cases: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

/// The text in the file, or the new one when blessing.
fn expected(path: &Path, actual: &str) -> String {
    if std::env::var_os("BACKGEN_BLESS").is_some() {
        fs::write(path, actual).unwrap();
    }
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn every_case_gives_exactly_its_findings() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (diagnostics, sources) = findings(&case);
        let actual = Renderer::new(false).report(&diagnostics, &sources.map);
        if actual != expected(&case.join("expected.txt"), &actual) {
            wrong.push(format!("{}:\n{actual}", case.display()));
        }
        let json = case.join("expected.json");
        if json.exists() {
            let objects = diagnostics
                .iter()
                .map(|diagnostic| diagnostic.to_json(&sources.map));
            let actual = serde_json::to_string_pretty(&objects.collect::<Vec<_>>()).unwrap() + "\n";
            if actual != expected(&json, &actual) {
                wrong.push(format!("{}:\n{actual}", json.display()));
            }
        }
        let purpose = fs::read_to_string(case.join("case.txt")).unwrap_or_default();
        assert_eq!(
            purpose.lines().count(),
            1,
            "{} wants one line on its purpose",
            case.display()
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn in_memory(path: &str, text: &str) -> (Vec<Diagnostic>, Sources) {
    let mut sink = Sink::default();
    let sources = Sources::in_memory(("backgen.yaml", "service: s"), [(path, text)], &mut sink);
    parse_spec(&sources, &mut sink);
    (sink.sorted(), sources)
}

/// YAML and TOML give the same AST: printed without places, the two bookshops are one text.
#[test]
fn both_notations_give_one_ast() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/parse/bookshop");
    let mut sink = Sink::default();
    let sources = read_project(&dir, &mut sink);
    let spec = parse_spec(&sources, &mut sink);
    assert!(sink.is_empty());
    let [yaml, toml] =
        [0, 1].map(|index| without_places(&format!("{:#?}", spec.features[index].body)));
    for (yaml, toml) in yaml.lines().zip(toml.lines()) {
        assert_eq!(yaml, toml);
    }
    assert_eq!(yaml.lines().count(), toml.lines().count());
}

fn without_places(debug: &str) -> String {
    let mut kept = String::new();
    let mut lines = debug.lines();
    while let Some(line) = lines.next() {
        if let Some(indent) = line.find("Span {").or_else(|| line.find("span: Span {")) {
            let close = format!("{}}},", " ".repeat(line.len() - line.trim_start().len()));
            assert!(indent > 0);
            lines.by_ref().find(|line| *line == close);
        } else {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Whatever the compiler accepts, editors accept; what it refuses for its shape alone, they refuse.
#[test]
fn the_json_schema_agrees_with_the_compiler() {
    let validator = jsonschema::validator_for(&backgen::ast::schema()).unwrap();
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let domains = fs::read_dir(specs)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let projects: Vec<PathBuf> = cases().into_iter().chain(domains).collect();
    let folders = projects
        .iter()
        .flat_map(|project| [project.clone(), project.join("specs")]);
    let files = folders
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .map(|entry| entry.unwrap().path());
    let mut accepted = 0;
    for path in files {
        // An empty file is null, and no fault: every key of a feature is optional.
        let Some(value) = as_json(&path).filter(|value| !value.is_null()) else {
            continue;
        };
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        let diagnostics = findings_of_file(&path);
        if diagnostics.is_empty() {
            assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
            accepted += 1;
        } else if diagnostics
            .iter()
            .all(|found| found.code().stage() == Stage::Shape)
        {
            assert!(
                !errors.is_empty(),
                "{} passes the JSON Schema",
                path.display()
            );
        }
    }
    assert!(accepted > 10, "only {accepted} files were compared");
}

/// The findings of one file, taken for itself.
fn findings_of_file(path: &Path) -> Vec<Diagnostic> {
    let text = fs::read_to_string(path).unwrap();
    let extension = path.extension().unwrap().to_str().unwrap();
    if path.file_stem().unwrap() != "backgen" {
        return in_memory(&format!("specs/a.{extension}"), &text).0;
    }
    let mut sink = Sink::default();
    let sources = Sources::in_memory((&format!("backgen.{extension}"), &text), [], &mut sink);
    parse_spec(&sources, &mut sink);
    sink.sorted()
}

/// The file as a tool without backgen reads it; `None` where it is no YAML or TOML.
fn as_json(path: &Path) -> Option<serde_json::Value> {
    let text = fs::read_to_string(path).ok()?;
    match path.extension()?.to_str()? {
        "toml" => toml::from_str(&text).ok(),
        "yaml" | "yml" => serde_saphyr::from_str(&text).ok(),
        _ => None,
    }
}

#[test]
fn the_reference_is_the_one_of_this_compiler() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/spec.md");
    let actual = backgen::ast::reference();
    assert_eq!(
        actual,
        expected(&path, &actual),
        "BACKGEN_BLESS=1 cargo test writes docs/reference/spec.md anew"
    );
}

/// Findings that need more than a folder of this repository holds; `parse_hostile/` makes them.
const MADE_ELSEWHERE: [Code; 4] = [
    Code::TooLarge,
    Code::TooManyFeatures,
    Code::ProjectTooLarge,
    Code::TooManyFindings,
];

#[test]
fn every_code_of_the_front_end_has_a_case() {
    let mut seen: BTreeSet<Code> = MADE_ELSEWHERE.into();
    for case in cases() {
        seen.extend(findings(&case).0.iter().map(Diagnostic::code));
    }
    let front = Code::ALL.iter().filter(|code| code.stage() <= Stage::Shape);
    let missing: Vec<&Code> = front.filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
