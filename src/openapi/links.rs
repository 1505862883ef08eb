//! Links: which operations the row of an answer leads to.

use super::schemas::Components;
use crate::ir::{Action, Column, Endpoint, EntityId, Meaning, Segment, Type, Versioning};
use serde_json::{Map, Value, json};

impl Components<'_> {
    /// Links from an answer that carries one row of an entity.
    pub fn links(&self, entity: EntityId, has_etag: bool) -> Map<String, Value> {
        let service = self.service;
        let key = service.api.one_key(&service[entity]);
        let row = key.map_or(String::new(), |key| format!("/{key}"));
        let about = self.about.get(&entity).into_iter().flatten();
        about
            .filter_map(|index| {
                let endpoint = &service.endpoints[*index];
                let mut parameters = self.path_values(endpoint, entity, &row)?;
                let guard = endpoint.guard(service);
                if has_etag && guard != Versioning::None {
                    parameters.insert("header.If-Match".into(), json!("$response.header.ETag"));
                }
                let id = self.names.operation(*index).to_owned();
                Some((
                    id.clone(),
                    json!({"operationId": id, "parameters": parameters}),
                ))
            })
            .collect()
    }

    /// Each path parameter of an endpoint on one row, as found in the row's representation.
    fn path_values(
        &self,
        endpoint: &Endpoint,
        entity: EntityId,
        row: &str,
    ) -> Option<Map<String, Value>> {
        if matches!(endpoint.action, Action::List(_) | Action::Create(_)) {
            return None;
        }
        let service = self.service;
        let entity = &service[entity];
        let mut values = Map::new();
        for segment in &endpoint.path.segments {
            let Segment::Parameter(parameter) = segment else {
                continue;
            };
            let column = match &parameter.means {
                Meaning::Row => entity.key_column(),
                Meaning::Parent {
                    field,
                    key: Column::Id,
                } if matches!(entity.fields[*field].ty, Type::Reference(_)) => {
                    Column::Field(*field)
                }
                Meaning::Parent { .. } | Meaning::Value(_) => return None,
            };
            let name = service.api.json_name(&entity.column_name(column));
            let value = format!("$response.body#{row}/{name}");
            values.insert(format!("path.{}", parameter.name), json!(value));
        }
        Some(values)
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
