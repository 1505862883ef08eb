//! What every decoding shares: the sink, the text, the key at hand, and the walk over a block's keys.

use crate::ast::{Block, Entry as MapEntry, F, Map, Name, Spanned};
use crate::diagnostic::{Diagnostic, Sink, shape, support};
use crate::source::{FileId, SourceMap, Span};

use super::findings::Findings;
use super::node::{Kind, Node};

/// A value of the AST, made from a node.
pub(crate) trait Decode: Sized {
    /// What a spec must hold here, with its article: `a number`.
    const WHAT: &'static str;

    /// `None` when it is wrong, which has then been reported (or the node is bad already).
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self>;

    fn field(node: &Node, cx: &mut Cx<'_>) -> F<Self> {
        match Self::decode(node, cx) {
            Some(value) => F::Is(value, node.span),
            None => F::Bad(node.span),
        }
    }
}

/// A struct whose fields are the keys of a map; implemented by `block!`.
pub(crate) trait DecodeBlock: Default {
    fn block() -> &'static Block;

    /// Decodes the value of one key; `false` when there is no such key.
    fn set(&mut self, key: &str, value: &Node, cx: &mut Cx<'_>) -> bool;
}

/// The state of decoding one file.
pub(crate) struct Cx<'a> {
    map: &'a SourceMap,
    findings: Findings<'a>,
    /// The key whose value is being decoded: where a missing thing is missed.
    pub owner: Span,
    /// What the next whole number must lie within.
    bounds: Option<(u64, u64)>,
}

impl<'a> Cx<'a> {
    pub fn new(map: &'a SourceMap, file: FileId, sink: &'a mut Sink) -> Self {
        Self {
            map,
            findings: Findings::new(sink),
            owner: Span::new(file, 0..0),
            bounds: None,
        }
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.findings.push(diagnostic);
    }

    /// Reports that the node is not what is expected here, unless it was reported before.
    pub fn mismatch<T>(&mut self, node: &Node, what: &str) -> Option<T> {
        let diagnostic = match &*node.kind {
            Kind::Bad => return None,
            Kind::Null => shape::no_value(self.key(), what, self.owner),
            kind => shape::wrong_shape(what, found(kind), node.span),
        };
        self.report(diagnostic);
        None
    }

