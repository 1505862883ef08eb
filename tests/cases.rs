//! Specs in, meaning or findings out: each folder `tests/cases/<area>/<case>` is a project, with one line on its purpose in
//! `case.txt`. `expected.txt` holds the exact text of its findings (warnings included); `expected.ir.json`, where there is one, the IR.
//! `BACKGEN_BLESS=1` writes the expectations anew. The cases in `parse` are those of tests/parse.rs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

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
    use Stage::{Access, Database, Endpoints, Names, Relations, Types};
    matches!(
        code.stage(),
        Names | Types | Relations | Endpoints | Access | Database
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
