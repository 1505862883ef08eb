//! The tables of one feature's entities.

use serde::Serialize;

use super::super::{Draft, World, naming, text};
use super::checked::json;
use super::fields;
use super::names::File;
use super::reach;
use crate::expr::samples;
use crate::ir::{Column, Entity, EntityId, FeatureId, Identity, Link, Many};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    feature: String,
    imports: String,
    entities: Vec<Table>,
}

#[derive(Debug, Serialize)]
struct Table {
    constant: String,
    value: String,
}

/// The file; none where no test makes rows of the feature.
pub fn draft(world: &World<'_>, id: FeatureId, path: String) -> Option<Draft> {
    let named = reach::entities(world.service);
    let mut file = File::new(world, id, true);
    file.name("Entity");
    let entities: Vec<Table> = world.service[id]
        .entities
        .iter()
        .filter(|id| named.contains(id))
        .map(|id| table(&mut file, *id))
        .collect();
    if entities.is_empty() {
        return None;
    }
    let view = View {
        feature: world.service[id].name.clone(),
        imports: file.imports.print(),
        entities,
    };
    let template = "tests/api/__feature__/entity_tables.rs.j2";
    Some(Draft::new(path, Owner::Generated, template, &view))
}

fn table(file: &mut File<'_>, id: EntityId) -> Table {
    let entity = &file.world.service[id];
    let checked = samples::values(entity, &file.world.service.enums).unwrap_or_default();
    let all = entity.fields.iter().enumerate();
    let mut printed: Vec<String> = all
        .map(|(index, field)| {
            let mut printed = file.field(field);
            printed.push_str(&fields::rules(file, id, field));
            if let Some(values) = checked.get(&index) {
                let values: Vec<String> = values.iter().map(|it| json(it, &field.ty)).collect();
                printed.push_str(&format!(".among(&[{}])", values.join(", ")));
            }
            printed
        })
        .collect();
    if let Some(owner) = entity.owner {
        printed[owner].push_str(".owner()");
    }
    let stamps = entity
        .columns()
        .into_iter()
        .filter(|column| !matches!(column, Column::Id | Column::Field(_)));
    printed.extend(stamps.map(|column| stamp(file, entity, column)));
    let many = entity.many.iter().filter_map(|many| self::many(file, many));
    let many: Vec<String> = many.collect();
    let computed = entity.computed.iter();
    let computed: Vec<String> = computed
        .map(|it| text::string(&file.world.json(&it.field.name)))
        .collect();
    let tenant = super::tenants::column(file.world, entity);
    let value = format!(
        "Entity {{ name: {}, table: {}, serial: {}, fields: &[{}], many: &[{}], computed: &[{}]{tenant} }}",
        text::string(&entity.singular().replace('_', " ")),
        text::string(&entity.plural),
        entity.identity == Identity::Int,
        printed.join(", "),
        many.join(", "),
        computed.join(", "),
    );
    Table {
        constant: naming::shouty(&entity.name),
        value,
    }
}

/// A column that the service keeps itself.
fn stamp(file: &mut File<'_>, entity: &Entity, column: Column) -> String {
    let field = crate::ir::Field {
        name: entity.column_name(column),
        description: String::new(),
        ty: entity.column_type(column),
        optional: false,
        default: None,
        unique: false,
        write: crate::ir::Write::Never,
        readers: None,
        writers: None,
        trim: false,
        empty_as_null: false,
        search: false,
        derived_from: None,
        example: None,
    };
    file.field(&field)
}

fn many(file: &mut File<'_>, many: &Many) -> Option<String> {
    let Link::Plain { by, create } = many.link else {
        return None;
    };
    Some(format!(
        "{} {{ key: {}, target: {}, by: {}, create: {create} }}",
        file.name("Many"),
        text::string(&file.world.json(&many.name)),
        file.entity(many.target),
        file.column(many.target, by),
    ))
}
