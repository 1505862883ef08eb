//! Errors that a feature declares; each is made when an endpoint first names it.

use super::fields::{self, Owner, Place};
use super::scope::{Cx, ErrorSymbol, text};
use crate::ast::{Name, Path};
use crate::diagnostic::{endpoints as report, names};
use crate::ir::{DeclaredError, ErrorId, FeatureId};

/// Answers of the pipeline itself, which would be mistaken for them.
const TAKEN: [u16; 11] = [401, 405, 406, 408, 412, 413, 414, 415, 428, 429, 431];
/// Members of every problem document.
const MEMBERS: [&str; 7] = [
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "request_id",
    "errors",
];

/// The error that an endpoint names; `None` where that is reported.
pub(super) fn find<'a>(cx: &mut Cx<'a>, from: FeatureId, path: &'a Path) -> Option<ErrorId> {
    let name = path.name.value.as_str();
    if let Some(feature) = &path.feature {
        let to = cx.feature(feature)?;
        if to != from {
            let diagnostic = names::foreign("an error", name, cx.scope(to).name, path.span());
            cx.report(diagnostic);
            return None;
        }
    }
    named(cx, from, &path.name)
}

/// The error of the feature that has the name; `None` where that is reported.
pub(super) fn named<'a>(cx: &mut Cx<'a>, from: FeatureId, name: &'a Name) -> Option<ErrorId> {
    let (name, span) = (name.value.as_str(), name.span);
    if let Some(symbol) = cx.scope(from).errors.get(name).copied() {
        return make(cx, from, symbol);
    }
    if !cx.scope(from).body.errors.is_bad() && cx.is_news(from, from, name) {
        let scope = cx.scope(from);
        let known = scope.errors.keys().copied();
        let diagnostic = names::unknown_error(name, scope.name, span, known);
        cx.report(diagnostic);
    }
    None
}

pub(super) fn make<'a>(
    cx: &mut Cx<'a>,
    feature: FeatureId,
    symbol: ErrorSymbol<'a>,
) -> Option<ErrorId> {
    if symbol.made.is_some() {
        return symbol.made;
    }
    let decl = symbol.decl?;
    let name = symbol.name.value.as_str();
    if let Some((status, span)) = decl.status.given()
        && !is_allowed(*status)
    {
        cx.report(report::error_status(*status, span));
    }
    let owner = Owner {
        feature,
        place: Place::Error,
        prefix: name,
        nested: false,
        words: format!("the error `{name}`"),
    };
    let fields = decl
        .fields
        .get()
        .map(|map| fields::plain(cx, &owner, map))
        .unwrap_or_default();
    for entry in decl.fields.get().into_iter().flat_map(|map| map.iter()) {
        if MEMBERS.contains(&entry.name.value.as_str()) {
            let reason = "every problem document has a member of this name";
            cx.report(names::reserved(
                &entry.name.value,
                "a field of an error",
                reason,
                entry.name.span,
            ));
        }
    }
    cx.errors.push(DeclaredError {
        feature,
        name: name.to_owned(),
        status: decl.status.get().copied().unwrap_or(409),
        title: text(&decl.title),
        description: text(&decl.description),
        fields,
    });
    let made = Some(ErrorId(cx.errors.len() - 1));
    if let Some(symbol) = cx.scopes[feature.0].errors.get_mut(name) {
        symbol.made = made;
    }
    made
}

fn is_allowed(status: u16) -> bool {
    (400..500).contains(&status) && !TAKEN.contains(&status) || status == 503
}
