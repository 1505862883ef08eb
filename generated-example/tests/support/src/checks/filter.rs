//! Filters of lists: each operator finds the rows that it should.

use serde_json::Value;

use super::list::List;
use crate::entity::{Entity, Field, Hop};
use crate::kind::Kind;
use crate::seed::{Row, segment};
use crate::service::Service;

/// One query parameter and what it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    pub name: &'static str,
    /// From the entity of the list to that of the column.
    pub hops: &'static [Hop],
    pub column: &'static str,
    /// Whether `.lt`, `.lte`, `.gt` and `.gte` are known.
    pub ordered: bool,
    /// Whether `.null` is.
    pub nullable: bool,
}

/// A row and which of the values it has.
type Found = (Value, Option<usize>);
type Order = fn(&usize, &usize) -> bool;

impl List {
    /// Each operator, one at a time.
    pub async fn filters(&self, service: &Service, name: &str) {
        let filter = self.filters.iter().find(|filter| filter.name == name);
        let filter = filter.expect("a filter of the list");
        let parents = self.place.parents(service).await;
        let uri = self.place.uri(&parents, "");
        let (field, values, mut rows) = self.values(service, filter).await;
        for at in (0..values.len()).map(Some).chain([None]) {
            let value = at.map(|at| values[at].clone());
            let row = self.filtered(service, &parents, filter, value).await;
            rows.extend(row.map(|row| (row.id().clone(), at)));
        }
        let asked = values.len() / 2;
        let text: Vec<_> = values.iter().map(segment).collect();
        let find = async |query: String, fits: &dyn Fn(Option<usize>) -> bool| {
            let fitting = rows.iter().filter(|(_, at)| fits(*at)).map(|(id, _)| id);
            self.finds(service, &uri, &query, fitting).await;
        };

        find(format!("{name}={}", text[asked]), &|at| at == Some(asked)).await;
        // Null differs from every value; along a relation, there must be a row that does.
        let direct = filter.hops.is_empty();
        find(format!("{name}.ne={}", text[asked]), &|at| {
            at.map_or(direct, |at| at != asked)
        })
        .await;
        if !text[0].contains("%2C") {
            let both = format!("{},{}", text[0], text[asked]);
            find(format!("{name}.in={both}"), &|at| {
                at == Some(0) || at == Some(asked)
            })
            .await;
        }
        if filter.ordered {
            let orders: [(&str, Order); 4] = [
                ("lt", usize::lt),
                ("lte", usize::le),
                ("gt", usize::gt),
                ("gte", usize::ge),
            ];
            for (operator, holds) in orders {
                find(format!("{name}.{operator}={}", text[asked]), &|at| {
                    at.is_some_and(|at| holds(&at, &asked))
                })
                .await;
            }
        }
        if filter.nullable && direct {
            find(format!("{name}.null=true"), &|at| at.is_none()).await;
            find(format!("{name}.null=false"), &|at| at.is_some()).await;
        }
        refuse_others(service, &uri, filter, &field).await;
    }

    /// The column, values of it in rising order, and rows of the list that came to be with them.
    async fn values(&self, service: &Service, filter: &Filter) -> (Field, Vec<Value>, Vec<Found>) {
        let entity = filter.hops.last().map_or(self.place.entity, Hop::target);
        let field = entity.column(filter.column);
        let target = match field.kind {
            Kind::To(target) => target,
            _ if field.column == "id" => entity,
            _ => {
                let count = field.variety().min(3);
                let first = service.first_of(entity, &field, count);
                let values = (first..first + count).map(|n| field.sample(n));
                return (field, values.collect(), Vec::new());
            }
        };
        let rows = service.rows(target, 3).await;
        let values = rows.iter().map(|row| row.id().clone()).collect();
        let in_list = target.table == self.place.entity.table && filter.hops.is_empty();
        let itself = field.column == "id";
        let found = rows.iter().enumerate().filter(|_| in_list);
        let found = found.map(|(at, row)| (row.id().clone(), itself.then_some(at)));
        (field, values, found.collect())
    }

    /// A row that has the value, or none; nothing where there can be no such row, or is one.
    async fn filtered(
        &self,
        service: &Service,
        parents: &[Row],
        filter: &Filter,
        value: Option<Value>,
    ) -> Option<Row> {
        let columns = self.place.parents.iter().map(|parent| parent.column);
        let mut given: Vec<_> = columns
            .zip(parents.iter().map(|row| row.id().clone()))
            .collect();
        if filter.hops.is_empty() {
            // A check may want a value here.
            let checked = self.place.entity.column(filter.column).is_checked();
            let always = !filter.nullable || checked;
            if filter.column == "id" || (value.is_none() && always) {
                return None;
            }
            given.push((filter.column, value.unwrap_or_default()));
            return Some(service.row(self.place.entity, &given).await);
        }
        if value.is_none() && always_leads_somewhere(self.place.entity, filter.hops) {
            return None;
        }
        let row =
            service.row_at_the_end_of(self.place.entity, &given, filter.hops, filter.column, value);
        Some(row.await)
    }
}

fn always_leads_somewhere(entity: &Entity, hops: &[Hop]) -> bool {
    matches!(hops.first(), Some(Hop::One { column, .. }) if !entity.column(column).optional)
}

/// Operators that the column does not have, and what is no value of it.
async fn refuse_others(service: &Service, uri: &str, filter: &Filter, field: &Field) {
    let name = filter.name;
    for (operator, known) in [
        ("lt", filter.ordered),
        ("null", filter.nullable),
        ("like", false),
    ] {
        if !known {
            let parameter = format!("{name}.{operator}");
            let answer = service.get(&format!("{uri}?{parameter}=1")).await;
            answer.fault(&parameter, "unknown_parameter");
        }
    }
    let fault = match field.kind {
        Kind::Text { .. } | Kind::Email | Kind::Url | Kind::Slug => return,
        Kind::Choice(_) => "not_in_enum",
        _ => "type",
    };
    let answer = service.get(&format!("{uri}?{name}=no~such~value")).await;
    answer.fault(name, fault);
    let answer = service.get(&format!("{uri}?{name}.in=no~such~value")).await;
    answer.fault(&format!("{name}.in[0]"), fault);
}
