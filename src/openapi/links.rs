//! Links: which operations the row of an answer leads to.

use super::schemas::Components;
use crate::ir::{Action, Column, Endpoint, EntityId, Meaning, Segment, Type, Versioning};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

impl Components<'_> {
    /// Links from the answer to `from`, which carries one row of an entity.
    pub fn links(&self, from: &Endpoint, entity: EntityId, has_etag: bool) -> Map<String, Value> {
        let service = self.service;
        // Only paths on the row itself or below a reference to it can be known from it.
        let children = service[entity].referenced_by.iter().map(|back| back.entity);
        let related: BTreeSet<EntityId> = children.chain([entity]).collect();
        let related = related.iter().filter_map(|id| self.about.get(id));
        let endpoints: BTreeSet<usize> = related.flatten().copied().collect();
        endpoints
            .into_iter()
            .filter_map(|index| {
                let endpoint = &service.endpoints[index];
                let mut parameters = self.path_values(endpoint, from, entity)?;
                let guard = endpoint.guard(service);
                if has_etag && guard != Versioning::None {
                    parameters.insert("header.If-Match".into(), json!("$response.header.ETag"));
                }
                let id = self.names.operation(index).to_owned();
                Some((
                    id.clone(),
                    json!({"operationId": id, "parameters": parameters}),
                ))
            })
            .collect()
    }

    /// Each path parameter of an endpoint on the row or on rows below it; `None` where one is not known.
    fn path_values(
        &self,
        endpoint: &Endpoint,
        from: &Endpoint,
        row: EntityId,
    ) -> Option<Map<String, Value>> {
        let about = endpoint.entity()?;
        let is_on_many = matches!(endpoint.action, Action::List(_) | Action::Create(_));
        // The caller's own row is seldom the one at hand.
        let is_own = matches!(&endpoint.action, Action::Get(get) if get.by_actor);
        if about == row && (is_on_many || is_own) {
            return None;
        }
        let parameters = endpoint.path.segments.iter();
        let parameters = parameters.filter_map(|segment| match segment {
            Segment::Parameter(parameter) => Some(parameter),
            Segment::Literal(_) => None,
        });
        let values = parameters.map(|parameter| {
            let value = if about == row {
                self.own_value(&parameter.means, from, row)
            } else {
                self.value_for_child(&parameter.means, about, row)
            };
            Some((format!("path.{}", parameter.name), json!(value?)))
        });
        let values: Map<_, _> = values.collect::<Option<_>>()?;
        (about == row || !values.is_empty()).then_some(values)
    }

    /// What a path on the row itself asks for.
    fn own_value(&self, means: &Meaning, from: &Endpoint, row: EntityId) -> Option<String> {
        let entity = &self.service[row];
        match means {
            Meaning::Row => Some(self.member(row, entity.key_column())),
            Meaning::Parent {
                field,
                key: Column::Id,
            } if matches!(entity.fields[*field].ty, Type::Reference(_)) => {
                Some(self.member(row, Column::Field(*field)))
            }
            Meaning::Parent { .. } => from.path.segments.iter().find_map(|segment| match segment {
                Segment::Parameter(it) if it.means == *means => {
                    Some(format!("$request.path.{}", it.name))
                }
                _ => None,
            }),
            Meaning::Value(_) => None,
        }
    }

    /// What a path on a child of the row asks for.
    fn value_for_child(&self, means: &Meaning, child: EntityId, row: EntityId) -> Option<String> {
        let Meaning::Parent { field, key } = means else {
            return None;
        };
        match &self.service[child].fields[*field].ty {
            Type::Reference(it) if it.target == row => Some(self.member(row, *key)),
            _ => None,
        }
    }

    /// A column of the row, as found in the answer.
    fn member(&self, row: EntityId, column: Column) -> String {
        let service = self.service;
        let entity = &service[row];
        let envelope = service.api.one_key(entity);
        let envelope = envelope.map_or(String::new(), |key| format!("/{key}"));
        let name = service.api.json_name(&entity.column_name(column));
        format!("$response.body#{envelope}/{name}")
    }

    /// The link from a page to the next, where the body names its cursor.
    pub fn next_page(&self, index: usize) -> Option<(String, Value)> {
        let key = self.service.api.next_key()?;
        let id = self.names.operation(index);
        let cursor = format!("$response.body#/{key}");
        let link = json!({"operationId": id, "parameters": {"query.cursor": cursor}});
        Some(("next".into(), link))
    }
}
