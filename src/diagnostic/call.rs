//! BG10xx: what a command was given, and what it could not do with it.

use std::path::Path;

use super::{Code, Diagnostic, Place, show};

fn error(code: Code, message: String) -> Diagnostic {
    Diagnostic::error(code, Place::Project, message)
}

pub fn folder_not_empty(folder: &Path) -> Diagnostic {
    let message = format!("`{}` is not empty", folder.display());
    error(Code::FolderNotEmpty, message)
        .help("choose another name, or another folder with `--path DIR`")
}

pub fn no_specs_there(path: &Path) -> Diagnostic {
    let message = format!("there is no spec in `{}`", path.display());
    error(Code::NoSpecsThere, message)
        .help("name a spec file, or a folder that holds `backgen.yaml` or `specs/`")
}

/// `file`: the spec that describes the feature already.
pub fn feature_exists(name: &str, file: &str) -> Diagnostic {
    let message = format!(
        "the feature `{}` exists already: it is described in `{}`",
        show(name),
        show(file)
    );
    error(Code::FeatureExists, message)
        .help("add to that file and run `backgen generate`, or choose another name")
}

pub fn no_such_code(code: &str) -> Diagnostic {
    let codes = Code::ALL.iter().map(|code| code.id());
    let upper = code.to_ascii_uppercase();
    let diagnostic = error(
        Code::NoSuchCode,
        format!("there is no code `{}`", show(code)),
    );
    match super::did_you_mean(&upper, codes) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("codes stand in the brackets of a finding, as in `error[BG0201]`"),
    }
}

/// `what` failed: "`cargo build` ended with exit status: 101".
pub fn not_built(what: &str) -> Diagnostic {
    error(Code::NotBuilt, what.to_owned())
}

/// As [`not_built`], where the program itself is missing.
pub fn no_cargo(error_text: &std::io::Error) -> Diagnostic {
    error(
        Code::NotBuilt,
        format!("`cargo` could not be started: {error_text}"),
    )
    .help("install Rust from https://rustup.rs, then run `cargo run` in the new folder")
}

/// The parser of the command line said `what`.
pub fn wrong_call(what: &str, usage: Option<&str>, tip: Option<&str>) -> Diagnostic {
    let diagnostic = error(Code::WrongCall, what.to_owned());
    let diagnostic = match usage {
        Some(usage) => diagnostic.note(usage.to_owned()),
        None => diagnostic,
    };
    diagnostic.help(tip.unwrap_or("`--help` says what can be given").to_owned())
}
