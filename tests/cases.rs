//! Specs in, meaning or findings out: each folder `tests/cases/<area>/<case>` is a project, with one line on its purpose in
//! `case.txt`. `expected.txt` holds the exact text of its findings (warnings included); `expected.ir.json`, where there is one, the IR.
//! `BACKGEN_BLESS=1` writes the expectations anew. The cases in `parse` are those of tests/parse.rs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use backgen::diagnostic::{Code, Diagnostic, Renderer, Sink, Stage};
use backgen::ir::Service;
use backgen::parse::parse_spec;
use backgen::resolve::resolve;
use backgen::source::{Sources, read_project};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir)
        .expect("a readable corpus")
        .map(|entry| entry.expect("a readable corpus").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Every project below an area other than `parse`.
fn cases() -> Vec<PathBuf> {
    let areas = folders(&root())
        .into_iter()
        .filter(|area| !area.ends_with("parse"));
    areas.flat_map(|area| folders(&area)).collect()
}

struct Outcome {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    service: Option<Service>,
}

fn outcome(dir: &Path) -> Outcome {
    let mut sink = Sink::default();
    let sources = read_project(dir, &mut sink);
    let spec = parse_spec(&sources, &mut sink);
    let service = resolve(&spec, &mut sink);
    Outcome {
        sources,
        diagnostics: sink.sorted(),
        service,
    }
}

/// Whether the file holds the text; when blessing, it does afterwards.
fn holds(path: &Path, actual: &str) -> bool {
    if std::env::var_os("BACKGEN_BLESS").is_some() {
        fs::write(path, actual).expect("a readable corpus");
    }
    fs::read_to_string(path).unwrap_or_default() == actual
}

#[test]
fn every_case_means_what_it_says() {
    let mut wrong = Vec::new();
    for case in cases() {
        let purpose = fs::read_to_string(case.join("case.txt")).unwrap_or_default();
        assert_eq!(
            purpose.lines().count(),
            1,
            "{} wants one line on its purpose",
            case.display()
        );
        let Outcome {
            sources,
            diagnostics,
            service,
        } = outcome(&case);
        let actual = Renderer::new(false).report(&diagnostics, &sources.map);
        if !holds(&case.join("expected.txt"), &actual) {
            wrong.push(format!("{}:\n{actual}", case.display()));
        }
        let ir = case.join("expected.ir.json");
        if ir.exists() {
            let actual = service.map_or_else(String::new, |service| {
                serde_json::to_string_pretty(&service).unwrap() + "\n"
            });
            if !holds(&ir, &actual) {
                wrong.push(format!("{}:\n{actual}", ir.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The stages whose codes come from `resolve`.
fn is_semantic(code: Code) -> bool {
    use Stage::{Access, Database, Endpoints, Expressions, Names, Relations, Types};
    matches!(
        code.stage(),
        Names | Types | Relations | Endpoints | Access | Database | Expressions
    )
}

#[test]
fn every_code_has_a_case_in_both_notations() {
    for notation in ["yaml", "toml"] {
        let cases = cases()
            .into_iter()
            .filter(|case| case.join(format!("backgen.{notation}")).exists());
        let found: BTreeSet<Code> = cases
            .flat_map(|case| outcome(&case).diagnostics)
            .map(|diagnostic| diagnostic.code())
            .collect();
        let missing: Vec<Code> = Code::ALL
            .iter()
            .copied()
            .filter(|code| is_semantic(*code) && !found.contains(code))
            .collect();
        assert_eq!(missing, [], "no case in {notation}");
    }
}

#[test]
fn the_examples_of_the_pages_hold() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().copied().filter(|code| is_semantic(*code)) {
        let found: Vec<Vec<Code>> = examples(code.page()).into_iter().map(codes).collect();
        if found != [vec![code], vec![]] {
            wrong.push(format!("{code}: {found:?}"));
        }
    }
    assert_eq!(
        wrong, [""; 0],
        "the first example gives the code, the second nothing"
    );
}

/// The fenced blocks of a page.
fn examples(page: &str) -> Vec<&str> {
    page.split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

/// The kinds of findings of an example: a feature, or files under lines such as `# specs/orders.yaml`.
fn codes(example: &str) -> Vec<Code> {
    let mut files = vec![("specs/example.yaml", String::new())];
    for line in example.lines() {
        match line
            .strip_prefix("# ")
            .filter(|path| path.ends_with(".yaml"))
        {
            Some(path) => files.push((path, String::new())),
            None => files
                .last_mut()
                .expect("the first file")
                .1
                .push_str(&format!("{line}\n")),
        }
    }
    let project = files
        .iter()
        .find(|(path, _)| *path == "backgen.yaml")
        .map_or("service: s", |(_, text)| text);
    let features = files
        .iter()
        .filter(|(path, text)| *path != "backgen.yaml" && !text.is_empty());
    let features = features.map(|(path, text)| (*path, text.as_str()));
    let mut sink = Sink::default();
    let sources = Sources::in_memory(("backgen.yaml", project), features, &mut sink);
    let spec = parse_spec(&sources, &mut sink);
    resolve(&spec, &mut sink);
    let mut codes: Vec<Code> = sink.sorted().iter().map(Diagnostic::code).collect();
    codes.dedup();
    codes
}

/// What is accepted means the same in YAML and in TOML.
#[test]
fn both_notations_mean_the_same() {
    let mut compared = 0;
    for case in cases() {
        let name = case.to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix("_yaml") else {
            continue;
        };
        let twin = PathBuf::from(format!("{stem}_toml"));
        let [yaml, toml] = [&case, &twin].map(|case| case.join("expected.ir.json"));
        if yaml.exists() {
            let [yaml, toml] = [yaml, toml].map(|path| fs::read_to_string(path).unwrap());
            assert!(yaml == toml, "{stem}");
            compared += 1;
        }
    }
    assert!(compared >= 4, "{compared}");
}

/// Faults of parsing leave holes in the AST, which nothing here may fall into.
#[test]
fn what_parsing_left_over_is_resolved_in_silence() {
    for case in folders(&root().join("parse")) {
        let outcome = outcome(&case);
        let parsing = |found: &Diagnostic| !is_semantic(found.code());
        if outcome.diagnostics.iter().any(parsing) {
            assert!(outcome.service.is_none(), "{}", case.display());
        }
    }
}

/// 10,000 entities with the five endpoints each, in a chain of references: a debug build needs seconds, not minutes.
#[test]
fn large_projects_take_linear_time() {
    let small = time(10, 100);
    let large = time(100, 100);
    assert!(large < Duration::from_secs(40), "{large:?}");
    // Ten times the size; the rest is for a busy machine.
    assert!(large < small * 40, "{small:?}, then {large:?}");
}

fn time(features: usize, entities: usize) -> Duration {
    let texts: Vec<(String, String)> = (0..features)
        .map(|feature| {
            let mut text = String::from("entities:\n");
            for entity in 0..entities {
                text.push_str(&format!("  F{feature}e{entity}:\n    fields:\n      name: {{ type: string, unique: true }}\n"));
                if entity > 0 {
                    text.push_str(&format!("      parent: F{feature}e{}\n", entity - 1));
                }
            }
            text.push_str("crud:\n");
            (0..entities).for_each(|entity| text.push_str(&format!("  F{feature}e{entity}: public\n")));
            (format!("specs/f{feature}.yaml"), text)
        })
        .collect();
    let mut sink = Sink::default();
    let files = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let sources = Sources::in_memory(("backgen.yaml", "service: s"), files, &mut sink);
    let spec = parse_spec(&sources, &mut sink);
    let start = Instant::now();
    let service = resolve(&spec, &mut sink).expect("a good spec");
    let taken = start.elapsed();
    assert_eq!(service.endpoints.len(), features * entities * 5);
    taken
}
