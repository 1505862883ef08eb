//! The command line: arguments to library calls, one file per verb.
//!
//! Enters: parsed arguments and a screen. Leaves: an exit code; what is to be read goes through the screen, as text for
//! people or as one JSON document. Deliberately absent: `println!`, and whatever a library caller would need too.

mod actions;
mod add;
mod args;
mod check;
mod completions;
mod explain;
mod feature;
mod generate;
mod inspect;
mod matrix;
mod new;
mod paint;
mod project;
mod report;
mod retitle;
mod schema;
mod screen;
mod serve;
mod starter;
mod status;
mod wrong;

pub use args::{Cli, ColorWhen, Globals, Verb};
pub use report::{Exit, Report};
pub use screen::{Format, Screen};
pub use wrong::{asks_for_json, report as wrong_call};

use clap::CommandFactory;
use report::Stop;
use std::io;

/// Does what the arguments ask for. Errors: the screen cannot be written to.
pub fn run(cli: Cli, screen: &mut Screen) -> io::Result<Exit> {
    let Some(verb) = cli.verb else {
        let help = Cli::command().render_help();
        let text = if screen.out.on {
            help.ansi().to_string()
        } else {
            help.to_string()
        };
        screen.text(&text)?;
        return Ok(Exit::Well);
    };
    let name = verb.name();
    let (result, serve) = dispatch(verb, &cli.globals, screen);
    let mut report = result.unwrap_or_else(Report::from);
    report.verb = name;
    let exit = screen.show(&report)?;
    match serve {
        Some(project) if exit == Exit::Well => match serve::serve(&project, screen)? {
            Ok(()) => Ok(exit),
            Err(stop) => screen.show(&Report::from(stop)),
        },
        _ => Ok(exit),
    }
}

/// The report of a verb, and the project to be started after it.
fn dispatch(
    verb: Verb,
    globals: &Globals,
    screen: &mut Screen,
) -> (Result<Report, Stop>, Option<serve::Project>) {
    let result = match verb {
        Verb::New(args) => {
            let serve = args.serve;
            return match new::run(&args, screen) {
                Ok((report, project)) => (Ok(report), serve.then_some(project)),
                Err(stop) => (Err(stop), None),
            };
        }
        Verb::Add(args::Add::Feature(args)) => add::run(&args, globals, screen),
        Verb::Generate(args) => generate::run(&args, globals, screen),
        Verb::Check => check::run(globals, screen),
        Verb::Explain { code } => explain::run(&code, screen.out),
        Verb::Schema { which } => Ok(schema::run(which)),
        Verb::Inspect { stage, openapi } => inspect::run(stage, openapi, globals, screen),
        Verb::Completions { shell } => Ok(completions::run(shell)),
    };
    (result, None)
}
