//! Turns typed views into text, and proves that the text is what its file name says.
//!
//! Enters: the name of an embedded template and a view. Leaves: text (`Renderer`), checked (`gate`) and laid out as
//! rustfmt would (`format_rust`). Absent on purpose: decisions (they are made in `view`), paths, disk.

mod format;
mod gate;
mod rustfmt;

use std::fmt;

use include_dir::{Dir, File, include_dir};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;

pub use format::{Formatted, format_rust};
pub use gate::{GateError, gate, rust};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The template environment. Templates are read from the binary and parsed once, at their first use.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
}

/// A template and its view do not fit. BUG class: no spec may cause it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    pub template: String,
    /// Starting at 1, where known.
    pub line: Option<usize>,
    pub message: String,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template `{}`", self.template)?;
        if let Some(line) = self.line {
            write!(f, " line {line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for RenderError {}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

impl Renderer {
    pub fn new() -> Self {
        Self::with_loader(|name| embedded(name).map(str::to_owned))
    }

    fn with_loader(load: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        let syntax = environment
            .syntax()
            .to_builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build();
        environment.set_syntax(syntax.expect("BUG: the default delimiters are valid"));
        environment.set_loader(move |name| Ok(load(name)));
        Self { environment }
    }

    /// Renders `template` (its path below `templates/`, with `.j2`). Errors: no such template, or a view that lacks
    /// what the template prints.
    pub fn render<T: Serialize>(&self, template: &str, view: &T) -> Result<String, RenderError> {
        self.environment
            .get_template(template)
            .and_then(|found| found.render(Serde(view)))
            .map_err(|error| RenderError::new(template, &error))
    }
}

impl RenderError {
    fn new(template: &str, error: &minijinja::Error) -> Self {
        let message = match (error.kind(), error.detail()) {
            (ErrorKind::TemplateNotFound, _) => "it is not part of this binary".to_owned(),
            (kind, Some(detail)) => format!("{kind}: {detail}"),
            (kind, None) => kind.to_string(),
        };
        Self {
            template: error.name().unwrap_or(template).to_owned(),
            line: error.line(),
            message,
        }
    }
}

/// The text of an embedded file; `name` is its path below `templates/`.
pub fn embedded(name: &str) -> Option<&'static str> {
    TEMPLATES.get_file(name).and_then(File::contents_utf8)
}

/// Every embedded text file below the folder `prefix` ("" = all), as (path below `templates/`, text), sorted by path.
pub fn embedded_under(prefix: &str) -> Vec<(&'static str, &'static str)> {
    let folder = if prefix.is_empty() {
        Some(&TEMPLATES)
    } else {
        TEMPLATES.get_dir(prefix)
    };
    let mut found = Vec::new();
    if let Some(folder) = folder {
        collect(folder, &mut found);
    }
    found.sort_unstable();
    found
}

fn collect(folder: &'static Dir<'static>, found: &mut Vec<(&'static str, &'static str)>) {
    found.extend(
        folder
            .files()
            .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))),
    );
    folder.dirs().for_each(|inner| collect(inner, found));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renderer(text: &'static str) -> Renderer {
        Renderer::with_loader(move |name| (name == "a/b.rs.j2").then(|| text.to_owned()))
    }

    #[derive(Serialize)]
    struct View {
        names: Vec<&'static str>,
    }

    #[test]
    fn blocks_leave_no_blank_lines_and_nothing_is_escaped() {
        let text = "{% for name in names %}\n    {% if loop.first %}\n<{{ name }}>\n    {% endif %}\n{% endfor %}\nend\n";
        let out = renderer(text).render(
            "a/b.rs.j2",
            &View {
                names: vec!["a & b", "c"],
            },
        );
        assert_eq!(out.unwrap(), "<a & b>\nend\n");
    }

    #[test]
    fn an_unknown_name_is_an_error_with_template_and_line() {
        let error = renderer("one\n{{ nmaes }}\n")
            .render("a/b.rs.j2", &View { names: vec![] })
            .unwrap_err();
        assert_eq!(
            (error.template.as_str(), error.line),
            ("a/b.rs.j2", Some(2))
        );
        assert!(
            error
                .to_string()
                .starts_with("template `a/b.rs.j2` line 2: undefined value"),
            "{error}"
        );
    }

    #[test]
    fn a_missing_template_is_named() {
        let error = Renderer::new().render("no/such.j2", &()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "template `no/such.j2`: it is not part of this binary"
        );
    }

    #[test]
    fn embedded_files_are_listed_in_order() {
        let all = embedded_under("");
        assert!(all.is_sorted() && all.iter().any(|(path, _)| *path == "kernel/Cargo.toml"));
        assert!(
            embedded_under("kernel/src")
                .iter()
                .all(|(path, text)| embedded(path) == Some(text))
        );
    }
}
