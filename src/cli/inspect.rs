//! `backgen inspect STAGE`: what a stage of the compiler makes of the project.

use serde::Serialize;
use serde_json::{Value, json};

use super::args::{Globals, OpenApi, Stage};
use super::matrix;
use super::project;
use super::report::{Report, Stop};
use super::screen::Screen;
use crate::compile;
use crate::diagnostic::Sink;
use crate::emit::Mode;
use crate::openapi;
use crate::parse;
use crate::plan::Plan;
use crate::source;

pub fn run(
    stage: Stage,
    version: OpenApi,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Report, Stop> {
    let root = project::root(globals)?;
    match stage {
        Stage::Ast => {
            // Also of specs that mean nothing yet.
            let mut sink = Sink::default();
            let sources = source::read_project(&root, &mut sink);
            let spec = parse::parse_spec(&sources, &mut sink);
            if sink.has_errors() {
                return Err(Stop::specs(sink, sources.map));
            }
            Ok(Report::document(value(&spec)))
        }
        Stage::Ir => Ok(Report::document(value(&project::read(&root)?.service))),
        Stage::Openapi => {
            let service = project::read(&root)?.service;
            Ok(Report::document(match version {
                OpenApi::Current => openapi::document(&service),
                OpenApi::Older => openapi::document_3_0(&service),
            }))
        }
        Stage::Access => Ok(matrix::report(&project::read(&root)?.service)),
        Stage::Plan => {
            let tree = project::open(&root, Mode::DryRun, screen)?;
            let project = project::read(&root)?;
            let plan = compile::plan(&project.service, tree.snapshot())?;
            Ok(Report {
                text: plan.to_string(),
                document: Some(files(&plan)),
                ..Report::default()
            })
        }
    }
}

fn value(stage: &impl Serialize) -> Value {
    serde_json::to_value(stage).expect("BUG: a stage that is no JSON")
}

/// The plan without the texts of its files.
fn files(plan: &Plan) -> Value {
    let files = plan.files().values().map(|file| {
        json!({
            "path": file.path,
            "owner": file.owner,
            "feature": file.feature,
            "bytes": file.contents.text().len(),
        })
    });
    json!({ "version": plan.version, "files": files.collect::<Vec<_>>() })
}
