//! Rows made beside the service, with all that they need.

use std::collections::BTreeMap;
use std::pin::Pin;

use serde_json::{Map, Value, json};

use crate::entity::{Entity, Field, Hop};
use crate::kind::Kind;
use crate::service::Service;

/// A row of the database.
#[derive(Debug, Clone)]
pub struct Row {
    pub entity: &'static Entity,
    values: BTreeMap<&'static str, Value>,
}

impl Row {
    /// A row that is there already, of which nothing else is asked.
    pub(crate) fn known(entity: &'static Entity, id: Value) -> Self {
        let values = BTreeMap::from_iter([("id", id)]);
        Self { entity, values }
    }

    /// A row as an answer tells of it.
    pub(crate) fn told(entity: &'static Entity, values: BTreeMap<&'static str, Value>) -> Self {
        Self { entity, values }
    }

    #[must_use]
    pub fn id(&self) -> &Value {
        &self.values["id"]
    }

    #[must_use]
    pub fn get(&self, column: &str) -> &Value {
        &self.values[column]
    }

    /// A column as a path carries it.
    #[must_use]
    pub fn segment(&self, column: &str) -> String {
        segment(self.get(column))
    }

    /// What the tester sees of it, but for what a condition decides.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut members = Map::from_iter([("id".to_owned(), self.id().clone())]);
        for field in self.entity.fields.iter().filter(|it| !it.is_conditional()) {
            members.insert(field.key.to_owned(), self.get(field.column).clone());
        }
        Value::Object(members)
    }
}

