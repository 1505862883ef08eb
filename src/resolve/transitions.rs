//! `transitions` of entities: the moves of enum fields that nothing else writes.

use super::entities::words;
use super::names::{self, Taken};
use super::scope::{Cx, Member};
use crate::ast::{self, Map, Name};
use crate::diagnostic::{moves as report, names as name_report};
use crate::ir::{Column, EntityId, EnumId, Transition, Type, Write};

pub(super) fn transitions(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        let mut taken = Taken::default();
        let ast = cx.draft(id).ast;
        for entry in ast.transitions.get().into_iter().flat_map(Map::iter) {
            let state = state(cx, id, &entry.name);
            for entry in entry.value.get().into_iter().flat_map(Map::iter) {
                let owner = words(cx, id);
                let name = &entry.name;
                let good = names::snake(cx, name, "a transition")
                    && names::claim(
                        cx,
                        &mut taken,
                        &name.value,
                        "a transition",
                        name.span,
                        &owner,
                    );
                let Some((ast, (field, of))) = entry.value.get().zip(state) else {
                    continue;
                };
                let made = transition(cx, name, ast, field, of);
                let made = made.filter(|_| good);
                cx.drafts[id.0].entity.transitions.extend(made);
            }
        }
    }
}

/// The field that has states, and their enum.
fn state(cx: &mut Cx<'_>, id: EntityId, name: &Name) -> Option<(usize, EnumId)> {
    let member = cx.member(id, name)?;
    let found = match member {
        Member::Column(Column::Field(index)) => Some(index),
        _ => None,
    };
    let field = found.map(|index| &cx.entity(id).fields[index]);
    let (why, help) = match (field, field.map(|field| &field.ty)) {
        (Some(field), Some(Type::Enum(of))) => {
            if field.optional {
                (
                    "it may be null",
                    "make it required, with a value for that state",
                )
            } else if field.readers.is_some() {
                let help = "take `read` off it: in the wrong state the answer names the right ones";
                ("not everybody may read it", help)
            } else if field.write != Write::Never {
                let help = "add `write: never` to it, so that it changes by its transitions alone";
                ("clients may write it", help)
            } else {
                return found.zip(Some(*of));
            }
        }
        _ => ("it is no enum", "name a field with `enum:`"),
    };
    cx.report(report::no_state(&name.value, why, name.span, help));
    None
}

fn transition(
    cx: &mut Cx<'_>,
    name: &Name,
    ast: &ast::Transition,
    field: usize,
    of: EnumId,
) -> Option<Transition> {
    let to = ast.to.get().and_then(|word| value(cx, of, word));
    let mut from = Vec::new();
    let mut good = true;
    let written = ast.from.get().map(|names| names.0.as_slice());
    for (index, word) in written.unwrap_or_default().iter().enumerate() {
        let earlier = written.unwrap_or_default()[..index].iter();
        if let Some(first) = earlier.clone().find(|it| it.value == word.value) {
            let (at, first) = (word.span, first.span);
            cx.report(name_report::listed_twice(&word.value, "from", at, first));
            good = false;
            continue;
        }
        let found = value(cx, of, word);
        if found.is_some() && found == to {
            cx.report(report::to_itself(&name.value, &word.value, word.span));
            good = false;
        }
        good &= found.is_some();
        from.extend(found);
    }
    (good && !from.is_empty()).then_some(Transition {
        name: name.value.clone(),
        field,
        from,
        to: to?,
    })
}

fn value(cx: &mut Cx<'_>, of: EnumId, word: &Name) -> Option<usize> {
    let it = &cx.enums[of.0];
    let found = it.values.iter().position(|value| value.word == word.value);
    if found.is_none() {
        let words = it.values.iter().map(|value| value.word.as_str());
        let diagnostic = report::unknown_state(&word.value, &it.name, word.span, words);
        cx.report(diagnostic);
    }
    found
}
