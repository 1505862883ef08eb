//! Tenants: whose rows a caller works on.

use super::{Name, Path};

block! {
    /// Tenants. Every entity belongs to them unless it says `tenant: shared`: its rows are those of one tenant each, and a caller
    /// reaches those of their own alone.
    pub struct Tenancy("the `tenancy` block") {
        /// The entity whose rows are the tenants: `companies.Company`.
        entity: Path,
        /// Where a request says which tenant it is about: exactly one of `claim`, `header`, `path`.
        from: TenantFrom,
        /// The n:m relation of the tenants' entity to callers: who is not in it has no part in the tenant. Needed unless the
        /// tenant comes from a claim, which is trusted.
        members: Name,
        /// PostgreSQL only: whether the database itself keeps tenants apart as well, by row-level security. It costs two round trips a
        /// request. On SQLite it does nothing.
        row_level_security: bool,
    }
    required ["entity", "from"]
    later []
}

block! {
    /// Where a request says which tenant it is about: one of these keys.
    pub struct TenantFrom("the `from` block") {
        /// The claim of the token that holds the tenant's key.
        claim: String,
        /// The header that holds the tenant's key: `X-Company`.
        header: String,
        /// The parameter of paths that holds the tenant's key. Every path about a tenant's rows begins with it:
        /// `company` makes `/companies/{company}/tickets`.
        path: Name,
    }
    required []
    later []
}

impl TenantFrom {
    /// The keys of which exactly one is given.
    pub const SOURCES: &'static [&'static str] = &["claim", "header", "path"];
}

words! {
    /// Whether rows belong to tenants.
    pub enum TenantScope("a scope") {
        /// They belong to no tenant; all tenants see the same rows.
        Shared = "shared",
    }
}
