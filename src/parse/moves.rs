//! Decoding of what moves rows: transitions, and what fields become.

use super::cx::{Cx, Decode};
use super::node::{Kind, Node};
use crate::ast::{Expression, Name, Names, Transition, Value};
use crate::diagnostic::shape;

impl Decode for Transition {
    const WHAT: &'static str = Transition::BLOCK.what;

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        cx.block(node)
    }
}

impl Decode for Names {
    const WHAT: &'static str = "a name, or a list of names";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &*node.kind {
            Kind::Seq(items) if items.is_empty() => {
                cx.report(shape::empty_list("a list of names", node.span));
                None
            }
            Kind::Seq(_) => Decode::decode(node, cx).map(Self),
            Kind::Str(_) => Some(Self(vec![Name::decode(node, cx)?])),
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}

impl Decode for Value {
    const WHAT: &'static str = "a value, such as `stock + input.quantity`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = match &*node.kind {
            Kind::Bool(value) => value.to_string(),
            Kind::Num(text) | Kind::Str(text) => text.clone(),
            _ => return cx.mismatch(node, Self::WHAT),
        };
        let exact = cx.verbatim(node, &text);
        Some(Self(Expression { text, exact }))
    }
}
