//! Values that a row is read with.

use serde_json::Value;

use super::get::Get;
use crate::entity::Hop;
use crate::seed::Row;
use crate::service::Service;

/// A row that is made around another.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    hop: Hop,
    given: &'static [(&'static str, &'static str)],
    value: &'static str,
}

/// A row with these columns along the way, after which the value is this; both as JSON text.
pub const fn step(
    hop: Hop,
    given: &'static [(&'static str, &'static str)],
    value: &'static str,
) -> Step {
    Step { hop, given, value }
}

impl Get {
    /// The value follows the rows around the row, not those around others.
    pub async fn computes(
        &self,
        service: &Service,
        key: &str,
        given: &[(&'static str, &'static str)],
        none: &str,
        steps: &[Step],
    ) {
        let parents = self.place.parents(service).await;
        let given = parsed(given);
        let found = self.place.row_under(service, parents, &given).await;
        let mut known = self.shows(service, &found.uri, key, none, None).await;
        if let Some(first) = steps.first() {
            let other = self.place.row(service).await;
            service.link(&other.row, &first.hop, &[]).await;
            self.shows(service, &found.uri, key, none, None).await;
        }
        for step in steps {
            let given = parsed(step.given);
            service.link(&found.row, &step.hop, &given).await;
            known = self
                .shows(service, &found.uri, key, step.value, Some(known))
                .await;
        }
    }

    /// Asks as one who knows an earlier answer; leaves the value and its tag.
    async fn shows(
        &self,
        service: &Service,
        uri: &str,
        key: &str,
        value: &str,
        known: Option<(Value, String)>,
    ) -> (Value, String) {
        let value: Value = serde_json::from_str(value).expect("a value is JSON");
        let tag = known.filter(|(before, _)| *before != value);
        let tag = tag.map(|(_, tag)| tag).unwrap_or_default();
        let headers = [("if-none-match", tag.as_str())];
        let headers = if tag.is_empty() { &[][..] } else { &headers };
        let answer = service.ask("GET", uri, headers, None).await;
        assert_eq!(answer.is(200).under(self.one)[key], value, "{answer:?}");
        let tag = answer.header("etag").unwrap_or_default().to_owned();
        (value, tag)
    }
}

impl Service {
    /// Makes a row with these columns, to which a hop leads.
    async fn link(&self, row: &Row, hop: &Hop, given: &[(&'static str, Value)]) {
        let mut given = given.to_vec();
        match *hop {
            Hop::One { .. } => unreachable!("a reference is part of its row"),
            Hop::Back { column, target } => {
                given.push((column, row.id().clone()));
                self.row(target, &given).await;
            }
            Hop::Many {
                table,
                near,
                far,
                target,
            } => {
                let found = self.row(target, &given).await;
                let near = (near, row.entity.id(), row.id());
                let far = (far, target.id(), found.id());
                self.pair(row.entity, table, [near, far]).await;
            }
            Hop::Through {
                entity,
                near,
                far,
                target,
            } => {
                let found = self.row(target, &given).await;
                let sides = [(near, row.id().clone()), (far, found.id().clone())];
                self.row(entity, &sides).await;
            }
        }
    }
}

fn parsed(given: &[(&'static str, &'static str)]) -> Vec<(&'static str, Value)> {
    let value = |text| serde_json::from_str(text).expect("a value is JSON");
    given
        .iter()
        .map(|(column, text)| (*column, value(text)))
        .collect()
}
