//! BG00xx: finding and reading files.

use super::text::one_of;
use super::{Code, Diagnostic, Place, show};

fn file(path: &str) -> Place {
    Place::File(show(path))
}

pub fn no_project_file(names: &[&str]) -> Diagnostic {
    let message = format!(
        "there is no project file, which is {}",
        one_of(names.iter().copied())
    );
    Diagnostic::error(Code::NoProjectFile, Place::Project, message)
        .help("run `backgen new NAME` to start a project, or pass `--project DIR` with the folder that holds `backgen.yaml` or `backgen.toml`")
}

pub fn several_project_files(first: &str, others: &[&str]) -> Diagnostic {
    let message = format!(
        "`{first}` is not the only project file: there is {} too",
        one_of(others.iter().copied())
    );
    Diagnostic::error(Code::SeveralProjectFiles, file(first), message)
        .help("keep one of them and delete the rest")
}

pub fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(
        Code::Unreadable,
        file(path),
        format!("`{}` cannot be read: {error}", show(path)),
    )
    .help("check that it exists and that you may read it")
}

pub fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error(
        Code::NotAFile,
        file(path),
        format!("`{}` is not an ordinary file", show(path)),
    )
    .help("put an ordinary file there, or give it a name that does not end like a spec's")
}

pub fn too_large(path: &str, limit: u64) -> Diagnostic {
    let message = format!(
        "`{}` is larger than {limit} bytes, the most that a spec may have",
        show(path)
    );
    Diagnostic::error(Code::TooLarge, file(path), message)
        .help("split the feature into several files, one feature each")
}

pub fn not_utf8(path: &str, line: usize) -> Diagnostic {
    let message = format!(
        "`{}` is not UTF-8 text: line {line} holds other bytes",
        show(path)
    );
    Diagnostic::error(Code::NotUtf8, file(path), message)
        .help("save the file in the encoding UTF-8")
}

pub fn bad_feature_name(path: &str, stem: &str, limit: usize) -> Diagnostic {
    let message = format!("`{}` cannot be the name of a feature", show(stem));
    Diagnostic::error(Code::BadFeatureName, file(path), message)
        .note("a feature's name is its file's, and becomes a folder, a module and part of table names")
        .help(format!("rename the file: small letters, digits and `_`, a letter first, at most {limit} characters"))
}

pub fn feature_in_two_files(name: &str, path: &str, first: &str) -> Diagnostic {
    let message = format!(
        "the feature `{name}` is described twice: here and in `{}`",
        show(first)
    );
    Diagnostic::error(Code::FeatureInTwoFiles, file(path), message)
        .help("merge the two files, or rename one of them")
}

pub fn too_many_features(folder: &str, count: usize, limit: usize) -> Diagnostic {
    let message = format!("`{folder}` holds {count} specs; a project has at most {limit}");
    Diagnostic::error(Code::TooManyFeatures, file(folder), message)
        .help("split the service into several projects")
}

/// `path` is the file with which the limit is passed; it and those after it are not read.
pub fn project_too_large(path: &str, limit: usize) -> Diagnostic {
    let message = format!(
        "up to `{}` the specs have more than {limit} bytes together",
        show(path)
    );
    Diagnostic::error(Code::ProjectTooLarge, file(path), message)
        .help("split the service into several projects")
}
