//! The pages of docs/diagnostics: one for each code, whose first example gives that very finding and whose second gives none.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use backgen::diagnostic::{Code, Sink, Stage};
use backgen::parse::parse_spec;
use backgen::source::Sources;

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let pages: BTreeSet<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("BG"))
        .collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
    assert_eq!(pages, codes);
    assert!(
        Code::ALL.is_sorted_by(|a, b| a.id() < b.id()),
        "the table is sorted by number"
    );
    for code in Code::ALL {
        let heading = format!("# {code}: {}\n", code.title());
        assert!(
            code.page().starts_with(&heading),
            "docs/diagnostics/{code}.md begins with `{heading}`"
        );
        assert!(
            code.page().len() > heading.len() + 60,
            "docs/diagnostics/{code}.md says something"
        );
        assert_eq!(code.id().parse(), Ok(*code));
    }
}

#[test]
fn the_examples_of_the_pages_hold() {
    for code in Code::ALL {
        if !matches!(code.stage(), Stage::Syntax | Stage::Shape) {
            continue;
        }
        for (index, (notation, text)) in examples(code.page()).into_iter().enumerate() {
            let found = codes(notation, &text);
            if index == 0 {
                assert_eq!(found, [*code], "the first example of {code}");
            } else {
                assert_eq!(found, [], "the second example of {code}");
            }
        }
    }
}

/// The fenced blocks of a page with their notation.
fn examples(page: &str) -> Vec<(&str, String)> {
    let fences: Vec<&str> = page.split("```").collect();
    let blocks = fences
        .iter()
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'));
    blocks
        .filter(|(notation, _)| ["yaml", "toml"].contains(notation))
        .map(|(notation, text)| (notation, text.to_owned()))
        .collect()
}

/// The kinds of findings of a text.
fn codes(notation: &str, text: &str) -> Vec<Code> {
    let mut sink = Sink::default();
    let path = format!("specs/example.{notation}");
    let sources = Sources::in_memory(
        ("backgen.yaml", "service: s"),
        [(path.as_str(), text)],
        &mut sink,
    );
    parse_spec(&sources, &mut sink);
    let mut codes: Vec<Code> = sink.sorted().iter().map(|found| found.code()).collect();
    codes.dedup();
    codes
}

/// Editors see the same: the JSON Schema refuses the first example of a page on a shape, and accepts the second.
#[test]
fn the_json_schema_agrees_with_the_pages() {
    let validator = jsonschema::validator_for(&backgen::ast::schema()).unwrap();
    for code in Code::ALL.iter().filter(|code| code.stage() == Stage::Shape) {
        let examples = examples(code.page());
        // A key given twice is refused by the reader of YAML already.
        let values: Vec<_> = examples
            .iter()
            .map(|(_, text)| serde_saphyr::from_str::<serde_json::Value>(text).ok())
            .collect();
        if let [bad, Some(good)] = values.as_slice() {
            assert!(
                !bad.as_ref().is_some_and(|bad| validator.is_valid(bad)),
                "the first example of {code}"
            );
            assert!(validator.is_valid(good), "the second example of {code}");
        } else {
            assert!(examples.is_empty(), "{code}");
        }
    }
}
