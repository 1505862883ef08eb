//! `backgen check`: are the specs right and is the tree in line with them? Changes nothing.

use std::fmt::Write as _;

use serde_json::json;

use super::args::Globals;
use super::project;
use super::report::{Exit, Report, Stop};
use super::screen::Screen;
use crate::compile;
use crate::emit::{ActionKind, Mode, Outcome};
use crate::ir::{Endpoint, Service};

pub fn run(globals: &Globals, screen: &mut Screen) -> Result<Report, Stop> {
    let root = project::root(globals)?;
    let tree = project::open(&root, Mode::CheckOnly, screen)?;
    let _status = screen.status("checking");
    let project = project::read(&root)?;
    let plan = compile::plan(&project.service, tree.snapshot())?;
    let outcome = tree.apply(&plan)?;
    let owed = owed(&project.service, &outcome);
    let files = outcome.actions.len();
    let (diagnostics, map) = project.said();
    let mut report = Report {
        diagnostics,
        map,
        outcome: Some(outcome),
        ..Report::default()
    };
    report.text = if report.exit() == Exit::Well {
        format!("{}: {files} files\n", screen.out.bold("in line"))
    } else {
        format!("{}\n", screen.out.bold("not in line with the specs"))
    };
    if !owed.is_empty() {
        let _ = writeln!(
            report.text,
            "logic still owed, answered 501 until it is written:"
        );
        for path in &owed {
            let _ = writeln!(report.text, "  {path}");
        }
    }
    report.members.insert("owed".into(), json!(owed));
    Ok(report)
}

/// The `logic.rs` of endpoints whose logic only a person can write, as far as nobody has.
fn owed(service: &Service, outcome: &Outcome) -> Vec<String> {
    let waits = |endpoint: &&Endpoint| endpoint.owes_logic();
    let paths = service.endpoints.iter().filter(waits).map(|endpoint| {
        let feature = &service[endpoint.feature].name;
        format!("src/features/{feature}/{}/logic.rs", endpoint.name)
    });
    let untouched = |path: &String| {
        outcome
            .actions
            .iter()
            .any(|it| it.path.as_str() == path && it.kind == ActionKind::Unchanged)
    };
    paths.filter(untouched).collect()
}
