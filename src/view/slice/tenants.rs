//! What statements ask so that they stay with the rows of one tenant.
//!
//! Every statement that begins at rows of a tenant says whose they are. From there on references lead to rows of the same tenant
//! alone, which the foreign keys hold to, so that what is joined is not asked again.

use super::super::sql;
use super::Slice;
use super::statements::Binds;
use crate::ir::Entity;

/// How the tenant of the caller is bound, where `reach` is the caller.
pub fn value(reach: &str) -> String {
    format!("{reach}.tenant()")
}

impl Slice<'_> {
    /// Whether the endpoint is about rows of one tenant.
    pub fn of_tenant(&self) -> bool {
        self.endpoint.access.tenant && self.entity_id().is_some()
    }

    /// `company_id = $2`, where rows of the entity belong to tenants. `holder` is what has the caller: `self.`, or nothing.
    pub fn tenant_term(&self, entity: &Entity, binds: &mut Binds, holder: &str) -> Option<String> {
        let column = sql::name(entity.tenant.as_ref()?);
        let value = binds.add(value(&format!("{holder}reach")));
        Some(format!("{column} = {value}"))
    }

    /// `sql.push(" and tickets.company_id = ").push_bind(reach.tenant());`
    pub fn tenant_push(&self) -> Option<String> {
        let entity = self.entity();
        let column = format!(
            "{}.{}",
            sql::table(entity),
            sql::name(entity.tenant.as_ref()?)
        );
        let value = value("reach");
        Some(format!(
            "sql.push(\" and {column} = \").push_bind({value});"
        ))
    }
}
