//! The example that a new project starts with, when no specs are given.

use crate::diagnostic::Sink;
use crate::render::embedded_under;
use crate::source::Sources;

const FOLDER: &str = "starter";
const PROJECT: &str = "backgen.yaml";

/// The example's files, with their paths in a project.
pub fn sources(sink: &mut Sink) -> Sources {
    let files: Vec<(&str, &str)> = embedded_under(FOLDER)
        .into_iter()
        .filter_map(|(path, text)| Some((path.strip_prefix(FOLDER)?.strip_prefix('/')?, text)))
        .collect();
    let project = files
        .iter()
        .find(|(path, _)| *path == PROJECT)
        .expect("BUG: the example has no project file");
    let features = files.iter().filter(|(path, _)| *path != PROJECT);
    Sources::in_memory(*project, features.copied(), sink)
}
