//! `read` and `write` of fields: who may read and write them.

use super::access::{self, On};
use super::scope::Cx;
use crate::ast::{self, F, Write};
use crate::diagnostic::{field_rules as report, support};
use crate::expr::rust::{Printer, Variable};
use crate::ir::{Access, Entity, EntityId, Expr, Node, Rule, Versioning};
use crate::source::Span;

/// The rules of every field; callers and owners are known.
pub(super) fn rules(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        let ast = cx.draft(id).ast;
        for (name, field) in ast.fields.get().into_iter().flat_map(|map| map.good()) {
            let fields = &cx.entity(id).fields;
            let Some(index) = fields.iter().position(|it| it.name == name.value) else {
                continue;
            };
            let readers = rule(cx, id, &field.read);
            if let (Some(readers), Some(span)) = (&readers, field.read.span()) {
                judged_by_the_service(cx, id, readers, span);
            }
            let writers = match &field.write {
                F::Is(Write::By(access), span) => {
                    written(cx, id, index, *span);
                    let writers = rule(cx, id, &F::Is(access.clone(), *span));
                    versioned(cx, id, writers.as_ref(), *span);
                    writers
                }
                _ => None,
            };
            let found = &mut cx.drafts[id.0].entity.fields[index];
            found.readers = readers;
            found.writers = writers;
        }
    }
}

/// `None` where it leaves nobody out, or is bad.
fn rule(cx: &mut Cx<'_>, id: EntityId, given: &F<ast::Access>) -> Option<Access> {
    let access = access::access(cx, given, On::Rows(id));
    let restricts = !access.rules.is_empty() && !access.rules.contains(&Rule::Public);
    restricts.then_some(access)
}

/// No client writes what is made from another field.
fn written(cx: &mut Cx<'_>, id: EntityId, index: usize, span: Span) {
    let field = &cx.entity(id).fields[index];
    if field.derived_from.is_some() {
        let diagnostic = report::made_from_another(&field.name, span);
        cx.report(diagnostic);
    }
}

/// Where an update changes nothing, the version tells whether the row kept the field or was changed by another.
fn versioned(cx: &mut Cx<'_>, id: EntityId, writers: Option<&Access>, span: Span) {
    let asks = writers.is_some_and(Access::asks_rows);
    if asks && cx.entity(id).versioning == Versioning::None {
        cx.report(support::unversioned_write_rule(span));
    }
}

/// Whoever shows a row decides about its fields, with nothing but the row and the caller at hand.
fn judged_by_the_service(cx: &mut Cx<'_>, id: EntityId, readers: &Access, span: Span) {
    let conditions = readers.rules.iter().filter_map(Rule::condition);
    let entity = cx.entity(id);
    if !conditions
        .into_iter()
        .all(|it| is_known_from_row(entity, it))
    {
        cx.report(support::condition_beyond_row(span));
    }
}

fn is_known_from_row(entity: &Entity, condition: &Expr) -> bool {
    let variable = |node: &Node| {
        let (ty, nullable) = match node {
            Node::Column(column) => (entity.column_type(*column), entity.is_optional(*column)),
            Node::ActorId | Node::ActorSubject | Node::HasRole(_) => {
                (entity.column_type(crate::ir::Column::Id), true)
            }
            _ => return None,
        };
        let name = "known".to_owned();
        Some(Variable { name, ty, nullable })
    };
    let printed = Printer {
        variable: &variable,
        word: &mut |_, word| word.to_owned(),
        text: str::to_owned,
    }
    .holds(condition);
    printed.is_some()
}
