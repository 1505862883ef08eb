//! Value objects.

use super::fields::{self, Owner, Place};
use super::scope::{Cx, Made, SymbolKind};
use crate::ast::{Field, Map};
use crate::diagnostic::types as report;
use crate::ir::{self, FeatureId, ObjectId};
use crate::source::Span;

/// Value objects inside value objects; the service reads JSON to a depth of 32.
const MAX_NESTING: usize = 12;

/// A value object, made when it is first used.
pub(super) fn object<'a>(
    cx: &mut Cx<'a>,
    feature: FeatureId,
    name: &str,
    fields: &'a Map<Field>,
    made: Made,
    span: Span,
) -> Option<ObjectId> {
    match made {
        Made::Done(id) => return Some(id),
        Made::InTheMaking => {
            cx.report(report::recursive(name, span));
            return None;
        }
        Made::NotYet if cx.depth == MAX_NESTING => {
            let what = format!("value objects nested more than {MAX_NESTING} deep");
            cx.report(report::not_allowed_here(
                &what,
                "a value object",
                "make one of them an entity",
                span,
            ));
            return None;
        }
        Made::NotYet => {}
    }
    cx.depth += 1;
    set(cx, feature, name, Made::InTheMaking);
    let words = format!("the value object `{name}`");
    let owner = Owner {
        feature,
        place: Place::Object,
        prefix: name,
        nested: true,
        words,
    };
    let fields = fields::plain(cx, &owner, fields);
    let id = push(cx, feature, name, fields, true);
    set(cx, feature, name, Made::Done(id));
    cx.depth -= 1;
    Some(id)
}

fn set(cx: &mut Cx<'_>, feature: FeatureId, name: &str, state: Made) {
    let symbol = cx.scopes[feature.0].symbols.get_mut(name);
    if let Some(SymbolKind::Object(_, made)) = symbol.map(|symbol| &mut symbol.kind) {
        *made = state;
    }
}

pub(super) fn push(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    name: &str,
    fields: Vec<ir::Field>,
    named: bool,
) -> ObjectId {
    cx.objects.push(ir::Object {
        feature,
        name: name.to_owned(),
        description: String::new(),
        fields,
        named,
    });
    ObjectId(cx.objects.len() - 1)
}
