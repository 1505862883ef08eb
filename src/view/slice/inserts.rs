//! The statement that makes a row.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, sql, types};
use super::statements::{Binds, bound};
use super::{Slice, tenants};
use crate::ir::{
    Column, Entity, FeatureId, Field, Identity, Literal, Scalar, Service, Type, Versioning, Write,
};

/// `insert into … values (…) returning …`.
pub fn insert(slice: &Slice<'_>, imports: &mut Imports) -> (String, Binds) {
    let entity = slice.entity();
    let mut binds = Binds::default();
    let (mut names, mut values) = (Vec::new(), Vec::new());
    if entity.identity == Identity::Uuid {
        names.push("id".to_owned());
        values.push(binds.add("id"));
    }
    if let Some(tenant) = &entity.tenant {
        names.push(sql::name(tenant));
        values.push(binds.add(tenants::value("self.reach")));
    }
    for (index, field) in entity.fields.iter().enumerate() {
        names.push(sql::column(entity, Column::Field(index)));
        values.push(inserted(slice, index, field, &mut binds, imports));
    }
    if entity.timestamps {
        let now = binds.add("now");
        names.extend(["created_at".into(), "updated_at".into()]);
        values.extend([now.clone(), now]);
    }
    if entity.versioning != Versioning::None {
        names.push("version".into());
        values.push("1".into());
    }
    let mut statement = sql::list(
        &format!("insert into {} (", sql::table(entity)),
        &names,
        ")",
    );
    statement.push('\n');
    statement.push_str(&sql::list("values (", &values, ")"));
    if let Some((slug, _)) = derived_slug(entity) {
        let columns = sql::unique(entity, Column::Field(slug));
        statement.push_str(&format!("\non conflict ({columns}) do nothing"));
    }
    statement.push('\n');
    statement.push_str(&sql::list("returning", &slice.row_columns(), ""));
    (statement, binds)
}

fn inserted(
    slice: &Slice<'_>,
    index: usize,
    field: &Field,
    binds: &mut Binds,
    imports: &mut Imports,
) -> String {
    if slice.parents().any(|(_, parent, _)| parent == index) {
        return binds.add(naming::ident(&field.column_name()));
    }
    if slice.filled_owner() == Some(index) {
        return binds.add(if slice.of_tenant() {
            slice.actor_id(imports)
        } else {
            "self.actor".to_owned()
        });
    }
    if field.derived_from.is_some() {
        return binds.add("&slug");
    }
    if field.write == Write::Never {
        let literal = field.default.as_ref().unwrap_or(&Literal::Null);
        let (service, from) = (slice.world.service, slice.endpoint.feature);
        return constant_value(service, (field, literal), from, binds, imports);
    }
    binds.add(bound(
        &format!("command.{}", slice.world.member(field)),
        field,
        imports,
    ))
}

/// A constant of the spec as a new row gets it; `now` is the time.
pub fn constant_value(
    service: &Service,
    (field, literal): (&Field, &Literal),
    from: FeatureId,
    binds: &mut Binds,
    imports: &mut Imports,
) -> String {
    match (literal, &field.ty) {
        (Literal::Null, _) => return "null".into(),
        (Literal::Now, ty) => return binds.add(types::now("now", ty, imports)),
        (Literal::Int(value), Type::Scalar(Scalar::Int(_))) => return value.to_string(),
        _ => {}
    }
    let value = types::literal(service, literal, &field.ty, from, imports);
    if types::is_json_column(&field.ty) {
        return binds.add(format!("{}({value})", imports.name("sqlx::types::Json")));
    }
    binds.add(value)
}

/// The slug that a create derives, and the field that it is derived from.
pub fn derived_slug(entity: &Entity) -> Option<(usize, usize)> {
    let mut fields = entity.fields.iter().enumerate();
    fields.find_map(|(index, field)| field.derived_from.map(|from| (index, from)))
}

/// How a create finds a slug that is free.
#[derive(Debug, Serialize)]
pub struct SlugView {
    from: String,
    /// What makes it unique: the id, or an id made for it.
    unique: &'static str,
}

pub fn slug(slice: &Slice<'_>, imports: &mut Imports) -> Option<SlugView> {
    let entity = slice.entity();
    let (_, from) = derived_slug(entity)?;
    imports.all(&["kernel::types::slug"]);
    if entity.identity == Identity::Int {
        imports.all(&["kernel::types::Uuid"]);
    }
    Some(SlugView {
        from: slice.world.member(&entity.fields[from]),
        unique: if entity.identity == Identity::Uuid {
            "id"
        } else {
            "Uuid::now_v7()"
        },
    })
}
