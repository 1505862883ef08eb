//! What holds for every verb: where output goes, colours, pipes that close, the project that is meant.

use super::desk::{Desk, codes};
use serde_json::Value;
use std::process::{Command, Stdio};

#[test]
fn a_bare_call_prints_help() {
    let run = Desk::empty().run(&[]);
    assert_eq!((run.exit, run.err.as_str()), (0, ""));
    assert!(run.out.contains("Usage: backgen"), "{}", run.out);
    let version = Desk::empty().run(&["--version"]);
    assert_eq!(
        version.out,
        format!("backgen {}\n", env!("CARGO_PKG_VERSION"))
    );
    let wrong = Desk::empty().run(&["generat"]);
    assert_eq!((wrong.exit, wrong.out.as_str()), (2, ""));
    assert!(wrong.err.contains("generate"), "{}", wrong.err);
}

#[test]
fn a_wrong_call_is_a_document_for_those_who_asked_for_one() {
    let desk = Desk::empty();
    let cases: [(&[&str], &str, &str); 6] = [
        (
            &["generat"],
            "unrecognized subcommand 'generat'",
            "'generate'",
        ),
        (&["new"], "<NAME>", "--help"),
        (
            &["new", "Shop"],
            "cannot be the name of a service",
            "--help",
        ),
        (
            &["new", "shop", "--db", "oracle"],
            "possible values: sqlite, postgres",
            "--help",
        ),
        (
            &["check", "--formt", "x"],
            "unexpected argument '--formt'",
            "'--format'",
        ),
        (&["add"], "requires a subcommand", "--help"),
    ];
    for (arguments, said, help) in cases {
        let (exit, document) = desk.json(arguments);
        assert_eq!(
            (exit, codes(&document)),
            (2, vec!["BG1007"]),
            "{arguments:?}"
        );
        let found = &document["diagnostics"][0];
        let message = found["message"].as_str().unwrap_or_default();
        assert!(message.contains(said), "{document:#}");
        assert!(!message.starts_with("error"), "{document:#}");
        let tip = found["help"][0].as_str().unwrap_or_default();
        assert!(tip.contains(help), "{document:#}");
        assert_eq!(document["command"], Value::Null);
    }
    for first in [
        &["--format", "json", "generat"][..],
        &["--format=json", "generat"],
    ] {
        let run = desk.run(first);
        let document: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!((run.exit, codes(&document)), (2, vec!["BG1007"]));
    }
    let positional = desk.run(&["explain", "--", "--format", "json"]);
    assert_eq!((positional.exit, positional.out.as_str()), (2, ""));
}

#[test]
fn a_pipe_has_no_colours_unless_they_are_asked_for() {
    let desk = Desk::bookshop();
    desk.edit("specs/reviews.yaml", "type: text", "type: txt");
    let coloured = |run: &super::desk::Run| (run.out.clone() + &run.err).contains('\u{1b}');
    for arguments in [
        &["check"][..],
        &["explain", "BG0201"],
        &[],
        &["nonsense"],
        &["check", "--color", "never"],
    ] {
        assert!(!coloured(&desk.run(arguments)), "{arguments:?}");
    }
    assert!(coloured(&desk.run(&["check", "--color", "always"])));
    assert!(coloured(
        &desk.run(&["explain", "BG0201", "--color", "always"])
    ));
}

#[test]
fn the_project_is_the_nearest_one_above() {
    let desk = Desk::bookshop();
    let run = |folder: &str, arguments: &[&str]| {
        let mut command = desk.command();
        command.current_dir(desk.at(folder)).args(arguments);
        command.output().unwrap().status.code().unwrap()
    };
    assert_eq!(run("src/features", &["check"]), 0);
    assert_eq!(run("src/features", &["check", "--project", "."]), 2);
    assert_eq!(run("src/features", &["check", "--project", "../.."]), 0);
    let nowhere = Desk::empty();
    for verb in ["check", "generate", "inspect"] {
        let arguments: Vec<&str> = [verb]
            .into_iter()
            .chain((verb == "inspect").then_some("ir"))
            .collect();
        let (exit, document) = nowhere.json(&arguments);
        assert_eq!((exit, codes(&document)), (2, vec!["BG0001"]), "{verb}");
    }
    assert!(nowhere.tree().is_empty(), "a wrong call left files");
}

#[test]
fn a_pipe_that_closes_changes_neither_work_nor_exit_code() {
    let desk = Desk::bookshop();
    desk.edit("specs/reviews.yaml", "type: text", "type: txt");
    let mut child = Command::new(env!("CARGO_BIN_EXE_backgen"))
        .args(["check", "--format", "json"])
        .current_dir(desk.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_an_error() {
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_backgen"))
        .args(["explain", "BG0201"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.starts_with("error: the result cannot be printed: "),
        "{said}"
    );
}
