//! Whose rows a caller works on, where several parties share a service.

use serde::Serialize;

use super::{Database, EntityId, Service};

/// Tenants: rows of one entity, to which the rows of others belong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tenancy {
    /// Its ids are UUIDs.
    pub entity: EntityId,
    pub from: TenantFrom,
    /// The relation of the tenants to callers: index into `many`. `None` where whoever names a tenant is believed.
    pub members: Option<usize>,
    /// Whether PostgreSQL keeps tenants apart as well.
    pub row_level_security: bool,
}

/// Where a request holds the key of its tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TenantFrom {
    /// In this claim of its token.
    Claim(String),
    /// In this header, in small letters.
    Header(String),
}

impl Service {
    /// The role that sees one tenant's rows alone, where the database keeps tenants apart.
    pub fn tenant_role(&self) -> Option<String> {
        let secured =
            self.tenancy.as_ref()?.row_level_security && self.database == Database::Postgres;
        secured.then(|| format!("{}_tenant", self.name))
    }

    /// The entity whose rows are the tenants.
    pub fn tenants(&self) -> Option<EntityId> {
        self.tenancy.as_ref().map(|tenancy| tenancy.entity)
    }

    /// The column by which rows belong to their tenant: that of every table, and of those that join two.
    pub fn tenant_column(&self) -> Option<String> {
        let tenancy = self.tenancy.as_ref()?;
        Some(super::tenant_column(&self[tenancy.entity]))
    }

    /// Whether rows of other entities belong to rows of this one, and so keep them.
    pub fn keeps_rows(&self, id: EntityId) -> bool {
        let mut entities = self.entities.iter();
        self.tenants() == Some(id) && entities.any(|entity| entity.tenant.is_some())
    }
}
