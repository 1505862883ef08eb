//! What an endpoint is called where the spec does not say.

use super::scope::Cx;
use crate::ir::{Action, EntityId};

/// One line where the spec gives none.
pub(super) fn summary(cx: &Cx<'_>, name: &str, action: &Action) -> String {
    let words = |entity: EntityId| {
        heck::ToSnakeCase::to_snake_case(cx.entity(entity).name.as_str()).replace('_', " ")
    };
    let one = |verb: &str, entity| {
        let words = words(entity);
        let article = if words.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        format!("{verb} {article} {words}.")
    };
    match action {
        Action::List(it) => format!("Lists {}.", cx.entity(it.entity).plural.replace('_', " ")),
        Action::Get(it) if it.by_actor => one("Gets the caller as", it.entity),
        Action::Get(it) => one("Gets", it.entity),
        Action::Create(it) => one("Creates", it.entity),
        Action::Update(it) => one("Updates", it.entity),
        Action::Delete(it) => one("Deletes", it.entity),
        Action::Command(_) | Action::Free(_) => {
            let mut words = name.replace('_', " ");
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            format!("{words}.")
        }
    }
}
