//! `backgen add feature NAME`: a spec, and the slice that it asks for, in one change.

use super::args::{AddFeature, Globals};
use super::report::{Report, Stop};
use super::screen::Screen;
use super::{actions, feature, generate, project};
use crate::compile;
use crate::diagnostic::{Sink, call};
use crate::emit::Mode;
use crate::plan::RelPath;
use crate::source::Format;

pub fn run(args: &AddFeature, globals: &Globals, screen: &mut Screen) -> Result<Report, Stop> {
    let root = project::root(globals)?;
    let tree = project::open(&root, Mode::Update, screen)?;
    let _status = screen.status("generating");
    let before = project::read(&root)?;
    let mut sources = before.sources;
    if let Some(same) = sources.features.iter().find(|it| it.name == args.name) {
        let file = sources.map.file(same.file).path();
        return Err(call::feature_exists(&args.name, file).into());
    }
    let format = sources
        .project
        .and_then(|file| Format::of(sources.map.file(file).path()))
        .unwrap_or(Format::Yaml);
    let entity = args.entity.as_deref().map(|name| (name, &args.fields[..]));
    let text = feature::spec(format, entity, &before.spec);
    let extension = match format {
        Format::Yaml => "yaml",
        Format::Toml => "toml",
    };
    let path = format!("specs/{}.{extension}", args.name);
    let mut sink = Sink::default();
    sources.add(&path, text.clone(), &mut sink);
    let project = project::analyse(sources, sink)?;
    let plan = compile::plan(&project.service, tree.snapshot())?;
    let path = RelPath::new(path).expect("BUG: the feature's name was checked");
    let outcome = tree.apply_with(&plan, &[(path, text)])?;
    let (diagnostics, map) = project.said();
    let remarks = tree.recovered().then(|| generate::RECOVERED.to_owned());
    Ok(Report {
        diagnostics,
        map,
        text: actions::summary(&outcome, args.verbose, screen.out),
        outcome: Some(outcome),
        remarks: remarks.into_iter().collect(),
        ..Report::default()
    })
}
