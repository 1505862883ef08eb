//! The states of a row that a command moves: as SQL and Rust have them, and the problem of the wrong one.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, text, types};
use super::Slice;
use super::problems::VariantField;
use crate::ir::{EnumId, Refusal, Transition, Type};

/// The problem of a state that the endpoint does not move a row from.
pub struct StateProblem {
    /// The member of the variant, a sample, its key.
    pub field: (VariantField, String, String),
    /// `.detail(…).with("to", …)`
    pub problem: String,
}

/// The states that a move begins in.
#[derive(Debug, Serialize)]
pub struct State {
    member: String,
    pattern: String,
}

/// The states of a move as SQL has them.
pub fn words(slice: &Slice<'_>, it: &Transition) -> (Vec<String>, String) {
    let values = &slice.world.service[state_enum(slice, it.field)].values;
    let word = |index: &usize| crate::schema::quote_text(&values[*index].word);
    (it.from.iter().map(word).collect(), word(&it.to))
}

fn state_enum(slice: &Slice<'_>, field: usize) -> EnumId {
    match slice.entity().fields[field].ty {
        Type::Enum(id) => id,
        _ => unreachable!("BUG: a state that is no enum"),
    }
}

/// Where a move begins.
pub fn begins(slice: &Slice<'_>, it: &Transition, imports: &mut Imports) -> State {
    let of = state_enum(slice, it.field);
    let from = slice.endpoint.feature;
    let name = types::enumeration(slice.world.service, of, from, imports);
    let values = &slice.world.service[of].values;
    let variants = it.from.iter().map(|index| &values[*index].word);
    let variants = variants.map(|word| format!("{name}::{}", naming::pascal(word)));
    State {
        member: slice.world.member(&slice.entity().fields[it.field]),
        pattern: variants.collect::<Vec<_>>().join(" | "),
    }
}

/// Of the refusal of a state.
pub fn state(slice: &Slice<'_>, refusal: &Refusal, imports: &mut Imports) -> Option<StateProblem> {
    let Refusal::WrongState { field, .. } = refusal else {
        return None;
    };
    let service = slice.world.service;
    let transition = slice.endpoint.transition(service)?;
    let of = state_enum(slice, *field);
    let ty = types::enumeration(service, of, slice.endpoint.feature, imports);
    let values = &service[of].values;
    let variant = |index: usize| format!("{ty}::{}", naming::pascal(&values[index].word));
    let name = slice.world.json(&slice.entity().fields[*field].name);
    let to = &values[transition.to].word;
    let detail = text::string(&format!("{name} is {{from}} and cannot become {to}"));
    let first = (0..values.len()).find(|index| !transition.from.contains(index));
    Some(StateProblem {
        field: (
            VariantField {
                name: "from".into(),
                ty: ty.clone(),
            },
            variant(first.unwrap_or_default()),
            "from".into(),
        ),
        problem: format!(
            ".detail(format!({detail})).with(\"to\", {})",
            variant(transition.to)
        ),
    })
}
