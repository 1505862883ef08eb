//! What a caller sees of rows that not everyone sees in full, as types of their own and the rules between the two.

use serde::Serialize;

use super::imports::Imports;
use super::model::RowMember;
use super::rows::{Rows, actor_type};
use super::{World, included, naming, text, types};
use crate::expr::rust::{Printer, Variable};
use crate::ir::{Access, Column, Entity, EntityId, Expr, Node, Rule};

/// `VisibleTicket` beside `Ticket`.
#[derive(Debug, Serialize)]
pub struct VisibleRow {
    members: Vec<VisibleMember>,
    rules: Vec<FieldRule>,
}

#[derive(Debug, Serialize)]
struct VisibleMember {
    doc: String,
    rename: Option<String>,
    name: String,
    ty: String,
    /// The rule that decides; empty where everyone reads it.
    rule: String,
}

/// `shows_priority`: whether a caller may read a field.
#[derive(Debug, Serialize)]
struct FieldRule {
    name: String,
    doc: String,
    /// Whether it asks the row.
    of_row: bool,
    /// What of the row and of the caller it asks.
    lets: Vec<String>,
    condition: String,
}

/// The type of a row as callers see it; `None` where all see the row itself.
pub fn row(
    world: &World<'_>,
    id: EntityId,
    members: &[RowMember],
    imports: &mut Imports,
) -> Option<VisibleRow> {
    if !world.service.has_readers(id) {
        return None;
    }
    imports.all(&["kernel::auth::Reach", "kernel::auth::Visible"]);
    let entity = &world.service[id];
    let columns = entity.columns();
    let members = members.iter().enumerate().map(|(place, member)| {
        // What is computed stands behind the columns.
        let column = columns.get(place).copied().unwrap_or(Column::Id);
        let restricted = readers(entity, column).is_some();
        VisibleMember {
            doc: member.doc.clone(),
            rename: member.rename.clone(),
            name: member.name.clone(),
            ty: if restricted {
                format!("Option<{}>", member.ty)
            } else {
                member.ty.clone()
            },
            rule: if restricted {
                rule_name(entity, column)
            } else {
                String::new()
            },
        }
    });
    let rules = entity
        .restricted()
        .map(|(index, _, access)| rule(world, id, index, access, imports));
    Some(VisibleRow {
        members: members.collect(),
        rules: rules.collect(),
    })
}

fn readers(entity: &Entity, column: Column) -> Option<&Access> {
    match column {
        Column::Field(index) => entity.fields[index].readers.as_ref(),
        _ => None,
    }
}

/// `shows_priority`
pub fn rule_name(entity: &Entity, column: Column) -> String {
    format!("shows_{}", entity.column_name(column))
}

/// Whether the representation with includes is shown in part to some callers, whichever endpoint gives it.
pub fn is_partial(world: &World<'_>, id: EntityId) -> bool {
    let includes = included::includes_of_entity(world, id);
    world.service.has_readers(id)
        || includes
            .iter()
            .any(|include| world.service.include_has_readers(id, include))
}

fn rule(
    world: &World<'_>,
    id: EntityId,
    index: usize,
    access: &Access,
    imports: &mut Imports,
) -> FieldRule {
    let entity = &world.service[id];
    let rows = Rows {
        world,
        entity: id,
        table: String::new(),
        from: entity.feature,
    };
    let owner = entity.owner.map(|owner| rows.owned(Column::Field(owner)));
    let mut conditions = Vec::new();
    let mut terms: Vec<String> = by_caller(access, "caller").into_iter().collect();
    for rule in &access.rules {
        match rule {
            Rule::Owner => conditions.extend(owner.as_ref()),
            Rule::When { condition, .. } => conditions.push(condition),
            _ => {}
        }
    }
    for condition in &conditions {
        terms.push(printed(world, id, condition, imports));
    }
    let column = Column::Field(index);
    FieldRule {
        name: rule_name(entity, column),
        doc: format!(
            "/// Whether a caller may read `{}`: {}.",
            entity.column_name(column),
            words(access)
        ),
        of_row: !conditions.is_empty(),
        lets: lets(world, id, &conditions, imports),
        condition: terms.join(" || "),
    }
}

