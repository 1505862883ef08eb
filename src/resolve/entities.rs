//! The fields of every entity.

use super::fields::{self, Owner, Place};
use super::names::{self, Taken};
use super::scope::{Cx, Member};
use crate::ast::{self, Entry};
use crate::diagnostic::names as report;
use crate::ir::{Column, EntityId};

pub(super) fn entities(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        built_in(cx, id);
        let ast = cx.draft(id).ast;
        let words = words(cx, id);
        for entry in ast.fields.get().into_iter().flat_map(|map| map.iter()) {
            field(cx, id, &words, entry);
        }
    }
}

/// "the entity `Book`".
pub(super) fn words(cx: &Cx<'_>, id: EntityId) -> String {
    format!("the entity `{}`", cx.draft(id).name.value)
}

/// The columns that the entity has without being asked.
fn built_in(cx: &mut Cx<'_>, id: EntityId) {
    let case = cx.case;
    let draft = &mut cx.drafts[id.0];
    for column in draft.entity.columns() {
        let name = draft.entity.column_name(column);
        draft.members.insert(name.clone(), Member::Column(column));
        // The names differ from one another.
        let _ = draft
            .taken
            .claim(case, &name, format!("the column `{name}`"), draft.name.span);
    }
}

fn field<'a>(cx: &mut Cx<'a>, id: EntityId, words: &str, entry: &'a Entry<ast::Field>) {
    let name = &entry.name;
    if matches!(cx.draft(id).members.get(&name.value), Some(Member::Column(column)) if !matches!(column, Column::Field(_)))
    {
        let diagnostic = report::built_in_column(&name.value, &cx.draft(id).name.value, name.span);
        cx.report(diagnostic);
        return;
    }
    let good = names::column(cx, name);
    let draft = cx.draft(id);
    let entity_name = draft.name.value.as_str();
    let owner = Owner {
        feature: draft.entity.feature,
        place: Place::Entity,
        prefix: entity_name,
        nested: false,
        words: words.to_owned(),
    };
    let field = match entry.value.get() {
        Some(ast) => fields::field(cx, &owner, name, ast).filter(|_| good),
        None => None,
    };
    let Some(field) = field else {
        cx.drafts[id.0]
            .members
            .entry(name.value.clone())
            .or_insert(Member::Bad);
        cx.drafts[id.0]
            .members
            .entry(format!("{}_id", name.value))
            .or_insert(Member::Bad);
        return;
    };
    let column = field.column_name();
    // A reference is called `author` where it is included, and `author_id` otherwise.
    let mut json = vec![column];
    if json[0] != field.name {
        json.push(field.name.clone());
    }
    let draft = &mut cx.drafts[id.0];
    let index = draft.entity.fields.len();
    draft.entity.fields.push(field);
    draft.spans.push(name.span);
    for taken in json {
        if !claim(
            cx,
            id,
            &taken,
            &format!("the field `{}`", name.value),
            entry,
            words,
        ) {
            return;
        }
        cx.drafts[id.0]
            .members
            .insert(taken, Member::Column(Column::Field(index)));
    }
}

fn claim(
    cx: &mut Cx<'_>,
    id: EntityId,
    name: &str,
    what: &str,
    entry: &Entry<ast::Field>,
    words: &str,
) -> bool {
    let mut taken = std::mem::take(&mut cx.drafts[id.0].taken);
    let good = names::claim(cx, &mut taken, name, what, entry.name.span, words);
    cx.drafts[id.0].taken = taken;
    good
}

/// Claims the name of a relation in the JSON of an entity.
pub(super) fn claim_relation(cx: &mut Cx<'_>, id: EntityId, name: &ast::Name, what: &str) -> bool {
    let words = words(cx, id);
    let mut taken: Taken = std::mem::take(&mut cx.drafts[id.0].taken);
    let good = names::claim(cx, &mut taken, &name.value, what, name.span, &words);
    cx.drafts[id.0].taken = taken;
    good
}
