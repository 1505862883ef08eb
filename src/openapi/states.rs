//! The problem of a state that allows no move: which members it has, and what they may be.

use serde_json::{Map, Value, json};

use super::names::Part;
use super::scalars::{self, Schema};
use super::schemas::Components;
use crate::ir::{Endpoint, EntityId, Type};

impl Components<'_> {
    /// The members of an example: a state that the endpoint does not move a row from, and the one that it moves rows to.
    pub(super) fn state_example(&self, endpoint: &Endpoint) -> Map<String, Value> {
        let Some((id, moved)) = endpoint.entity().zip(endpoint.transition(self.service)) else {
            return Map::new();
        };
        let Type::Enum(of) = &self.service[id].fields[moved.field].ty else {
            return Map::new();
        };
        let values = &self.service[*of].values;
        let other = (0..values.len()).find(|index| !moved.from.contains(index));
        scalars::object(json!({
            "detail": "The state that the row is in, and the one that it should get.",
            "from": values[other.unwrap_or_default()].word,
            "to": values[moved.to].word,
        }))
    }

    /// A problem with the two states.
    pub(super) fn state_problem(&mut self, id: EntityId, field: usize) -> Schema {
        let mut schema = scalars::object(super::problems::problem());
        let Type::Enum(of) = self.service[id].fields[field].ty else {
            unreachable!("BUG: a state that is no enum");
        };
        let word = self.refer(Part::Enum(of));
        schema["properties"]["from"] = word.clone();
        schema["properties"]["to"] = word;
        schema["required"] = json!(["type", "title", "status", "detail", "from", "to"]);
        let text = "The row is in the state `from`, from which it does not get to the state `to`.";
        schema.insert("description".into(), json!(text));
        schema
    }
}
