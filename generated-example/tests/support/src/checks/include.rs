//! What an answer embeds when it is asked to.

use serde_json::{Value, json};

use super::place::{Place, Placed};
use crate::entity::Hop;
use crate::seed::Row;
use crate::service::Service;

/// A name that `include` knows.
#[derive(Debug, Clone, Copy)]
pub struct Include {
    pub name: &'static str,
    pub hop: Hop,
    /// The column of the target that is listed; empty where whole rows are.
    pub by: &'static str,
    /// Whether there is one row at most.
    pub single: bool,
}

impl Include {
    /// A row, and what is to stand under the name.
    pub async fn example(&self, service: &Service, place: &Place) -> (Placed, Value) {
        let parents = place.parents(service).await;
        if let Hop::One { column, target } = self.hop {
            let of_path = place
                .parents
                .iter()
                .position(|parent| parent.column == column);
            let far = match of_path {
                Some(at) => parents[at].clone(),
                None => service.row(target, &[]).await,
            };
            let given = [(column, far.id().clone())];
            let given = if of_path.is_some() {
                &given[..0]
            } else {
                &given[..]
            };
            return (place.row_under(service, parents, given).await, far.json());
        }
        let found = place.row_under(service, parents, &[]).await;
        let far = service.attach(&found.row, &self.hop, &[], "id", None).await;
        let embedded = self.embedded(&far);
        (found, embedded)
    }

    /// What stands under the name in a row that leads nowhere; `None` where every row leads somewhere.
    #[must_use]
    pub fn nothing(&self, row: &Row) -> Option<Value> {
        match self.hop {
            Hop::One { column, .. } => row.get(column).is_null().then_some(Value::Null),
            _ if self.single => Some(Value::Null),
            _ => Some(json!([])),
        }
    }

    /// What an answer has under the name, without what is computed of it.
    #[must_use]
    pub fn shown(&self, row: &Value) -> Value {
        let shown = &row[self.name];
        if self.by.is_empty() {
            self.hop.target().stored(shown)
        } else {
            shown.clone()
        }
    }

    fn embedded(&self, far: &Row) -> Value {
        let item = if self.by.is_empty() {
            far.json()
        } else {
            far.get(self.by).clone()
        };
        if self.single { item } else { json!([item]) }
    }
}
