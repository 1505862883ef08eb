//! `new` and `add feature`.

use super::desk::{Desk, codes};
use serde_json::json;

#[test]
fn the_example_is_a_project_that_is_in_line() {
    let desk = Desk::empty();
    let run = desk.run(&["new", "book_shop"]);
    assert_eq!((run.exit, run.err.as_str()), (0, ""));
    assert!(
        run.out.contains("created    src/features/catalog/ ("),
        "{}",
        run.out
    );
    assert!(run.out.contains("\nnext:\n  cd book_shop\n"), "{}", run.out);
    assert!(
        desk.read("book_shop/backgen.yaml")
            .contains("service: book_shop\n")
    );
    assert!(
        desk.read("book_shop/Cargo.toml")
            .contains("name = \"book_shop\"")
    );
    let check = desk.run(&["check", "--project", "book_shop"]);
    assert_eq!((check.exit, check.err.as_str()), (0, ""));
    assert!(
        check
            .out
            .contains("src/features/catalog/restock_book/logic.rs"),
        "{}",
        check.out
    );
}

#[test]
fn specs_are_copied_with_another_name_and_database() {
    let desk = Desk::empty();
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/clinic");
    let (exit, document) = desk.json(&["new", "praxis", "--db", "postgres", "--spec", specs]);
    assert_eq!((exit, &document["project"]), (0, &json!("praxis")));
    let project = desk.read("praxis/backgen.toml");
    assert!(project.starts_with("service = \"praxis\"\n"), "{project}");
    assert!(project.contains("database = \"postgres\"\n"), "{project}");
    let of_patients = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/specs/clinic/specs/patients.toml"
    );
    let original = std::fs::read_to_string(of_patients).unwrap();
    assert_eq!(desk.read("praxis/specs/patients.toml"), original);
}

#[test]
fn a_spec_file_alone_gets_a_project_file() {
    let desk = Desk::empty();
    desk.write(
        "things.yaml",
        "entities:\n  Thing:\n    fields: { name: string }\ncrud: { Thing: public }\n",
    );
    assert_eq!(
        desk.run(&["new", "shed", "--spec", "things.yaml", "--path", "here"])
            .exit,
        0
    );
    assert!(desk.read("here/backgen.yaml").contains("\nservice: shed\n"));
    assert!(
        desk.at("here/src/features/things/list_things/logic.rs")
            .exists()
    );
}

#[test]
fn specs_with_faults_leave_nothing_behind() {
    let desk = Desk::empty();
    desk.write(
        "bad.yaml",
        "entities:\n  Thing:\n    fields: { name: strng }\n",
    );
    let run = desk.run(&["new", "shed", "--spec", "bad.yaml"]);
    assert_eq!((run.exit, run.out.as_str()), (1, ""));
    assert!(
        run.err.contains("3:21") && run.err.contains("did you mean `string`?"),
        "{}",
        run.err
    );
    assert!(!desk.at("shed").exists());
}

#[test]
fn wrong_calls_of_new() {
    let desk = Desk::empty();
    desk.write("full/file", "");
    let cases: [(&[&str], &str); 8] = [
        (&["new"], "<NAME>"),
        (&["new", "kernel"], "a package that services depend on"),
        (&["new", "Shop"], "cannot be the name of a service"),
        (&["new", "a: b"], "small letters"),
        (&["new", "shop", "--path", "full"], "BG1001"),
        (&["new", "shop", "--spec", "nowhere.yaml"], "BG0003"),
        (&["new", "shop", "--spec", "full"], "BG1002"),
        (&["new", "shop", "--db", "oracle"], "possible values"),
    ];
    for (arguments, said) in cases {
        let run = desk.run(arguments);
        assert_eq!((run.exit, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
    assert!(!desk.at("shop").exists());
}

#[test]
fn a_repository_that_was_just_made_may_be_filled() {
    let desk = Desk::empty();
    desk.write(".git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(desk.run(&["new", "shop", "--path", "."]).exit, 0);
}

#[test]
fn a_feature_is_a_spec_a_slice_and_a_migration() {
    let desk = Desk::bookshop();
    let fields = ["book:Book", "due:date?", "fee:decimal(10,2)", "on:bool"];
    let run = desk.run(&[&["add", "feature", "loans", "Loan"], &fields[..]].concat());
    assert_eq!((run.exit, run.err.as_str()), (0, ""));
    let spec = desk.read("specs/loans.yaml");
    for line in [
        "uses: [catalog]",
        "book: catalog.Book",
        "due: date?",
        "fee: decimal(10,2)",
        "'on': bool",
        "Loan: public",
    ] {
        assert!(spec.contains(line), "{line} in {spec}");
    }
    assert!(desk.at("src/features/loans/create_loan/logic.rs").exists());
    assert!(
        desk.read("migrations/0003_loans.sql")
            .contains("create table loans")
    );
    assert_eq!(desk.run(&["check"]).exit, 0);
}

#[test]
fn a_feature_without_entities_waits_for_them() {
    let desk = Desk::bookshop();
    assert_eq!(desk.run(&["add", "feature", "search"]).exit, 0);
    assert_eq!(desk.run(&["check"]).exit, 0);
}

#[test]
fn a_project_in_toml_gets_its_features_in_toml() {
    let desk = Desk::empty();
    desk.write("backgen.toml", "service = \"shed\"\n");
    assert_eq!(
        desk.run(&["add", "feature", "tools", "Tool", "name:string", "of:Tool?"])
            .exit,
        0
    );
    let spec = desk.read("specs/tools.toml");
    assert!(
        spec.contains("[entities.Tool.fields]\nname = \"string\"\nof = \"Tool?\"\n"),
        "{spec}"
    );
}

#[test]
fn a_feature_with_faults_leaves_nothing_behind() {
    let desk = Desk::bookshop();
    let before = desk.tree();
    let (exit, document) = desk.json(&["add", "feature", "loans", "Loan", "book:Boook", "due:dat"]);
    assert_eq!((exit, codes(&document)), (1, vec!["BG0301", "BG0301"]));
    assert_eq!(document["diagnostics"][0]["file"], "specs/loans.yaml");
    for (arguments, said) in [
        (&["catalog", "Book"][..], "BG1003"),
        (&["loans", "Loan", "book"], "a name, a colon and a type"),
        (&["Loans"], "feature"),
        (&["../x"], "small letters"),
    ] {
        let run = desk.run(&[&["add", "feature"], arguments].concat());
        assert_eq!(run.exit, 2, "{arguments:?}");
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
    assert!(desk.tree() == before, "files changed");
}
