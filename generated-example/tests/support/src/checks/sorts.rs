//! Rows of every sort that rules may tell apart, and who may ask for them.
//!
//! Enters: an entity and somebody who calls. Leaves: rows that differ in whose they are, in whose rows they lie under, and in
//! every switch and choice; as many as there is use for.

use serde_json::{Value, json};

use super::access::{self, Asked, Known, Rule};
use super::place::{Place, Placed};
use crate::entity::{Entity, Field, Hop};
use crate::kind::Kind;
use crate::seed::Row;
use crate::service::Service;

/// The most rows that are made of an entity.
const MOST: usize = 24;
/// Goes through more mixtures than that in strides that miss no choice.
const STRIDE: usize = 31;

/// Asks for rows of every sort, one after the other, as everybody.
pub(super) async fn show(
    service: &Service,
    place: &Place,
    rules: &[Rule],
    ask: impl AsyncFn(Placed) -> Asked,
) {
    let (_, somebody) = service.somebody(&[]).await;
    for caller in callers(service, &somebody, rules) {
        // There may be few values for what must be unique.
        if !service.is_of_callers(place.entity) {
            service.database.empty(place.entity).await;
        }
        let mut all = of_place(service, place, &somebody, MOST).await;
        all.extend(of_members(service, place, &somebody, rules).await);
        for placed in all {
            access::shows(service, rules, &ask(placed).await, &caller).await;
        }
    }
}

/// Somebody without a role and with each one, and nobody in particular where they may be let in.
pub(super) fn callers(service: &Service, somebody: &Known, rules: &[Rule]) -> Vec<(String, Known)> {
    let mut all = vec![service.with_roles(somebody, &[])];
    let roles = service.roles().iter();
    all.extend(roles.map(|role| service.with_roles(somebody, &[role])));
    if access::asks_anyone(rules) || rules.contains(&Rule::Public) {
        all.push((String::new(), Known::default()));
    }
    all
}

/// Rows of every sort where a path finds them: under parents of the tester, and under those of somebody.
pub(super) async fn of_place(
    service: &Service,
    place: &Place,
    somebody: &Known,
    most: usize,
) -> Vec<Placed> {
    let mut all = Vec::new();
    for owner in [None, somebody.id.as_ref()] {
        let mut parents = Vec::new();
        for parent in place.parents {
            let owner = parent.target.owner().zip(owner);
            let given = owner.map(|(column, id)| (column, json!(id)));
            parents.push(service.row(parent.target, given.as_slice()).await);
        }
        let columns = place.parents.iter().map(|parent| parent.column);
        let given: Vec<_> = columns
            .zip(parents.iter().map(|row| row.id().clone()))
            .collect();
        for row in of_entity(service, place.entity, &given, somebody, most).await {
            all.push(place.placed(row, parents.clone()));
        }
        if place.parents.is_empty() {
            break;
        }
    }
    all
}

/// Rows of which somebody is a member, one for each way that rules know.
pub(super) async fn of_members(
    service: &Service,
    place: &Place,
    somebody: &Known,
    rules: &[Rule],
) -> Vec<Placed> {
    let mut all = Vec::new();
    let Some(id) = somebody.id.as_ref().map(|id| json!(id)) else {
        return all;
    };
    for rule in rules {
        let Rule::Member(way) = *rule else { continue };
        let mut parents = place.parents(service).await;
        let first = match way[0] {
            Hop::One { column, .. } => place.parents.iter().position(|it| it.column == column),
            _ => None,
        };
        let member = |entity, given, way| {
            service.row_at_the_end_of(entity, given, way, "id", Some(id.clone()))
        };
        let row = if let Some(at) = first {
            // The path names the row that the way leads over.
            parents[at] = member(place.parents[at].target, &[], &way[1..]).await;
            place.row_under(service, parents.clone(), &[]).await.row
        } else {
            let columns = place.parents.iter().map(|parent| parent.column);
            let ids = parents.iter().map(|row| row.id().clone());
            let given: Vec<_> = columns.zip(ids).collect();
            member(place.entity, &given, way).await
        };
        all.push(place.placed(row, parents));
    }
    all
}

pub(super) async fn of_entity(
    service: &Service,
    entity: &'static Entity,
    given: &[(&'static str, Value)],
    somebody: &Known,
    most: usize,
) -> Vec<Row> {
    let mut choices = Vec::new();
    for field in entity.fields {
        if given.iter().all(|(column, _)| *column != field.column) {
            choices.push((field.column, values(service, field, somebody).await));
        }
    }
    let all: usize = choices.iter().map(|(_, values)| values.len()).product();
    let mut rows = Vec::new();
    for at in 0..all.min(most).min(MOST).min(entity.room()) {
        let mut at = if all > MOST { at * STRIDE % all } else { at };
        let mut columns = given.to_vec();
        for (column, values) in &choices {
            let value = &values[at % values.len()];
            columns.extend(value.clone().map(|value| (*column, value)));
            at /= values.len();
        }
        rows.push(service.row(entity, &columns).await);
    }
    rows
}

/// What rules may tell apart in a field; nothing stands for what a row has unasked.
async fn values(service: &Service, field: &Field, somebody: &Known) -> Vec<Option<Value>> {
    let id = somebody.id.as_ref().map(|id| json!(id));
    if field.unique || !field.among.is_empty() {
        return vec![None];
    }
    match field.kind {
        Kind::Bool => vec![Some(json!(false)), Some(json!(true))],
        Kind::Choice(words) => words.iter().map(|word| Some(json!(word))).collect(),
        Kind::To(target) if service.is_of_callers(target) => vec![None, id],
        Kind::To(target) => match target.owner().zip(id) {
            Some(owned) => {
                let other = service.row(target, &[]).await;
                let own = service.row(target, &[owned]).await;
                vec![Some(other.id().clone()), Some(own.id().clone())]
            }
            None => vec![None],
        },
        _ => vec![None],
    }
}
