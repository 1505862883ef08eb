//! `backgen completions SHELL`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Cli;
use super::report::Report;

pub fn run(shell: Shell) -> Report {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "backgen", &mut script);
    Report::text(String::from_utf8_lossy(&script).into_owned())
}
