//! `explain`, `schema`, `inspect`, `completions`: verbs that only print.

use super::desk::{Desk, codes};

#[test]
fn a_code_is_explained_in_any_letter_case() {
    let desk = Desk::empty();
    let run = desk.run(&["explain", "bg0201"]);
    assert_eq!((run.exit, run.err.as_str()), (0, ""));
    assert!(
        run.out.starts_with("BG0201: unknown key\n\n"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("\n    entities:\n") && !run.out.contains("```"),
        "{}",
        run.out
    );
    let (_, document) = desk.json(&["explain", "BG0201"]);
    assert_eq!(document["title"], "unknown key");
}

#[test]
fn an_unknown_code_finds_its_neighbour() {
    let desk = Desk::empty();
    let run = desk.run(&["explain", "BG021"]);
    assert_eq!((run.exit, run.out.as_str()), (2, ""));
    assert!(run.err.contains("did you mean `BG0210`?"), "{}", run.err);
    let (exit, document) = desk.json(&["explain", "nonsense"]);
    assert_eq!((exit, codes(&document)), (2, vec!["BG1004"]));
}

#[test]
fn schemas_accept_the_files_that_new_writes() {
    let desk = Desk::bookshop();
    for (which, file) in [
        (Some("project"), "backgen.yaml"),
        (Some("feature"), "specs/catalog.yaml"),
        (None, "specs/reviews.yaml"),
    ] {
        let arguments: Vec<&str> = ["schema"].into_iter().chain(which).collect();
        let run = desk.run(&arguments);
        let schema = serde_json::from_str(&run.out).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let instance = serde_saphyr::from_str(&desk.read(file)).unwrap();
        assert!(validator.is_valid(&instance), "{file} by {which:?}");
        assert!(!validator.is_valid(&serde_json::json!({ "nonsense": 1 })));
    }
    // The one that specs name for editors is the whole.
    let whole: serde_json::Value =
        serde_json::from_str(&desk.read(".backgen/spec.schema.json")).unwrap();
    assert_eq!(desk.json(&["schema"]).1, whole);
}

#[test]
fn every_stage_can_be_inspected() {
    let desk = Desk::bookshop();
    let (_, ast) = desk.json(&["inspect", "ast"]);
    assert_eq!(
        ast["features"]["catalog"]["entities"]["Author"]["fields"]["born"]["optional"],
        true
    );
    let (_, ir) = desk.json(&["inspect", "ir"]);
    assert_eq!(ir["name"], "bookshop");
    let (_, plan) = desk.json(&["inspect", "plan"]);
    assert!(
        plan["files"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["owner"] == "co-owned")
    );
    let run = desk.run(&["inspect", "plan"]);
    assert!(
        run.out
            .contains("generated    reviews  src/features/reviews/mod.rs\n"),
        "{}",
        run.out
    );
    let (_, served) = desk.json(&["inspect", "openapi"]);
    assert_eq!(served["openapi"], "3.1.0");
    let (_, older) = desk.json(&["inspect", "openapi", "--openapi", "3.0"]);
    assert_eq!(older["openapi"], "3.0.3");
    assert!(
        older["paths"]
            .as_object()
            .unwrap()
            .keys()
            .eq(served["paths"].as_object().unwrap().keys())
    );
    let (exit, access) = desk.json(&["inspect", "access"]);
    assert_eq!(exit, 0);
    assert_eq!(access["endpoints"][0]["anonymous"], "all", "{access}");
    let run = desk.run(&["inspect", "access"]);
    assert!(run.out.contains("anonymous  signed in"), "{}", run.out);
}

#[test]
fn shells_get_completions() {
    let desk = Desk::empty();
    for shell in ["bash", "zsh", "fish"] {
        let run = desk.run(&["completions", shell]);
        assert_eq!(run.exit, 0);
        assert!(run.out.contains("backgen"), "{shell}");
    }
    assert_eq!(desk.run(&["completions", "ed"]).exit, 2);
}
