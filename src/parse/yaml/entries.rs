//! The entries of a map, without those whose key is no text or is there already.

use std::collections::BTreeMap;

use super::built::{Built, Item};
use crate::ast::Name;
use crate::diagnostic::{shape, syntax};
use crate::parse::findings::Findings;
use crate::parse::node::{Entry, Kind, Node};
use crate::source::Span;

pub(super) fn entries(items: Vec<Item>, text: &str, findings: &mut Findings<'_>) -> Kind {
    let mut entries: Vec<Entry> = Vec::with_capacity(items.len());
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for (key, value) in items {
        let Some(key) = key.and_then(|Built { node, .. }| name(&node, text, findings)) else {
            continue;
        };
        if let Some(before) = first.get(&key.value) {
            findings.push(shape::duplicate_key(&key, key.span, Some(*before)));
        } else {
            first.insert(key.value.clone(), key.span);
            entries.push(Entry {
                key,
                value: value.node,
            });
        }
    }
    Kind::Map(entries)
}

fn name(key: &Node, text: &str, findings: &mut Findings<'_>) -> Option<Name> {
    let written = &text[key.span.range()];
    match &*key.kind {
        // Quoted it is an ordinary key.
        Kind::Str(_) if written == "<<" => findings.push(syntax::merge_key(key.span)),
        Kind::Str(name) => {
            return Some(Name {
                value: name.clone(),
                span: key.span,
            });
        }
        Kind::Bad => {}
        Kind::Null | Kind::Bool(_) | Kind::Num(_) | Kind::Seq(_) | Kind::Map(_) => {
            findings.push(syntax::key_not_text(written, key.span));
        }
    }
    None
}
