//! `backgen generate`: the tree in line with the specs.

use super::args::{Generate, Globals};
use super::report::{Report, Stop};
use super::screen::Screen;
use super::{actions, project};
use crate::compile;
use crate::emit::Mode;

/// What is said after an interrupted run was finished.
pub(super) const RECOVERED: &str = "note: the last run was interrupted; it was finished first";

pub fn run(args: &Generate, globals: &Globals, screen: &mut Screen) -> Result<Report, Stop> {
    let root = project::root(globals)?;
    let mode = if args.dry_run {
        Mode::DryRun
    } else {
        Mode::Update
    };
    // Before the specs are read: what another run changes must be seen.
    let tree = project::open(&root, mode, screen)?;
    let _status = screen.status("generating");
    let project = project::read(&root)?;
    let plan = compile::plan(&project.service, tree.snapshot())?;
    let outcome = tree.apply(&plan)?;
    let text = actions::summary(&outcome, args.verbose, screen.out);
    let (diagnostics, map) = project.said();
    let remarks = tree.recovered().then(|| RECOVERED.to_owned());
    Ok(Report {
        diagnostics,
        map,
        outcome: Some(outcome),
        remarks: remarks.into_iter().collect(),
        text,
        ..Report::default()
    })
}
