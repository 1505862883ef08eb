//! Keys, unique constraints, indexes and the sources of slugs: what an entity says about its own columns.

use std::collections::BTreeMap;

use super::keys;
use super::scope::{Cx, Member};
use crate::ast::{ColumnSet, Name};
use crate::diagnostic::{database as report, names, types};
use crate::ir::{Column, EntityId, Index, Key, Scalar, Type, Unique};
use crate::source::Span;

pub(super) fn columns(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        uniques(cx, id);
        indexes(cx, id);
        key(cx, id);
        slugs(cx, id);
    }
}

/// The column that a name stands for; relations and unknown names are reported.
pub(super) fn column(cx: &mut Cx<'_>, id: EntityId, name: &Name) -> Option<Column> {
    match cx.member(id, name)? {
        Member::Column(column) => Some(column),
        Member::Many(_) | Member::Back(_) => {
            cx.unknown_field(id, name);
            None
        }
        Member::Bad => None,
    }
}

/// The type of a column; `None` for those that every entity has.
pub(super) fn column_type<'c>(cx: &'c Cx<'_>, id: EntityId, column: Column) -> Option<&'c Type> {
    match column {
        Column::Field(index) => Some(&cx.entity(id).fields[index].ty),
        Column::Id | Column::CreatedAt | Column::UpdatedAt | Column::Version => None,
    }
}

/// Constraints already seen, by the names of their columns: two of one name would be one constraint in the database.
#[derive(Default)]
struct Seen(BTreeMap<String, (Vec<Column>, Span)>);

impl Seen {
    /// Notes the columns; says where an earlier constraint has the name, and whether it has the same columns.
    fn note(
        &mut self,
        cx: &Cx<'_>,
        id: EntityId,
        columns: &[Column],
        span: Span,
    ) -> Option<(Span, bool)> {
        let names: Vec<String> = columns
            .iter()
            .map(|column| cx.entity(id).column_name(*column))
            .collect();
        let (earlier, first) = self.0.insert(names.join("_"), (columns.to_vec(), span))?;
        Some((first, earlier == columns))
    }
}

fn uniques(cx: &mut Cx<'_>, id: EntityId) {
    let mut seen = Seen::default();
    for index in 0..cx.entity(id).fields.len() {
        if cx.entity(id).fields[index].unique {
            let columns = vec![Column::Field(index)];
            // Fields have names of their own.
            let _ = seen.note(cx, id, &columns, cx.draft(id).spans[index]);
            cx.drafts[id.0].entity.uniques.push(Unique { columns });
        }
    }
    let ast = cx.draft(id).ast;
    for set in ast.unique.get().into_iter().flatten() {
        let Some(columns) = set_of(cx, id, set, "unique", &mut seen) else {
            continue;
        };
        let entity = &mut cx.drafts[id.0].entity;
        if let [Column::Field(index)] = columns.as_slice() {
            entity.fields[*index].unique = true;
        }
        entity.uniques.push(Unique { columns });
    }
}

fn indexes(cx: &mut Cx<'_>, id: EntityId) {
    let mut seen = Seen::default();
    let ast = cx.draft(id).ast;
    for set in ast.index.get().into_iter().flatten() {
        if let Some(columns) = set_of(cx, id, set, "index", &mut seen) {
            cx.drafts[id.0].entity.indexes.push(Index { columns });
        }
    }
}

/// The columns of one constraint; `key` is the key of the spec that it stands under.
fn set_of(
    cx: &mut Cx<'_>,
    id: EntityId,
    set: &ColumnSet,
    key: &str,
    seen: &mut Seen,
) -> Option<Vec<Column>> {
    let mut columns = Vec::new();
    let mut spans: BTreeMap<Column, Span> = BTreeMap::new();
    let mut good = true;
    for name in set {
        let Some(column) = column(cx, id, name) else {
            good = false;
            continue;
        };
        if let Some(first) = spans.insert(column, name.span) {
            cx.report(names::listed_twice(&name.value, key, name.span, first));
            good = false;
        } else if let Some(ty) = column_type(cx, id, column)
            && !keys::is_indexable(ty)
        {
            let words = keys::words(ty);
            cx.report(report::not_indexable(&name.value, key, words, name.span));
            good = false;
        }
        columns.push(column);
    }
    let span = set.first()?.span.to(set.last()?.span);
    if let Some((first, same)) = seen.note(cx, id, &columns, span).filter(|_| good) {
        cx.report(report::constraint_twice(key, same, span, first));
        return None;
    }
    good.then_some(columns)
}

fn key(cx: &mut Cx<'_>, id: EntityId) {
    let ast = cx.draft(id).ast;
    let Some(name) = ast.key.get() else { return };
    let Some(column) = column(cx, id, name) else {
        return;
    };
    let Column::Field(index) = column else {
        if column != Column::Id {
            let why = "it is not unique";
            let diagnostic =
                report::key_field(&name.value, &cx.draft(id).name.value, why, name.span);
            cx.report(diagnostic);
        }
        return;
    };
    let field = &cx.entity(id).fields[index];
    let fits = match &field.ty {
        Type::Scalar(Scalar::Text(text)) => keys::is_indexable(&field.ty) && text.max > 0,
        Type::Scalar(
            Scalar::Slug | Scalar::Email | Scalar::Uuid | Scalar::Int(_) | Scalar::BigInt(_),
        ) => true,
        _ => false,
    };
    let why = if !fits {
        format!("it is {}", keys::words(&field.ty))
    } else if field.optional {
        "it may be null".to_owned()
    } else if !field.unique {
        "it is not unique".to_owned()
    } else {
        cx.drafts[id.0].entity.key = Key::Field(index);
        return;
    };
    let diagnostic = report::key_field(&name.value, &cx.draft(id).name.value, &why, name.span);
    cx.report(diagnostic);
}

/// `from` of every slug.
fn slugs(cx: &mut Cx<'_>, id: EntityId) {
    let ast = cx.draft(id).ast;
    for (name, field) in ast.fields.get().into_iter().flat_map(|map| map.good()) {
        let Some(from) = field.from.get() else {
            continue;
        };
        let Some(Member::Column(Column::Field(slug))) =
            cx.draft(id).members.get(&name.value).copied()
        else {
            continue;
        };
        if !matches!(cx.entity(id).fields[slug].ty, Type::Scalar(Scalar::Slug)) {
            continue;
        }
        let Some(column) = column(cx, id, from) else {
            continue;
        };
        let why = match column {
            Column::Field(source) => {
                let fields = &cx.entity(id).fields;
                if !matches!(fields[source].ty, Type::Scalar(Scalar::Text(_))) {
                    format!("it is {}", keys::words(&fields[source].ty))
                } else if fields[source].optional && !fields[slug].optional {
                    "it may be null, and the slug may not".to_owned()
                } else {
                    cx.drafts[id.0].entity.fields[slug].derived_from = Some(source);
                    continue;
                }
            }
            Column::Id | Column::CreatedAt | Column::UpdatedAt | Column::Version => {
                "it is not text".to_owned()
            }
        };
        cx.report(types::slug_source(&from.value, &why, from.span));
    }
}
