//! What no part of the spec uses is judged like the rest, named in a warning and left out of the service: it would be
//! dead code there.

use super::enums;
use super::errors;
use super::objects;
use super::scope::{Cx, Made, SymbolKind};
use crate::diagnostic::names as report;
use crate::ir::FeatureId;
use crate::source::Span;

pub(super) fn unused(cx: &mut Cx<'_>) {
    // What is made from here on is used by nothing that came before, so that cutting it off leaves no id without its thing.
    let used = (cx.enums.len(), cx.objects.len(), cx.errors.len());
    for id in cx.feature_ids() {
        types_of(cx, id);
        errors_of(cx, id);
    }
    cx.enums.truncate(used.0);
    cx.objects.truncate(used.1);
    cx.errors.truncate(used.2);
}

fn types_of(cx: &mut Cx<'_>, id: FeatureId) {
    let mut unused: Vec<(&str, &str, Span)> = Vec::new();
    for (name, symbol) in &cx.scope(id).symbols {
        match symbol.kind {
            SymbolKind::Enum(_, None) => unused.push(("enum", name, symbol.span)),
            SymbolKind::Object(_, Made::NotYet) => unused.push(("value object", name, symbol.span)),
            SymbolKind::Enum(..)
            | SymbolKind::Object(..)
            | SymbolKind::Entity(_)
            | SymbolKind::Bad => {}
        }
    }
    for (kind, name, span) in unused {
        warn(cx, kind, name, span);
        // A thing that only unused things use has been made by now.
        match cx.scope(id).symbols[name].kind {
            SymbolKind::Enum(values, None) => {
                enums::named(cx, id, name, values, span);
            }
            SymbolKind::Object(fields, Made::NotYet) => {
                objects::object(cx, id, name, fields, Made::NotYet, span);
            }
            SymbolKind::Enum(..)
            | SymbolKind::Object(..)
            | SymbolKind::Entity(_)
            | SymbolKind::Bad => {}
        }
    }
}

fn errors_of(cx: &mut Cx<'_>, id: FeatureId) {
    let symbols: Vec<_> = cx.scope(id).errors.values().copied().collect();
    for symbol in symbols {
        if symbol.made.is_none() && symbol.decl.is_some() {
            warn(cx, "error", &symbol.name.value, symbol.name.span);
            errors::make(cx, id, symbol);
        }
    }
}

/// Where something is wrong, it may be just that which uses the thing.
fn warn(cx: &mut Cx<'_>, kind: &str, name: &str, span: Span) {
    if !cx.has_errors() {
        cx.report(report::unused(kind, name, span));
    }
}
