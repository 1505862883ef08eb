//! `backgen new NAME`: a project that builds, tests and runs at once.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::New;
use super::report::{Report, Stop};
use super::screen::Screen;
use super::{actions, project, retitle, serve, starter};
use crate::compile::{self, SPEC_SCHEMA};
use crate::diagnostic::{Sink, call, emit};
use crate::emit::Mode;
use crate::ir::{Action, Endpoint, Method, Segment, Service};
use crate::parse;
use crate::plan::RelPath;
use crate::source::{self, Sources};

/// Checks a service's name as the compiler does. Errors: a sentence for the command line.
pub fn service_name(text: &str) -> Result<String, String> {
    let known = |character: char| character.is_ascii_alphanumeric() || character == '_';
    if text.is_empty() || !text.chars().all(known) {
        return Err("write small letters, digits and `_`, as in `book_shop`".to_owned());
    }
    let mut sink = Sink::default();
    let project = format!("service: \"{text}\"\n");
    let sources = Sources::in_memory(("backgen.yaml", &project), [], &mut sink);
    compile::analyse(&sources, &mut sink);
    match sink.sorted().first() {
        Some(fault) => Err(fault.message().to_owned()),
        None => Ok(text.to_owned()),
    }
}

/// Makes the project; the second result is what `--serve` needs.
pub fn run(args: &New, screen: &mut Screen) -> Result<(Report, serve::Project), Stop> {
    let root = args
        .path
        .clone()
        .unwrap_or_else(|| PathBuf::from(&args.name));
    let vacant =
        source::is_vacant(&root).map_err(|error| emit::disk_refused("look into", &root, &error))?;
    if !vacant {
        return Err(call::folder_not_empty(&root).into());
    }
    let files = specs(args)?;
    let status = screen.status("generating");
    let mut sink = Sink::default();
    let (first, features) = files
        .split_first()
        .expect("BUG: the project file comes first");
    let features = features
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let sources = Sources::in_memory((first.0.as_str(), &first.1), features, &mut sink);
    let project = project::analyse(sources, sink)?;
    let plan = compile::plan(&project.service, &Value::Null)?;
    let tree = project::open(&root, Mode::Update, screen)?;
    let outcome = tree.apply_with(&plan, &files)?;
    drop(status);
    let shown = root.display().to_string();
    let mut text = actions::summary(&outcome, args.verbose, screen.out);
    text.push_str(&next_steps(args, &shown));
    let to_serve = serve::Project {
        name: args.name.clone(),
        first: first_read(&project.service),
        root,
    };
    let (diagnostics, map) = project.said();
    let mut report = Report {
        diagnostics,
        map,
        outcome: Some(outcome),
        text,
        ..Report::default()
    };
    report.members.insert("project".into(), json!(shown));
    Ok((report, to_serve))
}

fn next_steps(args: &New, folder: &str) -> String {
    if args.serve {
        return String::new();
    }
    format!(
        "\nnext:\n  cd {folder}\n  cargo run           # http://127.0.0.1:8080, documentation at /docs\n  cargo test\nthen change specs/ and run `backgen generate`\n"
    )
}

/// The specs of the new project, the project file first, with the name and database that were asked for.
fn specs(args: &New) -> Result<Vec<(RelPath, String)>, Stop> {
    let mut sink = Sink::default();
    let mut given = if args.spec.is_empty() {
        starter::sources(&mut sink)
    } else {
        source::read_given(&args.spec, &mut sink)
    };
    if given.project.is_none() {
        let text = format!(
            "# yaml-language-server: $schema={SPEC_SCHEMA}\nservice: {}\n",
            args.name
        );
        given.project = Some(given.map.add("backgen.yaml", text));
    }
    let spec = parse::parse_spec(&given, &mut sink);
    if sink.has_errors() {
        return Err(Stop::specs(sink, given.map));
    }
    let file = given
        .project
        .expect("BUG: a project file was made if none was given");
    let project = given.map.file(file);
    let mut files = vec![(
        RelPath::new(file_name(project.path())).expect("BUG: the names of project files are valid"),
        retitle::retitle(project, &spec.project, &args.name, args.db),
    )];
    for feature in &given.features {
        let file = given.map.file(feature.file);
        let path = format!("specs/{}", file_name(file.path()));
        let path = RelPath::new(path).expect("BUG: a feature's name was not checked");
        files.push((path, file.text().to_owned()));
    }
    Ok(files)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A GET that needs nothing: a list, else a read without parameters.
fn first_read(service: &Service) -> Option<String> {
    let plain = |it: &&Endpoint| {
        let mut segments = it.path.segments.iter();
        it.method == Method::Get && segments.all(|it| matches!(it, Segment::Literal(_)))
    };
    let lists = |it: &&Endpoint| matches!(it.action, Action::List(_));
    let all = || service.endpoints.iter().filter(plain);
    let found = all().find(lists).or_else(|| all().next())?;
    Some(format!("{}{}", service.api.prefix, found.path))
}
