//! The n:m relations that a create or an update writes.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{sql, text, types};
use super::{Slice, command, problems};
use crate::ir::{
    Action, Column, Database, Identity, Link, Literal, Many, Refusal, Service, Versioning,
};

/// Whether a relation's method makes rows, and so needs ids or the time.
pub fn needs_context(service: &Service, many: &Many) -> bool {
    let target = &service[many.target];
    let makes = matches!(
        many.link,
        Link::Plain {
            create: true,
            by: Column::Field(_)
        }
    );
    let timed = target.timestamps
        || target
            .fields
            .iter()
            .any(|field| field.default == Some(Literal::Now));
    makes && (target.identity == Identity::Uuid || timed)
}

/// One relation: its method, `set_tags`.
#[derive(Debug, Serialize)]
pub struct LinkView {
    pub name: String,
    /// `id: BookId, keys: &[String], ctx: &Context<'_>`
    pub parameters: String,
    /// The id type of the other side.
    pub far: String,
    /// Whether rows may be linked already.
    pub update: bool,
    /// `book_tags`, its columns
    pub table: String,
    pub near_column: String,
    pub far_column: String,
    /// `company_id`, where both sides belong to one tenant; empty otherwise.
    pub tenant: String,
    /// By natural key: how ids are found.
    pub key: Option<KeyView>,
    /// The error where one is missing.
    pub missing: Option<String>,
    /// The foreign key that tells so, where ids are given.
    pub constraint: String,
}

#[derive(Debug, Serialize)]
pub struct KeyView {
    pub table: String,
    pub column: String,
    /// `company_id, name`
    pub unique: String,
    /// `company_id`, where the other side belongs to a tenant; empty otherwise.
    pub tenant: String,
    /// Makes what is missing; `None` where that is an error.
    pub create: Option<CreateView>,
}

#[derive(Debug, Serialize)]
pub struct CreateView {
    /// `insert into tags (id, name, created_at, updated_at, version) `
    pub insert: String,
    /// What each row binds or pushes, in order.
    pub values: Vec<String>,
}

pub fn views(slice: &Slice<'_>, imports: &mut Imports) -> Vec<LinkView> {
    let views: Vec<_> = slice
        .links()
        .map(|(index, many)| view(slice, index, many, imports))
        .collect();
    if !views.is_empty() {
        imports.all(&["kernel::db", "kernel::db::QueryBuilder"]);
    }
    views
}

fn view(slice: &Slice<'_>, index: usize, many: &Many, imports: &mut Imports) -> LinkView {
    let service = slice.world.service;
    let own = slice
        .entity_id()
        .expect("BUG: a relation without an entity");
    let from = slice.endpoint.feature;
    let table = sql::link_table(slice.world, own, index);
    let key = match many.link {
        Link::Plain {
            by: by @ Column::Field(_),
            create,
        } => Some(key_view(slice, many, by, create, imports)),
        _ => None,
    };
    let missing = slice
        .endpoint
        .refusals(service)
        .into_iter()
        .find(|refusal| matches!(refusal, Refusal::LinkMissing { many, .. } if *many == index));
    let constraint = match service.database {
        Database::Sqlite => "FOREIGN KEY".to_owned(),
        Database::Postgres => {
            let join = slice.world.schema.of_many(own, index);
            let key = join.foreign_key(&join.columns[1].name);
            key.expect("BUG: a join table without foreign keys")
                .name
                .clone()
        }
    };
    imports.all(&["std::collections::BTreeSet"]);
    let near = types::entity_id(service, own, from, imports);
    let item = command::link_item(slice, many, imports);
    let given = if key.is_some() { "keys" } else { "ids" };
    let ctx = if needs_context(service, many) {
        ", ctx: &Context<'_>"
    } else {
        ""
    };
    LinkView {
        name: many.name.clone(),
        parameters: format!("id: {near}, {given}: &[{item}]{ctx}"),
        far: types::entity_id(service, many.target, from, imports),
        update: matches!(slice.endpoint.action, Action::Update(_)),
        table: table.table,
        near_column: table.near,
        far_column: table.far,
        tenant: slice
            .entity()
            .tenant
            .as_deref()
            .map(sql::name)
            .unwrap_or_default(),
        key,
        missing: missing.map(|refusal| format!("Error::{}", problems::name(slice, &refusal))),
        constraint: text::string(&constraint),
    }
}

fn key_view(
    slice: &Slice<'_>,
    many: &Many,
    by: Column,
    create: bool,
    imports: &mut Imports,
) -> KeyView {
    let target = &slice.world.service[many.target];
    KeyView {
        table: sql::table(target),
        column: sql::column(target, by),
        unique: sql::unique(target, by),
        tenant: target.tenant.as_deref().map(sql::name).unwrap_or_default(),
        create: create.then(|| create_view(slice, many, by, imports)),
    }
}

fn create_view(slice: &Slice<'_>, many: &Many, by: Column, imports: &mut Imports) -> CreateView {
    let service = slice.world.service;
    let target = &service[many.target];
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    if target.identity == Identity::Uuid {
        columns.push("id".to_owned());
        let id = types::entity_id(service, many.target, slice.endpoint.feature, imports);
        values.push(format!("row.push_bind::<{id}>(ctx.new_id());"));
    }
    if let Some(tenant) = &target.tenant {
        columns.push(sql::name(tenant));
        values.push("row.push_bind(tenant);".into());
    }
    for (index, field) in target.fields.iter().enumerate() {
        let column = Column::Field(index);
        if column == by {
            columns.push(sql::column(target, column));
            values.push("row.push_bind(key);".into());
        } else if let Some(default) = &field.default {
            columns.push(sql::column(target, column));
            let value =
                types::literal(service, default, &field.ty, slice.endpoint.feature, imports);
            let value = if types::is_json_column(&field.ty) {
                format!("db::as_json(&{value})")
            } else {
                value
            };
            values.push(format!("row.push_bind({value});"));
        }
    }
    if target.timestamps {
        columns.extend(["created_at".into(), "updated_at".into()]);
        values.push("row.push_bind(ctx.now()).push_bind(ctx.now());".into());
    }
    if target.versioning != Versioning::None {
        columns.push("version".into());
        values.push("row.push(\"1\");".into());
    }
    if needs_context(service, many) {
        imports.all(&["crate::app::Context"]);
    }
    CreateView {
        insert: text::string(&format!(
            "insert into {} ({}) ",
            sql::table(target),
            columns.join(", ")
        )),
        values,
    }
}
