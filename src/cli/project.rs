//! From the options to a project that is read and understood.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::args::Globals;
use super::report::Stop;
use super::screen::Screen;
use crate::ast::Spec;
use crate::compile;
use crate::diagnostic::{Diagnostic, Sink, source as report};
use crate::emit::{Mode, Tree, Wait};
use crate::ir::Service;
use crate::source::{self, PROJECT_FILES, SourceMap, Sources};

/// How long a run waits for another one.
const LOCK_WAIT: Duration = Duration::from_secs(60);

/// A project without faults.
pub struct Project {
    pub spec: Spec,
    pub service: Service,
    pub sources: Sources,
    pub warnings: Vec<Diagnostic>,
}

/// The project's folder. Errors: there is none.
pub fn root(globals: &Globals) -> Result<PathBuf, Stop> {
    let found = match &globals.project {
        Some(dir) if source::holds_project(dir) => Some(dir.clone()),
        Some(_) => None,
        None => source::find_project(Path::new(".")),
    };
    found.ok_or_else(|| report::no_project_file(&PROJECT_FILES).into())
}

/// Opens the tree; says so where another run has to be waited for.
pub fn open(root: &Path, mode: Mode, screen: &mut Screen) -> Result<Tree, Stop> {
    let mut wait = Wait {
        at_most: LOCK_WAIT,
        tell: &mut |line| screen.note(line),
    };
    Ok(Tree::open(root, mode, &mut wait)?)
}

/// Reads and analyses a project.
pub fn read(root: &Path) -> Result<Project, Stop> {
    let mut sink = Sink::default();
    let sources = source::read_project(root, &mut sink);
    analyse(sources, sink)
}

/// Analyses what was read; `sink` holds what was found while reading.
pub fn analyse(sources: Sources, mut sink: Sink) -> Result<Project, Stop> {
    match compile::analyse(&sources, &mut sink) {
        Some((spec, service)) => Ok(Project {
            spec,
            service,
            sources,
            warnings: sink.sorted(),
        }),
        None => Err(Stop::specs(sink, sources.map)),
    }
}

impl Project {
    /// What a report needs of it.
    pub fn said(self) -> (Vec<Diagnostic>, SourceMap) {
        (self.warnings, self.sources.map)
    }
}
