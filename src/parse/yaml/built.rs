//! Values under construction, and the pieces into which YAML's commas cut some of them.

use granit_parser::StructureStyle;

use crate::parse::node::{Kind, Node};
use crate::source::Span;

/// More commas than this are in no type; looking further would be quadratic.
const MAX_PIECES: usize = 4;

/// A finished value, and what it costs to repeat it.
#[derive(Clone)]
pub(super) struct Built {
    pub node: Node,
    /// Values in it, itself included.
    pub size: usize,
    /// Lists and maps nested in it, itself included.
    pub depth: usize,
    /// A plain scalar inside braces or brackets, where a comma may have cut it.
    pub cuttable: bool,
}

/// A key, where there is one, and its value.
pub(super) type Item = (Option<Built>, Built);

/// A list or map whose end has not come yet.
pub(super) struct Open {
    pub start: Span,
    pub anchor: usize,
    pub flow: bool,
    pub is_map: bool,
    pub key: Option<Built>,
    pub items: Vec<Item>,
}

impl Built {
    pub fn bad(span: Span) -> Self {
        Self {
            node: Node::new(span, Kind::Bad),
            size: 1,
            depth: 0,
            cuttable: false,
        }
    }

    fn text(&self) -> Option<&str> {
        match &*self.node.kind {
            Kind::Str(text) | Kind::Num(text) if self.cuttable => Some(text),
            _ => None,
        }
    }
}

impl Open {
    pub fn new(style: StructureStyle, anchor: usize, is_map: bool, start: Span) -> Self {
        Self {
            start,
            anchor,
            flow: style == StructureStyle::Flow,
            is_map,
            key: None,
            items: Vec::new(),
        }
    }
}

pub(super) fn list(items: Vec<Item>) -> Kind {
    Kind::Seq(items.into_iter().map(|(_, item)| item.node).collect())
}

/// The part of an item that a comma may have cut off: a key without a value, or an item of a list. And whether it is one.
fn piece((key, value): &Item) -> (bool, &Built) {
    match key {
        Some(key) => (
            matches!(*value.node.kind, Kind::Null) && value.node.span.range().is_empty(),
            key,
        ),
        None => (true, value),
    }
}

/// Where item `at` opens a parenthesis that a later piece closes: the place of that piece.
fn split_end(items: &[Item], at: usize) -> Option<usize> {
    let opening = items[at].1.text()?;
    if !opening.contains('(') || opening.contains(')') {
        return None;
    }
    for (index, item) in items.iter().enumerate().skip(at + 1).take(MAX_PIECES) {
        let (cut_off, piece) = piece(item);
        let text = piece.text().filter(|_| cut_off)?;
        if text.contains(')') {
            return Some(index);
        }
    }
    None
}

/// `{ type: decimal(10,2) }` arrives as `type: decimal(10` and an empty `2)`: makes the pieces bad, and gives the key and
/// the whole text of each.
pub(super) fn poison_splits(items: &mut [Item]) -> Vec<(Option<Span>, Span)> {
    let mut found = Vec::new();
    for at in 0..items.len() {
        let Some(last) = split_end(items, at) else {
            continue;
        };
        let whole = items[at].1.node.span.to(piece(&items[last]).1.node.span);
        found.push((items[at].0.as_ref().map(|key| key.node.span), whole));
        items[at].1 = Built::bad(whole);
        for (key, value) in &mut items[at + 1..=last] {
            *key = key.is_some().then(|| Built::bad(whole));
            *value = Built::bad(whole);
        }
    }
    found
}
