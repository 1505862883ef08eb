//! A command line that cannot be understood, for those who asked for JSON.
//!
//! Enters: what the parser of arguments says. Leaves: a report like any other. People get the parser's own text.

use std::ffi::OsString;

use clap::Error;

use super::report::Report;
use crate::diagnostic::call;

/// Whether `--format json` is among the arguments, wherever it stands.
pub fn asks_for_json(arguments: impl IntoIterator<Item = OsString>) -> bool {
    let mut before = OsString::new();
    for argument in arguments.into_iter().take_while(|it| it != "--") {
        if argument == "--format=json" || (before == "--format" && argument == "json") {
            return true;
        }
        before = argument;
    }
    false
}

/// What was wrong with the call.
pub fn report(error: &Error) -> Report {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n").map(|paragraph| {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        words.join(" ")
    });
    let first = paragraphs.next().unwrap_or_default();
    let what = first.strip_prefix("error: ").unwrap_or(&first);
    let (mut usage, mut tip) = (None, None);
    for paragraph in paragraphs {
        if paragraph.starts_with("Usage: ") {
            usage = Some(paragraph);
        } else if let Some(said) = paragraph.strip_prefix("tip: ") {
            tip = Some(said.to_owned());
        }
    }
    Report {
        diagnostics: vec![call::wrong_call(what, usage.as_deref(), tip.as_deref())],
        ..Report::default()
    }
}
