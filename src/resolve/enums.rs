//! Enums: words that are one thing in JSON, in the database and in Rust.

use std::collections::BTreeMap;

use super::names::variant;
use super::scope::{Cx, SymbolKind};
use crate::ast::Name;
use crate::diagnostic::types as report;
use crate::ir::{Enum, EnumId, EnumValue, FeatureId};
use crate::source::Span;

const MOST_VALUES: usize = 1_000;
const MAX_WORD: usize = 63;

/// An enum of `enums:`, made on its first use.
pub(super) fn named(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    name: &str,
    values: &[Name],
    span: Span,
) -> EnumId {
    let id = make(cx, feature, name, values, span);
    let symbol = cx.scopes[feature.0].symbols.get_mut(name);
    if let Some(SymbolKind::Enum(_, made)) = symbol.map(|symbol| &mut symbol.kind) {
        *made = Some(id);
    }
    id
}

/// What is wrong with the values is reported; the enum stands in any case.
pub(super) fn make(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    name: &str,
    values: &[Name],
    span: Span,
) -> EnumId {
    if values.is_empty() {
        cx.report(report::no_values(name, span));
    } else if values.len() > MOST_VALUES {
        cx.report(report::too_many_values(name, MOST_VALUES, span));
    }
    let mut variants: BTreeMap<String, &Name> = BTreeMap::new();
    let mut good = Vec::new();
    for value in values {
        if !is_word(&value.value) {
            cx.report(report::bad_enum_value(&value.value, value.span));
            continue;
        }
        let folded = variant(&value.value).to_ascii_lowercase();
        if let Some(first) = variants.get(&folded) {
            cx.report(report::value_twice(
                &value.value,
                value.span,
                &first.value,
                first.span,
            ));
            continue;
        }
        variants.insert(folded, value);
        good.push(EnumValue {
            word: value.value.clone(),
            description: String::new(),
        });
    }
    cx.enums.push(Enum {
        feature,
        name: name.to_owned(),
        description: String::new(),
        values: good,
    });
    EnumId(cx.enums.len() - 1)
}

fn is_word(word: &str) -> bool {
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || " -_./+#:".contains(character);
    word.len() <= MAX_WORD
        && word.trim() == word
        && word.chars().all(allowed)
        && word
            .chars()
            .any(|character| character.is_ascii_alphanumeric())
}
