//! What comes along with a row: what the caller could read for itself, and nothing else.

use serde_json::{Value, json};

use super::access::{self, Known, Rule};
use super::get::Get;
use super::include::Include;
use super::list::List;
use super::place::{Place, Placed};
use super::sorts;
use crate::entity::{Entity, Hop};
use crate::seed::Row;
use crate::service::{Answer, Service};

/// The most rows that are made of an entity.
const MOST: usize = 6;

/// Something that may be included, and who reads it.
#[derive(Debug, Clone, Copy)]
pub struct Along {
    pub include: Include,
    pub readers: &'static [Rule],
}

impl Get {
    /// With a row come those that the caller sees.
    pub async fn shows_along(&self, service: &Service, rules: &[Rule], along: &[Along]) {
        for along in along {
            let found = |answer: &Answer, _: &Value| Some(answer.under(self.one).clone());
            along.show(service, &self.place, rules, "", found).await;
        }
    }
}

impl List {
    /// With each row come those that the caller sees.
    pub async fn shows_along(&self, service: &Service, rules: &[Rule], along: &[Along]) {
        for along in along {
            let found = |answer: &Answer, id: &Value| {
                let mut items = self.items(answer).iter();
                items.find(|item| &item["id"] == id).cloned()
            };
            let page = format!("limit={}&", self.page.max);
            along.show(service, &self.place, rules, &page, found).await;
        }
    }
}

impl Along {
    async fn show(
        &self,
        service: &Service,
        place: &Place,
        rules: &[Rule],
        query: &str,
        found: impl Fn(&Answer, &Value) -> Option<Value>,
    ) {
        let (_, somebody) = service.somebody(&[]).await;
        let all = self.rows(service, place, &somebody).await;
        for (token, known) in sorts::callers(service, &somebody, rules) {
            for (near, far) in &all {
                if !access::sees(service, rules, &near.row, &known).await {
                    continue;
                }
                let uri = format!("{}?{query}include={}", near.uri, self.include.name);
                let headers = [("authorization", token.as_str())];
                let answer = service.ask("GET", &uri, &headers, None).await;
                let Some(row) = found(answer.is(200), near.row.id()) else {
                    continue;
                };
                let mut seen = Vec::new();
                for row in far {
                    if access::sees(service, self.readers, row, &known).await {
                        seen.push(row.id().clone());
                    }
                }
                let shown = shown(&row[self.include.name]);
                assert_eq!(shown, seen, "{known:?}: {answer:?}");
            }
        }
    }

    /// Rows of every sort, and what comes along with each.
    async fn rows(
        &self,
        service: &Service,
        place: &Place,
        somebody: &Known,
    ) -> Vec<(Placed, Vec<Row>)> {
        let mut all = Vec::new();
        if let Hop::One { column, target } = self.include.hop {
            for far in ends(service, target, somebody).await {
                let own = place.entity.owner().zip(somebody.id.as_ref());
                let own = own.filter(|(owner, _)| *owner != column);
                let own = own.filter(|_| !place.entity.column(column).unique);
                for owner in [None, own] {
                    let mut given = vec![(column, far.id().clone())];
                    given.extend(owner.map(|(column, id)| (column, json!(id))));
                    let parents = place.parents(service).await;
                    let near = place.row_under(service, parents, &given).await;
                    all.push((near, vec![far.clone()]));
                    if own.is_none() {
                        break;
                    }
                }
            }
            return all;
        }
        for near in sorts::of_place(service, place, somebody, MOST).await {
            let far = self.attached(service, &near.row, somebody).await;
            all.push((near, far));
        }
        all
    }

    async fn attached(&self, service: &Service, near: &Row, somebody: &Known) -> Vec<Row> {
        let most = if self.include.single { 1 } else { MOST };
        match self.include.hop {
            Hop::One { .. } => unreachable!("a reference is part of its row"),
            Hop::Back { column, target } => {
                let given = [(column, near.id().clone())];
                sorts::of_entity(service, target, &given, somebody, most).await
            }
            Hop::Many {
                table,
                near: this,
                far,
                target,
            } => {
                let rows = ends(service, target, somebody).await;
                for row in &rows {
                    let sides = [
                        (this, near.entity.id(), near.id()),
                        (far, target.id(), row.id()),
                    ];
                    service.pair(near.entity, table, sides).await;
                }
                rows
            }
            Hop::Through {
                entity,
                near: this,
                far,
                target,
            } => {
                let rows = ends(service, target, somebody).await;
                for row in &rows {
                    let given = [(this, near.id().clone()), (far, row.id().clone())];
                    service.row(entity, &given).await;
                }
                rows
            }
        }
    }
}

/// Rows of every sort that a relation may lead to; among those that stand for callers, somebody's own.
async fn ends(service: &Service, target: &'static Entity, somebody: &Known) -> Vec<Row> {
    let own = somebody.id.as_ref();
    let own = own.filter(|_| service.is_of_callers(target));
    let mut rows: Vec<Row> = own
        .map(|id| Row::known(target, json!(id)))
        .into_iter()
        .collect();
    rows.extend(sorts::of_entity(service, target, &[], somebody, MOST).await);
    rows
}

/// The ids of what stands under the name of an include.
fn shown(embedded: &Value) -> Vec<Value> {
    match embedded {
        Value::Array(rows) => rows.iter().map(|row| row["id"].clone()).collect(),
        Value::Null => Vec::new(),
        row => vec![row["id"].clone()],
    }
}
