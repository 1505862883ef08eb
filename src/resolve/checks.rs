//! `checks` of entities: conditions that the database and the service hold every row to.

use super::conditions::{self, Place};
use super::entities::words;
use super::names::{self, Taken};
use super::scope::{Cx, Member};
use crate::ast::{Entry, Expression};
use crate::diagnostic::{expr as report_expr, names as report};
use crate::expr;
use crate::ir::{Check, EntityId};

pub(super) fn checks(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        let mut taken = Taken::default();
        let owner = words(cx, id);
        let ast = cx.draft(id).ast;
        for entry in ast.checks.get().into_iter().flat_map(|map| map.iter()) {
            let named = is_named(cx, id, &mut taken, entry, &owner);
            let Some((expression, span)) = entry.value.given() else {
                continue;
            };
            let condition = conditions::condition(cx, Place::Check, id, expression, span);
            if let (true, Some(condition)) = (named, condition) {
                cx.drafts[id.0].entity.checks.push(Check {
                    name: entry.name.value.clone(),
                    text: expression
                        .text
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" "),
                    condition,
                });
            }
        }
        let entity = cx.entity(id);
        if let (false, Some(span)) = (cx.has_errors(), ast.checks.span())
            && !entity.checks.is_empty()
            && !expr::samples::has_row(entity, &cx.enums)
        {
            let diagnostic = report_expr::no_row(&entity.name, span);
            cx.report(diagnostic);
        }
    }
}

fn is_named(
    cx: &mut Cx<'_>,
    id: EntityId,
    taken: &mut Taken,
    entry: &Entry<Expression>,
    owner: &str,
) -> bool {
    let name = &entry.name;
    if !names::snake(cx, name, "a check") {
        return false;
    }
    let column = matches!(
        cx.draft(id).members.get(&name.value),
        Some(Member::Column(_))
    );
    if column {
        let reason = "the constraint on the column of that name is called so";
        cx.report(report::reserved(&name.value, "a check", reason, name.span));
        return false;
    }
    names::claim(cx, taken, &name.value, "a check", name.span, owner)
}
