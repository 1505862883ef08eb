//! The names of tables, which stand side by side whatever feature they are of.

use std::collections::BTreeMap;

use heck::ToSnakeCase;

use super::entities::words;
use super::names::MAX_NAME;
use super::scope::Cx;
use crate::diagnostic::{database as report, names};
use crate::ir::Link;
use crate::source::Span;

/// PostgreSQL cuts longer names off.
const MAX_BYTES: usize = 63;

pub(super) fn tables(cx: &mut Cx<'_>) {
    let mut taken: BTreeMap<String, (String, Span)> = BTreeMap::new();
    for id in cx.entity_ids() {
        let draft = cx.draft(id);
        let (table, span) = (
            draft.entity.plural.clone(),
            draft.ast.plural.span().unwrap_or(draft.name.span),
        );
        let what = words(cx, id);
        if table.len() > MAX_BYTES && draft.name.value.len() <= MAX_NAME {
            cx.report(report::name_too_long(&what, &table, MAX_BYTES, span));
        } else if table.starts_with("sqlite_") {
            let reason = "SQLite keeps tables whose names begin with `sqlite_` for itself";
            cx.report(names::reserved(&table, "a table", reason, span));
        }
        if table == "revoked_tokens" {
            let reason = "a service with `auth` keeps the ids of revoked tokens there";
            cx.report(names::reserved(&table, "a table", reason, span));
        }
        claim(cx, &mut taken, table, what, span);
    }
    for id in cx.entity_ids() {
        for many in 0..cx.entity(id).many.len() {
            let draft = cx.draft(id);
            let many = &draft.entity.many[many];
            if !matches!(many.link, Link::Plain { .. }) {
                continue;
            }
            // As `schema` names them; it shortens what is too long.
            let table = format!("{}_{}", draft.entity.name.to_snake_case(), many.name);
            let what = format!("the n:m relation `{}.{}`", draft.entity.name, many.name);
            claim(cx, &mut taken, table, what, cx.draft(id).name.span);
        }
    }
}

fn claim(
    cx: &mut Cx<'_>,
    taken: &mut BTreeMap<String, (String, Span)>,
    table: String,
    what: String,
    span: Span,
) {
    if let Some((other, declared)) = taken.get(&table) {
        cx.report(report::table_taken(&what, &table, span, other, *declared));
        return;
    }
    taken.insert(table, (what, span));
}