/// A value as a path or a query carries it.
#[must_use]
pub fn segment(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// The future of a function that calls itself.
pub type Recursive<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

impl Service {
    /// A row with these columns; others are samples, references to rows made first, or, where they may be, null.
    pub fn row<'s>(
        &'s self,
        entity: &'static Entity,
        given: &'s [(&'static str, Value)],
    ) -> Recursive<'s, Row> {
        Box::pin(async move {
            let n = self.next(entity.table);
            let mut columns = Vec::new();
            for field in entity.fields {
                let named = given.iter().find(|(column, _)| *column == field.column);
                if named.is_none() && (field.owner || self.joins_by(entity, field.column)) {
                    let own = Box::pin(self.own_id()).await;
                    columns.push((field.column, field.kind, own));
                    continue;
                }
                if named.is_none()
                    && let Some(value) = Box::pin(self.grants_by(entity, field.column)).await
                {
                    columns.push((field.column, field.kind, value));
                    continue;
                }
                let value = match (named, field.kind) {
                    (Some((_, value)), _) => value.clone(),
                    (None, Kind::To(_)) if field.optional => Value::Null,
                    (None, Kind::To(target)) => self.row(target, &[]).await.id().clone(),
                    (None, _) if field.column == "version" => json!(1),
                    (None, _) => field.sample(n),
                };
                columns.push((field.column, field.kind, value));
            }
            if !entity.serial {
                // After the columns' parents, so that ids rise in the order of making.
                let id = json!(format!("01900000-0000-7000-8000-{n:012}"));
                let named = given.iter().find(|(column, _)| *column == "id");
                let id = named.map_or(id, |(_, id)| id.clone());
                columns.push(("id", entity.id(), id));
            }
            let table = entity.table;
            let id = self.database.insert(table, &columns, entity.id()).await;
            let id = match id {
                None if self.is_anothers(entity, given, &mut columns).await => {
                    self.database.insert(table, &columns, entity.id()).await
                }
                id => id,
            };
            let Some(id) = id else {
                panic!("a row of {table} with values that are taken: {columns:?}");
            };
            let values = columns
                .into_iter()
                .map(|(column, _, value)| (column, value))
                .collect();
            let mut row = Row { entity, values };
            row.values.insert("id", id);
            Box::pin(self.join(&row)).await;
            row
        })
    }

    /// Makes somebody else the owner of a row to be, where that is open: the tester may have the one that there can be.
    async fn is_anothers(
        &self,
        entity: &Entity,
        given: &[(&'static str, Value)],
        columns: &mut [(&'static str, Kind, Value)],
    ) -> bool {
        let owner = entity
            .owner()
            .filter(|owner| given.iter().all(|(column, _)| column != owner));
        let columns = columns.iter_mut();
        for (column, kind, value) in columns {
            if let (true, Kind::To(target)) = (owner == Some(*column), *kind) {
                *value = self.row(target, &[]).await.id().clone();
                return true;
            }
        }
        false
    }

    /// The first of so many samples of a field that no row has, where rows must differ in it.
    pub(crate) fn first_of(&self, entity: &'static Entity, field: &Field, count: usize) -> usize {
        if !field.unique {
            return 0;
        }
        let first = self.next(entity.table);
        (1..count).for_each(|_| _ = self.next(entity.table));
        first
    }

    /// Several rows.
    pub async fn rows(&self, entity: &'static Entity, count: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for _ in 0..count.min(entity.room()) {
            rows.push(self.row(entity, &[]).await);
        }
        rows
    }

    /// A row from which a chain of hops leads to one with a certain value in a column; none where there is no value.
    pub fn row_at_the_end_of<'s>(
        &'s self,
        entity: &'static Entity,
        given: &'s [(&'static str, Value)],
        hops: &'s [Hop],
        column: &'static str,
        value: Option<Value>,
    ) -> Recursive<'s, Row> {
        Box::pin(async move {
            let Some((hop, rest)) = hops.split_first() else {
                let Some(value) = value else {
                    return self.row(entity, given).await;
                };
                if column == "id" {
                    // The row is there already.
                    let values = BTreeMap::from_iter([("id", value)]);
                    return Row { entity, values };
                }
                let mut all = given.to_vec();
                all.push((column, value));
                return self.row(entity, &all).await;
            };
            if let Hop::One {
                column: reference,
                target,
            } = *hop
            {
                let Some(value) = value else {
                    return self.row(entity, given).await;
                };
                let parent = self
                    .row_at_the_end_of(target, &[], rest, column, Some(value))
                    .await;
                let mut all = given.to_vec();
                all.push((reference, parent.id().clone()));
                return self.row(entity, &all).await;
            }
            let row = self.row(entity, given).await;
            if value.is_some() {
                self.attach(&row, hop, rest, column, value).await;
            }
            row
        })
    }

    /// A pair of a relation of `near`; the first of the sides is its row.
    pub(crate) async fn pair(
        &self,
        near: &Entity,
        table: &str,
        sides: [(&'static str, Kind, &Value); 2],
    ) {
        let _ = near;
        self.database.pair(table, &sides).await;
    }

    /// Makes what a hop away from a row leads to.
    pub async fn attach(
        &self,
        row: &Row,
        hop: &Hop,
        rest: &[Hop],
        column: &'static str,
        value: Option<Value>,
    ) -> Row {
        let near_id = (row.entity.id(), row.id());
        match *hop {
            Hop::One { .. } => unreachable!("a reference is part of its row"),
            Hop::Back {
                column: reference,
                target,
            } => {
                let given = [(reference, row.id().clone())];
                self.row_at_the_end_of(target, &given, rest, column, value)
                    .await
            }
            Hop::Many {
                table,
                near,
                far,
                target,
            } => {
                let found = self
                    .row_at_the_end_of(target, &[], rest, column, value)
                    .await;
                let sides = [(near, near_id.0, near_id.1), (far, target.id(), found.id())];
                self.pair(row.entity, table, sides).await;
                found
            }
            Hop::Through {
                entity,
                near,
                far,
                target,
            } => {
                let found = self
                    .row_at_the_end_of(target, &[], rest, column, value)
                    .await;
                let given = [(near, row.id().clone()), (far, found.id().clone())];
                self.row(entity, &given).await;
                found
            }
        }
    }
}
