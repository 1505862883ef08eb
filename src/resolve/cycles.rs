//! Required references that lead in a circle: then no row can be the first.

use std::collections::BTreeMap;

use super::scope::Cx;
use crate::diagnostic::relations as report;
use crate::ir::{EntityId, Type};

/// Walks along required references; time is linear in their number.
pub(super) fn cycles(cx: &mut Cx<'_>) {
    let count = cx.drafts.len();
    let edges: Vec<Vec<(usize, EntityId)>> = cx.entity_ids().map(|id| required(cx, id)).collect();
    let mut done = vec![false; count];
    let mut reported = vec![false; count];
    for start in 0..count {
        // The way from `start`, with the edge that is taken next at each step; a stack in place of recursion.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        let mut position: BTreeMap<usize, usize> = BTreeMap::from([(start, 0)]);
        while let Some((node, edge)) = way.last_mut() {
            let node = *node;
            if done[node] || *edge == edges[node].len() {
                done[node] = true;
                position.remove(&node);
                way.pop();
                continue;
            }
            let (_, target) = edges[node][*edge];
            *edge += 1;
            if let Some(first) = position.get(&target.0) {
                let circle = &way[*first..];
                // Circles through one entity are told one at a time: mending one often mends the others.
                if !reported[target.0] {
                    circle.iter().for_each(|(node, _)| reported[*node] = true);
                    found(cx, &edges, circle);
                }
            } else if !done[target.0] {
                position.insert(target.0, way.len());
                way.push((target.0, 0));
            }
        }
    }
}

/// The fields of an entity that need a row of another, or of its own.
fn required(cx: &Cx<'_>, id: EntityId) -> Vec<(usize, EntityId)> {
    let fields = cx.entity(id).fields.iter().enumerate();
    let required = fields
        .filter(|(_, field)| !field.optional)
        .filter_map(|(index, field)| match &field.ty {
            Type::Reference(reference) => Some((index, reference.target)),
            _ => None,
        });
    required.collect()
}

/// `circle`: entities, each with the number of the edge after the one taken.
fn found(cx: &mut Cx<'_>, edges: &[Vec<(usize, EntityId)>], circle: &[(usize, usize)]) {
    let steps = circle.iter().map(|(node, edge)| {
        let draft = &cx.drafts[*node];
        let (field, _) = edges[*node][edge - 1];
        (
            (
                draft.entity.name.clone(),
                draft.entity.fields[field].name.clone(),
            ),
            draft.spans[field],
        )
    });
    let (names, spans): (Vec<_>, Vec<_>) = steps.unzip();
    let [first, others @ ..] = spans.as_slice() else {
        return;
    };
    cx.report(report::required_cycle(&names, *first, others));
}
