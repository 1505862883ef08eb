//! The tree that YAML and TOML have in common.

use std::rc::Rc;

use crate::ast::Name;
use crate::source::Span;

/// A value and its place. Nodes are cheap to clone: what a YAML alias repeats is shared.
#[derive(Clone, Debug)]
pub struct Node {
    pub span: Span,
    pub kind: Rc<Kind>,
}

#[derive(Debug)]
pub enum Kind {
    /// Already reported; whoever meets it stays silent.
    Bad,
    Null,
    Bool(bool),
    /// The text of the number, so that `1.10` stays `1.10`.
    Num(String),
    Str(String),
    Seq(Vec<Node>),
    /// In the order of the file, no key twice.
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Name,
    pub value: Node,
}

impl Node {
    pub(super) fn new(span: Span, kind: Kind) -> Self {
        Self {
            span,
            kind: Rc::new(kind),
        }
    }

    /// Calls `visit` with the span of every key and value below.
    pub fn visit_spans(&self, visit: &mut impl FnMut(Span)) {
        visit(self.span);
        match &*self.kind {
            Kind::Seq(items) => items.iter().for_each(|item| item.visit_spans(visit)),
            Kind::Map(entries) => entries.iter().for_each(|entry| {
                visit(entry.key.span);
                entry.value.visit_spans(visit);
            }),
            Kind::Bad | Kind::Null | Kind::Bool(_) | Kind::Num(_) | Kind::Str(_) => {}
        }
    }
}
