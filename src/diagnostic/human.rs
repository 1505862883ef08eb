//! Findings for people: message, excerpt, second places, help.

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer as Snippets, Snippet,
};

use super::{Diagnostic, Place, Severity};
use crate::source::{FileId, SourceMap, Span};

/// More than these help nobody; `--format json` has them all.
const SHOWN: usize = 200;

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
    let mut files = vec![primary.file];
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let mark = |span: Span, kind: AnnotationKind, text: Option<&'a str>| (span, kind, text);
    let mut marks = vec![mark(
        primary,
        AnnotationKind::Primary,
        diagnostic.here.as_deref(),
    )];
    marks.extend(diagnostic.labels.iter().map(|label| {
        mark(
            label.span,
            AnnotationKind::Context,
            Some(label.text.as_str()),
        )
    }));
    files
        .into_iter()
        .map(|file| excerpt(file, &marks, map))
        .collect()
}

/// Only the lines that the marks touch and those between are handed over: a long file would be scanned for each finding.
fn excerpt<'a>(
    file: FileId,
    marks: &[(Span, AnnotationKind, Option<&'a str>)],
    map: &'a SourceMap,
) -> Element<'a> {
    let source = map.file(file);
    let marks: Vec<_> = marks
        .iter()
        .filter(|(span, ..)| span.file == file)
        .collect();
    let first = marks.iter().map(|(span, ..)| span.start).min().unwrap_or(0);
    let last = marks.iter().map(|(span, ..)| span.end).max().unwrap_or(0);
    let line = source.position(first as usize).line;
    let start = source.line_range(line).start;
    let end = source.line_range(source.position(last as usize).line).end;
    let annotations = marks.into_iter().map(|(span, kind, text)| {
        let range = span.range();
        let annotation: Annotation<'a> = kind
            .clone()
            .span(range.start - start..range.end.min(end.max(range.start)) - start);
        annotation.label(*text)
    });
    Snippet::source(&source.text()[start..end.max(start)])
        .line_start(line)
        .path(source.path())
        .annotations(annotations)
        .into()
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
