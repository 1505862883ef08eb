//! Values that are read with a row and stored nowhere.

use std::collections::BTreeSet;

use super::{Column, EntityId, Expr, Field, Hop, Node, Relation, Service, followed};
use serde::Serialize;

/// A value that the database computes with every row that it reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Computed {
    /// Its name and type as if it were stored: no client writes it.
    pub field: Field,
    /// As the spec writes it, for comments and for the API's description.
    pub text: String,
    /// Over columns of the row, and over rows of the same feature.
    pub value: Expr,
}

impl Computed {
    /// Whether it may change while the row, and so its version, stays.
    pub fn reads_other_rows(&self) -> bool {
        let mut others = false;
        self.value.visit(&mut |it| {
            others |= matches!(
                it.node,
                Node::Trail(_) | Node::Count { .. } | Node::Sum(_) | Node::Exists { .. }
            );
        });
        others
    }

    /// The relations that it looks along, back or to join tables.
    pub fn relations(&self) -> Vec<Relation> {
        let mut all = Vec::new();
        self.value.visit(&mut |it| match &it.node {
            Node::Count { relation, .. } | Node::Exists { relation, .. } => all.push(*relation),
            Node::Sum(sum) => all.push(sum.relation),
            _ => {}
        });
        all
    }
}

impl Expr {
    /// Adds the entities whose rows it looks at beside the row at hand, which is one of `from`.
    pub fn reach(&self, service: &Service, from: EntityId, into: &mut BTreeSet<EntityId>) {
        self.visit(&mut |it| {
            let (relation, inner) = match &it.node {
                Node::Trail(trail) => {
                    into.extend(trail.via.iter().skip(1).map(|step| step.0));
                    into.insert(trail.entity);
                    return;
                }
                Node::Count {
                    relation,
                    condition,
                }
                | Node::Exists {
                    relation,
                    condition,
                } => (relation, condition.as_ref()),
                Node::Sum(sum) => (&sum.relation, Some(&sum.value)),
                _ => return,
            };
            let target = relation.target(service, from);
            into.insert(target);
            if let Some(inner) = inner {
                inner.reach(service, target, into);
            }
        });
    }
}

impl Expr {
    /// The fields that it reads, of the row at hand, which is one of `from`, and of others.
    pub fn fields_read(&self, service: &Service, from: EntityId) -> Vec<(EntityId, usize)> {
        let mut all = Vec::new();
        self.visit(&mut |it| {
            let (relation, inner) = match &it.node {
                Node::Column(Column::Field(field)) => return all.push((from, *field)),
                Node::Trail(trail) => {
                    all.extend(&trail.via);
                    if let Column::Field(field) = trail.column {
                        all.push((trail.entity, field));
                    }
                    return;
                }
                Node::Count {
                    relation,
                    condition,
                }
                | Node::Exists {
                    relation,
                    condition,
                } => (relation, condition.as_ref()),
                Node::Sum(sum) => (&sum.relation, Some(&sum.value)),
                _ => return,
            };
            let target = relation.target(service, from);
            let along = match *relation {
                Relation::Back(index) => followed(service, from, Hop::Back(index)).0,
                Relation::Many(index) => followed(service, from, Hop::Many(index)).0,
                Relation::One(field) => vec![(from, field)],
            };
            all.extend(along);
            all.extend(
                inner
                    .into_iter()
                    .flat_map(|it| it.fields_read(service, target)),
            );
        });
        all
    }
}
