//! Findings for people: message, excerpt, second places, help.

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer as Snippets, Snippet,
};

use super::{Diagnostic, Place, Severity};
use crate::source::{FileId, SourceFile, SourceMap, Span};

/// More than these help nobody; `--format json` has them all.
const SHOWN: usize = 200;
/// The longest text, in bytes, that is looked through for one excerpt.
const SCANNED: usize = 8_000;

/// Prints findings as text, with or without colours.
#[derive(Debug)]
pub struct Renderer {
    snippets: Snippets,
}

impl Renderer {
    pub fn new(colour: bool) -> Self {
        Self {
            snippets: if colour {
                Snippets::styled()
            } else {
                Snippets::plain()
            },
        }
    }

    /// All findings with a blank line between them, then how many there are; empty for none.
    pub fn report(&self, diagnostics: &[Diagnostic], map: &SourceMap) -> String {
        let mut text = String::new();
        for diagnostic in diagnostics.iter().take(SHOWN) {
            text.push_str(&self.one(diagnostic, map));
            text.push_str("\n\n");
        }
        if diagnostics.len() > SHOWN {
            let rest = diagnostics.len() - SHOWN;
            text.push_str(&format!(
                "... and {rest} more (`--format json` lists all)\n\n"
            ));
        }
        text.push_str(&tally(diagnostics));
        text
    }

    /// One finding, without a final line break.
    pub fn one(&self, diagnostic: &Diagnostic, map: &SourceMap) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code.id());
        let mut group = title.elements(places(diagnostic, map));
        for note in &diagnostic.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        for help in &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        self.snippets.render(&[group] as &[Group<'_>])
    }
}

/// The excerpts: the primary file first, then each further file that a label names.
fn places<'a>(diagnostic: &'a Diagnostic, map: &'a SourceMap) -> Vec<Element<'a>> {
    let primary = match &diagnostic.place {
        Place::Project => return Vec::new(),
        Place::File(path) => return vec![Origin::path(path.as_str()).into()],
        Place::At(span) => *span,
    };
    let mut marks = vec![Mark {
        span: primary,
        kind: AnnotationKind::Primary,
        text: diagnostic.here.as_deref(),
    }];
    let labels = diagnostic.labels.iter();
    marks.extend(labels.map(|label| Mark {
        span: label.span,
        kind: AnnotationKind::Context,
        text: Some(&label.text),
    }));
    let mut files: Vec<FileId> = Vec::new();
    for mark in &marks {
        if !files.contains(&mark.span.file) {
            files.push(mark.span.file);
        }
    }
    files
        .into_iter()
        .flat_map(|file| excerpts(file, &marks, map))
        .collect()
}

/// Only the lines that the marks touch and those between are handed over: a long file would be scanned for each finding.
/// Marks far apart get an excerpt each.
fn excerpts<'a>(file: FileId, marks: &[Mark<'a>], map: &'a SourceMap) -> Vec<Element<'a>> {
    let source = map.file(file);
    let marks: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.span.file == file).collect();
    excerpt(source, &marks).map_or_else(
        || {
            marks
                .iter()
                .map(|mark| excerpt(source, &[mark]).unwrap_or_else(|| place(source, mark)))
                .collect()
        },
        |together| vec![together],
    )
}

/// The lines from the first mark to the last; `None` when they are too much to be looked through.
fn excerpt<'a>(source: &'a SourceFile, marks: &[&Mark<'a>]) -> Option<Element<'a>> {
    let first = marks.iter().map(|mark| mark.span.start).min()?;
    let last = marks.iter().map(|mark| mark.span.end).max()?;
    let line = source.position(first as usize).line;
    let shown =
        source.line_range(line).start..source.line_range(source.position(last as usize).line).end;
    if shown.len() > SCANNED {
        return None;
    }
    let snippet = Snippet::source(&source.text()[shown.clone()])
        .line_start(line)
        .path(source.path());
    Some(
        snippet
            .annotations(marks.iter().map(|mark| mark.annotation(&shown)))
            .into(),
    )
}

/// Only file, line and column, for a line that is too long to be shown.
fn place<'a>(source: &'a SourceFile, mark: &Mark<'_>) -> Element<'a> {
    let position = source.position(mark.span.start as usize);
    Origin::path(source.path())
        .line(position.line)
        .char_column(position.column)
        .into()
}

struct Mark<'a> {
    span: Span,
    kind: AnnotationKind,
    text: Option<&'a str>,
}

impl<'a> Mark<'a> {
    /// The mark within the text `shown`.
    fn annotation(&self, shown: &std::ops::Range<usize>) -> Annotation<'a> {
        let range = self.span.range();
        let place = |at: usize| at.clamp(shown.start, shown.end) - shown.start;
        self.kind
            .span(place(range.start)..place(range.end))
            .label(self.text)
    }
}

fn tally(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let words = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts = [
        words(count(Severity::Error), "error"),
        words(count(Severity::Warning), "warning"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("{}\n", parts.join(", "))
    }
}
