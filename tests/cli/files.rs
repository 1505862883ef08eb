//! `generate` and `check`: what happens to a tree that people work in.

use super::desk::{Desk, codes};
use std::fs::{self, File};
use std::process::Stdio;

const HANDLER: &str = "src/features/catalog/list_books/handler.rs";
const LOGIC: &str = "src/features/catalog/restock_book/logic.rs";

#[test]
fn a_second_run_writes_nothing() {
    let desk = Desk::bookshop();
    let before = desk.tree();
    let (exit, document) = desk.json(&["gen"]);
    assert_eq!((exit, &document["written"]), (0, &0.into()));
    assert_eq!(document["command"], "generate");
    assert!(desk.tree() == before, "files changed");
}

#[test]
fn a_dry_run_says_what_a_run_does() {
    let desk = Desk::bookshop();
    desk.edit("specs/reviews.yaml", "What readers say.", "What they say.");
    let before = desk.tree();
    let dry = desk.run(&["generate", "--dry-run"]);
    assert_eq!(dry.exit, 0);
    assert!(dry.out.contains("would be: "), "{}", dry.out);
    assert!(desk.tree() == before, "files changed");
    let (exit, document) = desk.json(&["check"]);
    assert_eq!(exit, 1);
    assert!(codes(&document).contains(&"BG0909"), "{document}");
    let run = desk.run(&["generate"]);
    let counts = |text: &str| text.lines().count();
    assert_eq!((run.exit, counts(&run.out)), (0, counts(&dry.out)));
    assert_eq!(desk.run(&["check"]).exit, 0);
}

#[test]
fn an_edited_handler_is_refused_with_its_difference() {
    let desk = Desk::bookshop();
    desk.edit(HANDLER, "async fn handle(", "async fn handle_it(");
    let check = desk.run(&["check"]);
    assert_eq!(check.exit, 1);
    assert!(check.err.contains("error[BG0901]"), "{}", check.err);
    assert!(
        check.err.contains("\n  -async fn handle_it("),
        "{}",
        check.err
    );
    assert!(
        check.out.starts_with("not in line with the specs\n"),
        "{}",
        check.out
    );
    let run = desk.run(&["generate"]);
    assert_eq!(run.exit, 1);
    assert!(
        run.out.contains(&format!("refused    {HANDLER}\n")),
        "{}",
        run.out
    );
    assert!(desk.read(HANDLER).contains("handle_it"));
    let (_, document) = desk.json(&["generate"]);
    assert!(
        document["diagnostics"][0]["diff"]
            .as_str()
            .unwrap()
            .contains("+async fn handle(")
    );
    fs::remove_file(desk.at(HANDLER)).unwrap();
    assert_eq!(desk.run(&["generate"]).exit, 0);
    assert_eq!(desk.run(&["check"]).exit, 0);
}

#[test]
fn logic_is_owed_until_it_is_written_and_kept_afterwards() {
    let desk = Desk::bookshop();
    let (exit, document) = desk.json(&["check"]);
    assert_eq!((exit, &document["owed"]), (0, &serde_json::json!([LOGIC])));
    desk.write(LOGIC, "//! Mine.\n");
    let (exit, document) = desk.json(&["check"]);
    assert_eq!((exit, &document["owed"]), (0, &serde_json::json!([])));
    let run = desk.run(&["generate"]);
    assert_eq!(run.exit, 0);
    assert!(
        run.out.contains(&format!("kept       {LOGIC}\n")),
        "{}",
        run.out
    );
    assert_eq!(desk.read(LOGIC), "//! Mine.\n");
}

#[test]
fn windows_line_ends_are_no_difference() {
    let desk = Desk::bookshop();
    desk.write(HANDLER, &desk.read(HANDLER).replace('\n', "\r\n"));
    assert_eq!(desk.run(&["check"]).exit, 0);
}

#[test]
fn a_table_that_would_change_is_named() {
    let desk = Desk::bookshop();
    let before = desk.tree();
    desk.edit("specs/reviews.yaml", "max: 5 }", "max: 10 }");
    for verb in ["generate", "check"] {
        let run = desk.run(&[verb]);
        assert_eq!(run.exit, 1, "{verb}");
        assert!(run.err.contains("error[BG0821]"), "{}", run.err);
        assert!(
            run.err.contains("column `reviews.stars` was"),
            "{}",
            run.err
        );
    }
    desk.edit("specs/reviews.yaml", "max: 10 }", "max: 5 }");
    assert!(desk.tree() == before, "files changed");
}

