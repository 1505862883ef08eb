//! TOML to nodes, by the recovering parser of the `toml` crate.

use ::toml::Spanned;
use ::toml::de::{DeArray, DeInteger, DeTable, DeValue, Error};

use super::budget::{Budget, MAX_DEPTH, MAX_VALUES};
use super::node::{Entry, Kind, Node};
use crate::ast::Name;
use crate::diagnostic::{Diagnostic, Sink, shape, syntax};
use crate::source::{FileId, Span};

/// A broken file makes the parser complain at every step; the first few say it all.
const MAX_ERRORS: usize = 50;
/// In a longer text the parser stops at its first error, in bytes: recovery keeps one for every slip.
const MAX_RECOVERED: usize = 128 * 1024;
/// The parser's message for a key that is there already.
const DUPLICATE: &str = "duplicate key";

pub(super) fn parse(file: FileId, text: &str, sink: &mut Sink) -> Node {
    let whole = Span::new(file, 0..text.len());
    if let Some(at) = too_deep(text) {
        sink.push(syntax::too_deep(MAX_DEPTH, Span::new(file, at..at + 1)));
        return Node::new(whole, Kind::Bad);
    }
    let (root, errors) = if text.len() <= MAX_RECOVERED {
        DeTable::parse_recoverable(text)
    } else {
        DeTable::parse(text).map_or_else(
            |error| (Spanned::new(0..0, DeTable::new()), vec![error]),
            |root| (root, Vec::new()),
        )
    };
    let mut builder = Builder {
        file,
        text,
        sink,
        budget: Budget::new(),
        broken: false,
    };
    builder.errors(&errors, root.get_ref());
    let kind = builder.table(root.into_inner(), 1);
    let kind = if builder.broken { Kind::Bad } else { kind };
    Node::new(whole, kind)
}

/// Where brackets nest deeper than any spec does. Looked for first, since the parser recovers from each bracket in turn.
/// Brackets inside strings count too: text with that many unclosed ones is not worth a lexer here.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 8 * MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    sink: &'a mut Sink,
    budget: Budget,
    /// Whether what was built is not worth decoding.
    broken: bool,
}

impl Builder<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        let end = self.text.floor_char_boundary(range.end);
        Span::new(
            self.file,
            self.text.floor_char_boundary(range.start).min(end)..end,
        )
    }

    fn errors(&mut self, errors: &[Error], root: &DeTable<'_>) {
        self.broken = errors.iter().any(|error| error.message() != DUPLICATE)
            || !errors.is_empty() && self.text.len() > MAX_RECOVERED;
        let mut shown = Vec::new();
        for error in errors {
            if shown.len() == MAX_ERRORS {
                return;
            }
            let span = self.span(error.span().unwrap_or(0..0));
            let line = self.text[..span.start as usize].rfind('\n');
            let diagnostic = match error.message() {
                DUPLICATE => self.duplicate(span, root),
                // Recovery stumbles on over the same line.
                _ if shown.contains(&line) => continue,
                message if message.contains("recurs") => syntax::too_deep(MAX_DEPTH, span),
                message => syntax::toml(message, span),
            };
            shown.push(line);
            self.sink.push(diagnostic);
        }
    }

    fn duplicate(&self, span: Span, root: &DeTable<'_>) -> Diagnostic {
        let written = &self.text[span.range()];
        let name = written.trim_matches(['"', '\'']);
        let line_start = self.text[..span.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        let first = if line.trim_start().starts_with('[') {
            self.text[..line_start]
                .find(line.trim())
                .map(|at| at..at + line.trim().len())
        } else {
            let section = self.text[..line_start].rfind("\n[").map_or(0, |at| at + 1);
            key_before(root, name, section..span.start as usize)
        };
        shape::duplicate_key(name, span, first.map(|range| self.span(range)))
    }

    fn value(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let span = self.span(value.span());
        if self.broken {
            return Node::new(span, Kind::Bad);
        }
        if depth > MAX_DEPTH {
            self.broken = true;
            self.sink.push(syntax::too_deep(MAX_DEPTH, span));
        } else if !self.budget.take(1) {
            self.broken = true;
            self.sink.push(syntax::too_many_values(MAX_VALUES, span));
        }
        let kind = match value.into_inner() {
            _ if self.broken => Kind::Bad,
            DeValue::String(text) => Kind::Str(text.into_owned()),
            DeValue::Boolean(value) => Kind::Bool(value),
            DeValue::Integer(number) => Kind::Num(decimal(&number)),
            DeValue::Float(number) => Kind::Num(number.as_str().to_owned()),
            // YAML has no such type: there, too, a date is its text.
            DeValue::Datetime(moment) => Kind::Str(moment.to_string()),
            DeValue::Array(items) => self.array(items, depth),
            DeValue::Table(table) => self.table(table, depth),
        };
        Node::new(span, kind)
    }

    fn array(&mut self, items: DeArray<'_>, depth: usize) -> Kind {
        Kind::Seq(
            items
                .into_iter()
                .map(|item| self.value(item, depth + 1))
                .collect(),
        )
    }

    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Kind {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let span = self.span(key.span());
            let key = Name {
                value: key.into_inner().into_owned(),
                span,
            };
            entries.push(Entry {
                key,
                value: self.value(value, depth + 1),
            });
        }
        // The parser lists a table where its header stands last; readers expect the place of its first mention.
        entries.sort_by_key(|entry| entry.key.span.start);
        Kind::Map(entries)
    }
}

/// The digits to the base 10, whatever base the file uses.
fn decimal(number: &DeInteger<'_>) -> String {
    let digits = number.as_str();
    match number.radix() {
        10 => digits.to_owned(),
        radix => i128::from_str_radix(digits, radix)
            .map_or_else(|_| digits.to_owned(), |value| value.to_string()),
    }
}

/// The first key of this name in `range`, in the innermost inline table around the end of `range` if there is one.
fn key_before(
    table: &DeTable<'_>,
    name: &str,
    range: std::ops::Range<usize>,
) -> Option<std::ops::Range<usize>> {
    let around = table.iter().find_map(|(_, value)| match value.get_ref() {
        DeValue::Table(inner) if value.span().contains(&range.end) => Some(inner),
        _ => None,
    });
    if let Some(inner) = around {
        return key_before(inner, name, range);
    }
    let here = table
        .iter()
        .find(|(key, _)| key.get_ref() == name && range.contains(&key.span().start));
    here.map(|(key, _)| key.span()).or_else(|| {
        table.iter().find_map(|(_, value)| match value.get_ref() {
            DeValue::Table(inner) => key_before(inner, name, range.clone()),
            _ => None,
        })
    })
}