/// The rules of a field for a comment of the code.
fn words(access: &Access) -> String {
    let rules = access.rules.iter().map(|rule| match rule {
        Rule::When { text, .. } => format!("where {}", text::inert(text)),
        other => other.audience(),
    });
    rules.collect::<Vec<_>>().join(", ")
}

/// Whether a caller meets a rule in every row, as a condition on `caller`; `None` where no caller does.
pub fn by_caller(access: &Access, caller: &str) -> Option<String> {
    if access.rules.contains(&Rule::Authenticated) {
        return Some(format!("{caller}.is_signed_in()"));
    }
    let roles = access.rules.iter().filter_map(|rule| match rule {
        Rule::Role(role) => Some(text::string(role)),
        _ => None,
    });
    let roles: Vec<String> = roles.collect();
    match roles.as_slice() {
        [] => None,
        [one] => Some(format!("{caller}.has_role({one})")),
        several => Some(format!("{caller}.has_any_role(&[{}])", several.join(", "))),
    }
}

fn printed(world: &World<'_>, id: EntityId, condition: &Expr, imports: &mut Imports) -> String {
    let service = world.service;
    let entity = &service[id];
    let variable = |node: &Node| {
        let (name, ty, nullable) = match node {
            Node::Column(column) => (
                local(&naming::ident(&entity.column_name(*column))),
                entity.column_type(*column),
                entity.is_optional(*column),
            ),
            Node::ActorId => ("caller_id".into(), entity.column_type(Column::Id), true),
            Node::ActorSubject => (
                "caller_subject".into(),
                entity.column_type(Column::Id),
                true,
            ),
            Node::HasRole(role) => (
                format!("caller.has_role({})", text::string(role)),
                entity.column_type(Column::Id),
                false,
            ),
            _ => return None,
        };
        Some(Variable { name, ty, nullable })
    };
    Printer {
        variable: &variable,
        word: &mut |id, word| {
            let name = types::enumeration(service, id, entity.feature, imports);
            format!("{name}::{}", naming::pascal(word))
        },
        text: text::string,
    }
    .holds(condition)
    .expect("BUG: a rule that the row alone does not decide")
}

/// A column must not take the name of the caller.
fn local(name: &str) -> String {
    if matches!(name, "caller" | "caller_id" | "caller_subject") {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

/// `let Self { requester_id, .. } = self;`, `let caller_id = &caller.id::<PersonId>();`
fn lets(
    world: &World<'_>,
    id: EntityId,
    conditions: &[&Expr],
    imports: &mut Imports,
) -> Vec<String> {
    let entity = &world.service[id];
    let leaves: Vec<&Node> = conditions.iter().flat_map(|it| it.leaves()).collect();
    let mut members: Vec<String> = Vec::new();
    for leaf in &leaves {
        if let Node::Column(column) = leaf {
            let name = naming::ident(&entity.column_name(*column));
            let member = match local(&name) {
                same if same == name => name,
                other => format!("{name}: {other}"),
            };
            if !members.contains(&member) {
                members.push(member);
            }
        }
    }
    let mut lets = Vec::new();
    if !members.is_empty() {
        lets.push(format!("let Self {{ {}, .. }} = self;", members.join(", ")));
    }
    if leaves.iter().any(|leaf| matches!(leaf, Node::ActorId)) {
        let ty = actor_type(world, entity.feature, imports);
        lets.push(format!("let caller_id = &caller.id::<{ty}>();"));
    }
    if leaves.iter().any(|leaf| matches!(leaf, Node::ActorSubject)) {
        lets.push("let caller_subject = &caller.subject();".into());
    }
    lets
}