#[test]
fn an_index_more_is_a_migration() {
    let desk = Desk::bookshop();
    let first = desk.read("migrations/0002_reviews.sql");
    desk.edit(
        "specs/reviews.yaml",
        "sort: [stars, created_at]",
        "sort: [stars, created_at, updated_at]",
    );
    assert_eq!(desk.run(&["generate"]).exit, 0);
    assert_eq!(
        desk.read("migrations/0003_reviews_add_reviews_updated_at_id_idx.sql"),
        "-- More indexes of `reviews`.\n\n\
         create index reviews_updated_at_id_idx on reviews (updated_at, id);\n"
    );
    assert_eq!(desk.read("migrations/0002_reviews.sql"), first);
    let again = desk.tree();
    assert_eq!(desk.run(&["generate"]).exit, 0);
    assert_eq!(desk.run(&["check"]).exit, 0);
    assert!(desk.tree() == again, "files changed");
}

#[test]
fn another_database_is_one_word_and_the_way_back_another() {
    let desk = Desk::bookshop();
    let before = desk.tree();
    let change = |old: &str, new: &str| {
        let (old, new) = (format!("database: {old}"), format!("database: {new}"));
        desk.edit("backgen.yaml", &old, &new);
        assert_eq!(desk.run(&["generate"]).exit, 0);
        assert_eq!(desk.run(&["check"]).exit, 0);
    };
    change("sqlite", "postgres");
    let migration = desk.read("migrations/postgres/0001_catalog.sql");
    assert!(migration.contains("uuid"), "{migration}");
    assert!(
        desk.read("src/migrations.rs")
            .contains("migrations/postgres/0001_catalog.sql")
    );
    assert!(
        desk.read("migrations/0001_catalog.sql").contains("strict"),
        "it was rewritten"
    );
    assert_eq!(
        desk.run(&["add", "feature", "loans", "Loan", "book:Book"])
            .exit,
        0
    );
    assert!(desk.at("migrations/postgres/0003_loans.sql").exists());
    change("postgres", "sqlite");
    assert!(desk.read("migrations/0003_loans.sql").contains("strict"));
    let untouched = |path: &str| {
        let of = |tree: &[(std::path::PathBuf, Vec<u8>)]| {
            tree.iter().find(|it| it.0.ends_with(path)).cloned()
        };
        of(&before) == of(&desk.tree())
    };
    assert!(untouched("migrations/0001_catalog.sql") && untouched("src/app.rs"));
}

#[test]
fn faults_of_specs_are_shown_with_their_place_and_stop_the_run() {
    let desk = Desk::bookshop();
    desk.edit("specs/reviews.yaml", "type: text", "type: txt");
    let (exit, document) = desk.json(&["generate"]);
    assert_eq!((exit, codes(&document)), (1, vec!["BG0301"]));
    let found = &document["diagnostics"][0];
    assert_eq!(
        (&found["file"], &found["line"]),
        (&"specs/reviews.yaml".into(), &10.into())
    );
    assert!(document.get("actions").is_none());
}

#[test]
fn a_run_waits_for_another_one_and_says_for_whom() {
    let desk = Desk::bookshop();
    let lock = File::options()
        .write(true)
        .open(desk.at(".backgen/lock"))
        .unwrap();
    fs::write(desk.at(".backgen/lock"), "4711\n").unwrap();
    lock.lock().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_backgen"));
    let mut child = command
        .arg("generate")
        .current_dir(desk.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut notes = std::io::BufReader::new(child.stderr.take().unwrap());
    std::io::BufRead::read_line(&mut notes, &mut said).unwrap();
    assert!(
        said.starts_with("waiting for another backgen (process 4711) to finish in `"),
        "{said}"
    );
    assert!(child.try_wait().unwrap().is_none(), "it did not wait");
    lock.unlock().unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn an_interrupted_run_is_finished_and_told() {
    let desk = Desk::bookshop();
    desk.write(".backgen/journal.json", "{\"steps\":[]}");
    assert_eq!(desk.run(&["check"]).exit, 1);
    let run = desk.run(&["generate"]);
    assert_eq!(
        (run.exit, run.err.as_str()),
        (
            0,
            "note: the last run was interrupted; it was finished first\n"
        )
    );
    assert_eq!(desk.run(&["check"]).exit, 0);
}
