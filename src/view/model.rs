//! `model/` of a feature: rows, ids, enums and value objects.

use serde::Serialize;

use super::imports::Imports;
use super::representation::{self, RowView};
use super::visible::{self, VisibleRow};
use super::{Draft, World, naming, text, types, values};
use crate::ir::{Column, Computed, Entity, EntityId, FeatureId, Field};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct Index {
    feature: String,
    modules: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    doc: String,
    imports: String,
    noun: String,
    name: String,
    id: String,
    /// Only named by references: nothing reads its rows.
    marker: bool,
    /// Whether it is what callers see; else it does not serialize itself.
    serialized: bool,
    camel: bool,
    members: Vec<RowMember>,
    /// What callers see, where that is not the row itself.
    visible: Option<VisibleRow>,
    view: Option<RowView>,
}

#[derive(Debug, Serialize)]
pub struct RowMember {
    pub doc: String,
    pub name: String,
    pub ty: String,
    pub rename: Option<String>,
    pub read: String,
}

pub fn drafts(world: &World<'_>, feature: FeatureId) -> Vec<Draft> {
    let service = world.service;
    let folder = format!("src/features/{}/model", service[feature].name);
    let mut modules = Vec::new();
    let mut drafts = Vec::new();
    for id in &service[feature].entities {
        if is_emitted(world, *id) {
            let entity = &service[*id];
            modules.push(naming::ident(&entity.snake()));
            let path = format!("{folder}/{}.rs", entity.snake());
            drafts.push(Draft::new(
                path,
                Owner::Generated,
                "src/features/__feature__/model/__entity__.rs.j2",
                &row(world, *id),
            ));
        }
    }
    if let Some(view) = values::types_view(world, feature) {
        modules.push("types".into());
        drafts.push(Draft::new(
            format!("{folder}/types.rs"),
            Owner::Generated,
            "src/features/__feature__/model/types.rs.j2",
            &view,
        ));
    }
    if !modules.is_empty() {
        let view = Index {
            feature: service[feature].name.clone(),
            modules,
        };
        drafts.push(Draft::new(
            format!("{folder}/mod.rs"),
            Owner::Generated,
            "src/features/__feature__/model/mod.rs.j2",
            &view,
        ));
    }
    drafts
}

/// Whether anything names the entity.
pub fn is_emitted(world: &World<'_>, id: EntityId) -> bool {
    world.usage.rows.contains(&id) || world.usage.named.contains(&id)
}

fn row(world: &World<'_>, id: EntityId) -> Row {
    let service = world.service;
    let entity = &service[id];
    let mut imports = Imports::default();
    let marker = !world.usage.rows.contains(&id);
    let id_type = types::identity_type(entity.identity, &mut imports);
    let mut members = Vec::new();
    if !marker {
        imports.all(&["kernel::db::FromRow", "kernel::db::Row", "sqlx::Row"]);
        if !service.has_readers(id) || representation::is_shown(world, id) {
            imports.all(&["serde::Serialize"]);
        }
        for (position, column) in entity.columns().into_iter().enumerate() {
            members.push(member(world, entity, column, position, &mut imports));
        }
        let stored = members.len();
        for (index, it) in entity.computed.iter().enumerate() {
            members.push(computed(world, entity, it, stored + index, &mut imports));
        }
    }
    let shown = !marker && representation::is_shown(world, id);
    let visible = shown
        .then(|| visible::row(world, id, &members, &mut imports))
        .flatten();
    let view = world
        .usage
        .views
        .contains(&id)
        .then(|| representation::of(world, id, &mut imports));
    // What is defined here is not imported.
    let own = types::model_path(service, entity.feature, entity.feature);
    let mut printed = Imports::default();
    printed.all(&imports.except(&[
        format!("{own}::{}", entity.name),
        format!("{own}::{}Id", entity.name),
        format!("{own}::Visible{}", entity.name),
    ]));
    let doc = if entity.description.is_empty() {
        format!("/// One row of `{}`.", entity.plural)
    } else {
        text::doc("///", &entity.description)
    };
    Row {
        doc,
        imports: printed.print().replace(
            "use kernel::db::{FromRow, Row};",
            "use kernel::db::{self, FromRow};",
        ),
        noun: naming::with_article(&world.entity_names(entity).one),
        name: entity.name.clone(),
        id: id_type,
        marker,
        serialized: !service.has_readers(id),
        camel: world.camel(),
        members,
        visible,
        view,
    }
}

fn member(
    world: &World<'_>,
    entity: &Entity,
    column: Column,
    position: usize,
    imports: &mut Imports,
) -> RowMember {
    let name = entity.column_name(column);
    let (ty, read, doc) = match column {
        Column::Id => (format!("{}Id", entity.name), String::new(), String::new()),
        Column::CreatedAt | Column::UpdatedAt => (
            imports.name("kernel::types::Timestamp"),
            String::new(),
            String::new(),
        ),
        Column::Version => ("i64".into(), String::new(), String::new()),
        Column::Field(index) => {
            let field = &entity.fields[index];
            let ty = types::of_field(world.service, field, entity.feature, imports);
            (
                ty,
                json_read(field, position),
                text::doc("///", &field.description),
            )
        }
    };
    let read = if read.is_empty() {
        format!("row.try_get({position})?")
    } else {
        read
    };
    RowMember {
        doc,
        rename: rename(world, &name),
        name: naming::ident(&name),
        ty,
        read,
    }
}

/// What is computed stands behind the columns.
fn computed(
    world: &World<'_>,
    entity: &Entity,
    computed: &Computed,
    position: usize,
    imports: &mut Imports,
) -> RowMember {
    let field = &computed.field;
    RowMember {
        doc: text::doc("///", &format!("Computed: {}", computed.text)),
        name: naming::ident(&field.name),
        ty: types::of_field(world.service, field, entity.feature, imports),
        rename: rename(world, &field.name),
        read: format!("row.try_get({position})?"),
    }
}

fn json_read(field: &Field, position: usize) -> String {
    match (types::is_json_column(&field.ty), field.optional) {
        (false, _) => String::new(),
        (true, false) => format!("db::json(row, {position})?"),
        (true, true) => format!("db::json_opt(row, {position})?"),
    }
}

/// The JSON key, where serde's own renaming of the Rust name is another.
pub fn rename(world: &World<'_>, name: &str) -> Option<String> {
    let key = world.json(name);
    let ident = naming::ident(name);
    let rust = ident.trim_start_matches("r#");
    let by_serde = if world.camel() {
        serde_camel(rust)
    } else {
        rust.to_owned()
    };
    (key != by_serde).then(|| text::string(&key))
}

/// What `#[serde(rename_all = "camelCase")]` makes of a field.
fn serde_camel(name: &str) -> String {
    let mut camel = String::new();
    let mut upper = false;
    for character in name.chars() {
        if character == '_' {
            upper = true;
        } else if upper {
            camel.extend(character.to_uppercase());
            upper = false;
        } else {
            camel.push(character);
        }
    }
    let mut characters = camel.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => camel,
    }
}
