//! YAML to nodes: the events of granit-parser, with the traps of YAML reported as what they are.

use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as EventSpan};

use self::built::{Built, Open, list, poison_splits};
use self::entries::entries;
use super::budget::{Budget, MAX_DEPTH, MAX_VALUES};
use super::findings::Findings;
use super::node::{Kind, Node};
use super::scalar;
use crate::diagnostic::{Sink, syntax};
use crate::source::{FileId, Span};

pub(super) fn parse(file: FileId, text: &str, sink: &mut Sink) -> Node {
    let options = granit_parser::options! {
        block_nesting_limit: MAX_DEPTH,
        flow_nesting_limit: MAX_DEPTH,
        emit_comments: false,
        emit_unresolved_aliases: true
    };
    let mut builder = Builder::new(file, text, sink);
    for event in Parser::new_from_str_with_options(text, options) {
        let step = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => builder.syntax_error(&error),
        };
        if step.is_err() {
            return Node::new(builder.whole(), Kind::Bad);
        }
    }
    let whole = builder.whole();
    builder.root.map_or_else(
        || Node::new(whole, Kind::Map(Vec::new())),
        |built| built.node,
    )
}

mod built;
mod entries;

/// The file is given up; why has been reported.
struct GivenUp;

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    findings: Findings<'a>,
    budget: Budget,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Built>,
    root: Option<Built>,
    documents: usize,
}

impl<'a> Builder<'a> {
    fn new(file: FileId, text: &'a str, sink: &'a mut Sink) -> Self {
        let (open, anchors) = (Vec::new(), BTreeMap::new());
        Self {
            file,
            text,
            findings: Findings::new(sink),
            budget: Budget::new(),
            open,
            anchors,
            root: None,
            documents: 0,
        }
    }

    fn whole(&self) -> Span {
        Span::new(self.file, 0..self.text.len())
    }

    fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    fn span(&self, span: EventSpan) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let end = self.text.floor_char_boundary(range.end);
        Span::new(
            self.file,
            self.text.floor_char_boundary(range.start).min(end)..end,
        )
    }

    fn event(&mut self, event: Event<'_>, at: EventSpan) -> Result<(), GivenUp> {
        let span = self.span(at);
        if self.findings.is_full() {
            return Err(GivenUp);
        }
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(text, style, anchor, tag) => {
                let built = self.scalar(&text, style, tag.is_some(), span);
                self.finish(built, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.start(Open::new(style, anchor, false, span), tag.is_some())
            }
            Event::MappingStart(style, anchor, tag) => {
                self.start(Open::new(style, anchor, true, span), tag.is_some())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(id) => {
                let built = self.alias(id, span)?;
                self.finish(built, 0)
            }
            Event::UnresolvedAlias(_) => {
                self.findings
                    .push(syntax::unknown_alias(self.slice(span), span));
                self.finish(Built::bad(span), 0)
            }
            _ => Ok(()),
        }
    }

    fn document(&mut self, span: Span) -> Result<(), GivenUp> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        self.findings.push(syntax::several_documents(span));
        Err(GivenUp)
    }

    fn charge(&mut self, values: usize, span: Span) -> Result<(), GivenUp> {
        if self.budget.take(values) {
            return Ok(());
        }
        self.findings
            .push(syntax::too_many_values(MAX_VALUES, span));
        Err(GivenUp)
    }

    fn start(&mut self, open: Open, tagged: bool) -> Result<(), GivenUp> {
        let span = open.start;
        self.charge(1, span)?;
        if tagged {
            self.findings.push(syntax::tag(span));
        }
        self.open.push(open);
        if self.open.len() <= MAX_DEPTH {
            return Ok(());
        }
        self.findings.push(syntax::too_deep(MAX_DEPTH, span));
        Err(GivenUp)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tagged: bool, span: Span) -> Built {
        let parent = self.open.last();
        let in_flow = parent.is_some_and(|open| open.flow);
        let is_key = parent.is_some_and(|open| open.is_map && open.key.is_none());
        let plain = style == ScalarStyle::Plain;
        let trap = if tagged {
            Some(syntax::tag(span))
        } else if !plain || is_key && text == "<<" {
            None
        } else if in_flow && text.contains('?') {
            Some(syntax::question_mark_in_braces(text, span))
        } else {
            scalar::disagreement(text).map(|why| syntax::ambiguous_scalar(text, why, span))
        };
        let kind = match trap {
            Some(diagnostic) => {
                self.findings.push(diagnostic);
                // A key keeps its name, so that what it holds is still checked.
                if is_key {
                    Kind::Str(text.to_owned())
                } else {
                    Kind::Bad
                }
            }
            None if plain => scalar::resolve(text),
            None => Kind::Str(text.to_owned()),
        };
        Built {
            node: Node::new(span, kind),
            size: 1,
            depth: 0,
            cuttable: plain && in_flow,
        }
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<Built, GivenUp> {
        let Some(target) = self.anchors.get(&id).cloned() else {
            self.findings
                .push(syntax::alias_inside_itself(self.slice(span), span));
            return Ok(Built::bad(span));
        };
        // `finish` charges the alias itself.
        self.charge(target.size - 1, span)?;
        if self.open.len() + target.depth > MAX_DEPTH {
            self.findings.push(syntax::too_deep(MAX_DEPTH, span));
            return Ok(Built::bad(span));
        }
        Ok(Built {
            node: Node {
                span,
                kind: target.node.kind,
            },
            cuttable: false,
            ..target
        })
    }

    /// Puts a finished value where it belongs: under its anchor, and into the open list or map, or at the root.
    fn finish(&mut self, built: Built, anchor: usize) -> Result<(), GivenUp> {
        if built.depth == 0 {
            self.charge(1, built.node.span)?;
        }
        if anchor > 0 {
            self.anchors.insert(anchor, built.clone());
        }
        match self.open.last_mut() {
            None => self.root = Some(built),
            Some(open) if open.is_map && open.key.is_none() => open.key = Some(built),
            Some(open) => {
                let key = open.key.take();
                open.items.push((key, built));
            }
        }
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), GivenUp> {
        let mut open = self.open.pop().expect("BUG: an end without its start");
        if open.flow {
            for (key, whole) in poison_splits(&mut open.items) {
                let key = key.map(|key| self.slice(key));
                self.findings
                    .push(syntax::split_at_comma(self.slice(whole), key, whole));
            }
        }
        let children = open
            .items
            .iter()
            .flat_map(|(key, value)| key.iter().chain([value]));
        let (size, depth) = children.fold((1, 0), |(size, depth), child| {
            (size + child.size, depth.max(child.depth))
        });
        // A block's end lies at the next token; its last value's end reads better.
        let last = open.items.last().map(|(_, value)| value.node.span);
        let whole = if open.flow {
            open.start.to(span)
        } else {
            last.map_or(open.start, |last| open.start.to(last))
        };
        let anchor = open.anchor;
        let kind = if open.is_map {
            entries(open.items, self.text, &mut self.findings)
        } else {
            list(open.items)
        };
        let node = Node::new(whole, kind);
        self.finish(
            Built {
                node,
                size,
                depth: depth + 1,
                cuttable: false,
            },
            anchor,
        )
    }

    fn syntax_error(&mut self, error: &ScanError) -> Result<(), GivenUp> {
        let start = self
            .text
            .floor_char_boundary(error.marker().byte_offset().unwrap_or(0));
        let end = start + self.text[start..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(self.file, start..end);
        let opened = self
            .open
            .iter()
            .rev()
            .find(|open| open.flow)
            .map(|open| open.start);
        self.findings.push(match error.kind() {
            ErrorKind::RecursionLimitExceeded => syntax::too_deep(MAX_DEPTH, span),
            kind => syntax::yaml(kind, span, opened),
        });
        Err(GivenUp)
    }
}
