//! `model/types.rs` of a feature: enums and value objects.

use serde::Serialize;

use super::imports::Imports;
use super::model::{RowMember, rename};
use super::{World, naming, text, types};
use crate::ir::{EnumId, FeatureId, ObjectId};

#[derive(Debug, Serialize)]
pub struct TypesView {
    imports: String,
    enums: Vec<EnumView>,
    objects: Vec<ObjectView>,
    camel: bool,
}

#[derive(Debug, Serialize)]
struct EnumView {
    doc: String,
    name: String,
    values: Vec<ValueView>,
}

#[derive(Debug, Serialize)]
struct ValueView {
    doc: String,
    name: String,
    word: String,
}

#[derive(Debug, Serialize)]
struct ObjectView {
    doc: String,
    name: String,
    members: Vec<RowMember>,
}

/// Enums and objects of a feature that its endpoints reach.
pub fn used_types(world: &World<'_>, feature: FeatureId) -> (Vec<EnumId>, Vec<ObjectId>) {
    let found = &world.service[feature];
    let enums = found
        .enums
        .iter()
        .copied()
        .filter(|id| world.usage.enums.contains(id));
    let objects = found
        .objects
        .iter()
        .copied()
        .filter(|id| world.usage.objects.contains(id));
    (
        enums.collect(),
        objects.filter(|id| world.service[*id].named).collect(),
    )
}

pub fn types_view(world: &World<'_>, feature: FeatureId) -> Option<TypesView> {
    let (enums, objects) = used_types(world, feature);
    if enums.is_empty() && objects.is_empty() {
        return None;
    }
    let mut imports = Imports::default();
    let mut exported = Vec::new();
    let enums = enums.iter().map(|id| {
        let found = &world.service[*id];
        exported.push(naming::pascal(&found.name));
        let values = found.values.iter().map(|value| ValueView {
            doc: text::doc("///", &value.description),
            name: naming::pascal(&value.word),
            word: text::string(&value.word),
        });
        EnumView {
            doc: text::doc("///", &found.description),
            name: naming::pascal(&found.name),
            values: values.collect(),
        }
    });
    let enums: Vec<_> = enums.collect();
    let objects = objects.iter().map(|id| {
        let found = &world.service[*id];
        exported.push(naming::pascal(&found.name));
        let members = found.fields.iter().map(|field| RowMember {
            doc: text::doc("///", &field.description),
            rename: rename(world, &field.column_name()),
            name: world.member(field),
            ty: types::of_field(world.service, field, feature, &mut imports),
            read: String::new(),
        });
        ObjectView {
            doc: text::doc("///", &found.description),
            name: naming::pascal(&found.name),
            members: members.collect(),
        }
    });
    let objects: Vec<_> = objects.collect();
    if !objects.is_empty() {
        imports.all(&["serde::Deserialize", "serde::Serialize"]);
    }
    let own = types::model_path(world.service, feature, feature);
    let mut printed = Imports::default();
    let known: Vec<String> = exported
        .iter()
        .map(|name| format!("{own}::{name}"))
        .collect();
    printed.all(&imports.except(&known));
    Some(TypesView {
        imports: printed.print(),
        enums,
        objects,
        camel: world.camel(),
    })
}
