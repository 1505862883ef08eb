//! A project file with another service name and database; comments and the rest stay as they are.

use std::ops::Range;

use super::args::Db;
use crate::ast::Project;
use crate::source::{Format, SourceFile};

/// The text of `file`, whose AST is `project`, for the service `name`; `db` where it is to change.
pub fn retitle(file: &SourceFile, project: &Project, name: &str, db: Option<Db>) -> String {
    let text = file.text();
    let format = Format::of(file.path()).unwrap_or(Format::Yaml);
    let service = project.service.span().map(|span| span.range());
    let database = project.database.span().map(|span| span.range());
    let after_service = service.as_ref().map_or(0, |at| line_end(text, at.end));
    let mut edits = vec![match service {
        Some(at) => replace(text, at, name),
        None => insert(text, 0, format, "service", name),
    }];
    edits.extend(db.map(|db| match database {
        Some(at) => replace(text, at, db.word()),
        None => insert(text, after_service, format, "database", db.word()),
    }));
    // From the end, so that the places of the others stay right.
    edits.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
    let mut text = text.to_owned();
    for (at, new) in edits {
        text.replace_range(at, &new);
    }
    text
}

/// The same quotes as before.
fn replace(text: &str, at: Range<usize>, value: &str) -> (Range<usize>, String) {
    let quote = text[at.clone()]
        .chars()
        .next()
        .filter(|first| ['"', '\''].contains(first));
    let quote = quote.map(String::from).unwrap_or_default();
    (at, format!("{quote}{value}{quote}"))
}

fn insert(text: &str, at: usize, format: Format, key: &str, value: &str) -> (Range<usize>, String) {
    let line = match format {
        Format::Yaml => format!("{key}: {value}\n"),
        Format::Toml => format!("{key} = \"{value}\"\n"),
    };
    let broken = at == 0 || text[..at].ends_with('\n');
    let line = if broken { line } else { format!("\n{line}") };
    (at..at, line)
}

/// Where the line after `from` begins.
fn line_end(text: &str, from: usize) -> usize {
    text[from..]
        .find('\n')
        .map_or(text.len(), |at| from + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sink;
    use crate::parse::parse_spec;
    use crate::source::Sources;

    fn retitled(path: &str, text: &str) -> String {
        let mut sink = Sink::default();
        let sources = Sources::in_memory((path, text), [], &mut sink);
        let spec = parse_spec(&sources, &mut sink);
        let file = sources.map.file(sources.project.unwrap());
        retitle(file, &spec.project, "new", Some(Db::Postgres))
    }

    /// Not a case of `tests/cli.rs`, where each notation would cost a generated project.
    #[test]
    fn name_and_database_change_and_nothing_else() {
        let of_yaml = |text| retitled("backgen.yaml", text);
        assert_eq!(
            of_yaml("# a\nservice: 'old' # b\ndatabase: sqlite # c\n"),
            "# a\nservice: 'new' # b\ndatabase: postgres # c\n"
        );
        assert_eq!(
            of_yaml("database: sqlite\nservice: old"),
            "database: postgres\nservice: new"
        );
        assert_eq!(
            of_yaml("service: old # b\napi:\n  case: snake\n"),
            "service: new # b\ndatabase: postgres\napi:\n  case: snake\n"
        );
        assert_eq!(
            of_yaml("service: old"),
            "service: new\ndatabase: postgres\n"
        );
        assert_eq!(
            retitled(
                "backgen.toml",
                "service = \"old\"\n[api]\ncase = \"snake\"\n"
            ),
            "service = \"new\"\ndatabase = \"postgres\"\n[api]\ncase = \"snake\"\n"
        );
    }
}
