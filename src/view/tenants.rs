//! The tenants: how a request names one, and how the service finds it.

use serde::Serialize;

use super::imports::Imports;
use super::{Draft, World, naming, sql, text};
use crate::ir::{Column, FeatureId, Scalar, Tenancy, TenantFrom, Type};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    imports: String,
    /// `TenantSource::Claim("company")`
    from: String,
    /// `"helpdesk_tenant"`, where the database keeps tenants apart.
    role: Option<String>,
    find: String,
    /// Whether the key is an id, and not a text.
    by_id: bool,
    /// Whether the caller must have a part in the tenant.
    members: bool,
}

/// The column of the tenants that requests name: their key where it is a text, the id otherwise.
pub fn key(world: &World<'_>, tenancy: &Tenancy) -> Column {
    let entity = &world.service[tenancy.entity];
    let key = entity.key_column();
    match entity.column_type(key) {
        Type::Scalar(Scalar::Text(_) | Scalar::Slug) => key,
        _ => Column::Id,
    }
}

/// The module that has them.
pub fn module(world: &World<'_>) -> Option<String> {
    let tenancy = world.service.tenancy.as_ref()?;
    let feature = world.service[tenancy.entity].feature;
    Some(naming::ident(&world.service[feature].name))
}

/// The file, where the tenants are rows of this feature.
pub fn draft(world: &World<'_>, id: FeatureId, path: String) -> Option<Draft> {
    let tenancy = world.service.tenancy.as_ref()?;
    let entity = &world.service[tenancy.entity];
    if entity.feature != id {
        return None;
    }
    let mut imports = Imports::default();
    imports.all(&[
        "kernel::auth::FoundTenant",
        "kernel::auth::Tenancy",
        "kernel::auth::TenantSource",
    ]);
    imports.all(&["kernel::db::Connection", "kernel::types::Uuid"]);
    let key = key(world, tenancy);
    let table = sql::table(entity);
    let mut clauses = vec![
        format!("select id from {table}"),
        format!("where {} = $1", sql::column(entity, key)),
    ];
    if let Some(members) = tenancy.members {
        let link = sql::link_table(world, tenancy.entity, members);
        clauses.push(format!(
            "and exists (select 1 from {} m where m.{} = {table}.id and m.{} = $2)",
            link.table, link.near, link.far
        ));
    }
    let view = View {
        from: match &tenancy.from {
            TenantFrom::Claim(claim) => format!("TenantSource::Claim({})", text::string(claim)),
            TenantFrom::Header(name) => format!("TenantSource::Header({})", text::string(name)),
        },
        role: world.service.tenant_role().map(|role| text::string(&role)),
        find: sql::constant("FIND", &sql::clauses(&clauses, "")),
        by_id: key == Column::Id,
        members: tenancy.members.is_some(),
        imports: imports.print(),
    };
    let template = "src/features/__feature__/tenants.rs.j2";
    Some(Draft::new(path, Owner::Generated, template, &view))
}