    /// Text; a number or truth value is asked to be quoted.
    pub fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        match &*node.kind {
            Kind::Str(text) => Some(text),
            Kind::Num(_) | Kind::Bool(_) => {
                let written = self.map.slice(node.span).to_owned();
                self.report(shape::number_for_text(
                    what,
                    found(&node.kind),
                    &written,
                    node.span,
                ));
                None
            }
            Kind::Bad | Kind::Null | Kind::Seq(_) | Kind::Map(_) => self.mismatch(node, what),
        }
    }

    /// Sets the bounds, both inclusive, of the value that is decoded next.
    pub fn expect_within(&mut self, least: u64, greatest: u64) {
        self.bounds = Some((least, greatest));
    }

    /// A whole number within the bounds set for it, or else up to `greatest`.
    pub fn whole_number<T: TryFrom<u64>>(
        &mut self,
        node: &Node,
        what: &str,
        greatest: T,
    ) -> Option<T>
    where
        u64: From<T>,
    {
        let (least, greatest) = self.bounds.take().unwrap_or((0, greatest.into()));
        let Kind::Num(text) = &*node.kind else {
            return self.mismatch(node, what);
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (least..=greatest).contains(number));
        if number.is_none() {
            self.report(shape::number_out_of_range(text, least, greatest, node.span));
        }
        number.and_then(|number| T::try_from(number).ok())
    }

    /// One of a closed set of words.
    pub fn word<T>(
        &mut self,
        node: &Node,
        what: &'static str,
        words: &'static [&'static str],
        from_word: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(node, what)?;
        let found = from_word(text);
        if found.is_none() {
            self.report(shape::unknown_word(text, what, words, node.span));
        }
        found
    }

    /// The items of a list; `None` if any is wrong.
    pub fn list<T: Decode>(&mut self, node: &Node, what: &str) -> Option<Vec<Spanned<T>>> {
        let Kind::Seq(items) = &*node.kind else {
            return self.mismatch(node, what);
        };
        // Decode all before judging: every wrong item is reported.
        let items: Vec<Option<Spanned<T>>> = items.iter().map(|item| self.spanned(item)).collect();
        items.into_iter().collect()
    }

    pub fn spanned<T: Decode>(&mut self, node: &Node) -> Option<Spanned<T>> {
        Some(Spanned {
            value: T::decode(node, self)?,
            span: node.span,
        })
    }

    /// Names of the user's choice, each with a value.
    pub fn map<T: Decode>(&mut self, node: &Node, what: &str) -> Option<Map<T>> {
        let Kind::Map(entries) = &*node.kind else {
            return self.mismatch(node, what);
        };
        let mut decoded = Vec::with_capacity(entries.len());
        for entry in entries {
            if self.findings.is_full() {
                return None;
            }
            self.owner = entry.key.span;
            decoded.push(MapEntry {
                name: entry.key.clone(),
                value: T::field(&entry.value, self),
            });
        }
        Some(Map(decoded))
    }

    /// The keys of a block: unknown, unsupported and missing ones are reported.
    pub fn block<T: DecodeBlock>(&mut self, node: &Node) -> Option<T> {
        let block = T::block();
        let owner = self.owner;
        let Kind::Map(entries) = &*node.kind else {
            return self.mismatch(node, &format!("{} as a map of its keys", block.what));
        };
        let mut decoded = T::default();
        for entry in entries {
            if self.findings.is_full() {
                return None;
            }
            self.owner = entry.key.span;
            let (key, span) = (entry.key.value.as_str(), entry.key.span);
            if !decoded.set(key, &entry.value, self) {
                let later = block.later.contains(&key) || Block::LATER_EVERYWHERE.contains(&key);
                self.report(if later {
                    support::key(key, span)
                } else {
                    shape::unknown_key(key, block, span)
                });
            }
        }
        for key in block.required {
            if !entries.iter().any(|entry| entry.key.value == *key) {
                self.report(shape::missing_key(key, block.what, owner));
            }
        }
        self.owner = owner;
        Some(decoded)
    }

    /// Reports unless the map `node` has exactly one of `keys`, which say `purpose`.
    pub fn exactly_one(
        &mut self,
        node: &Node,
        what: &str,
        purpose: &str,
        keys: &'static [&'static str],
    ) -> Option<()> {
        let Kind::Map(entries) = &*node.kind else {
            return None;
        };
        let given = entries
            .iter()
            .map(|entry| (entry.key.as_str(), entry.key.span));
        let mut given = given.filter(|(key, _)| keys.contains(key));
        match (given.next(), given.next()) {
            (Some(_), None) => return Some(()),
            (None, _) => self.report(shape::no_choice(what, purpose, keys, self.owner)),
            (Some(first), Some(second)) => {
                self.report(shape::conflicting_keys(what, purpose, first, second))
            }
        }
        None
    }

    /// The key whose value is being decoded, as written but for quotes.
    pub fn key(&self) -> &'a str {
        self.map.slice(self.owner).trim_matches(['"', '\''])
    }

    /// The place of a part of a text node; all of it where the text is not written out letter by letter (escapes, folding).
    pub fn part(&self, node: &Node, range: std::ops::Range<usize>) -> Span {
        let Kind::Str(text) = &*node.kind else {
            return node.span;
        };
        match self.verbatim(node, text) {
            Some(whole) => {
                let start = whole.start as usize;
                Span::new(whole.file, start + range.start..start + range.end)
            }
            None => node.span,
        }
    }

    /// Where the text of a node is written out letter by letter.
    pub fn verbatim(&self, node: &Node, text: &str) -> Option<Span> {
        let written = self.map.slice(node.span);
        let quote = written.len().saturating_sub(text.len()) / 2;
        let start = node.span.start as usize + quote;
        let is = written.get(quote..quote + text.len()) == Some(text);
        is.then(|| Span::new(node.span.file, start..start + text.len()))
    }

    /// A part of a text node as a name; `part` must be a slice of `text`, the node's own text.
    pub fn name(&self, node: &Node, text: &str, part: &str) -> Name {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Name {
            value: part.to_owned(),
            span: self.part(node, start..start + part.len()),
        }
    }
}

/// What stands there.
fn found(kind: &Kind) -> shape::Found<'_> {
    match kind {
        Kind::Bad | Kind::Null => shape::Found::Nothing,
        Kind::Bool(value) => shape::Found::Bool(*value),
        Kind::Num(number) => shape::Found::Number(number),
        Kind::Str(text) => shape::Found::Text(text),
        Kind::Seq(_) => shape::Found::List,
        Kind::Map(_) => shape::Found::Map,
    }
}
