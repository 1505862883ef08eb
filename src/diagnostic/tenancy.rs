//! BG0709 to BG0712: tenants.

use super::{Code, Diagnostic, show};
use crate::source::Span;

/// `what` in words: "the claim `sub`", "the entity `Company`".
pub fn wrong_tenancy(what: &str, why: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!("{what} cannot be used for tenants: {why}");
    Diagnostic::error(Code::WrongTenancy, span, message).help(help)
}

/// A field that would have the name of the column that says whose a row is.
pub fn tenant_column(field: &str, entity: &str, column: &str, span: Span) -> Diagnostic {
    let message = format!(
        "`{}` of `{}` would be the column `{}`, which says to which tenant a row belongs",
        show(field),
        show(entity),
        show(column)
    );
    Diagnostic::error(Code::WrongTenancy, span, message).help(
        "leave the field out, since the service fills in the tenant of the caller; or give the entity `tenant: shared`",
    )
}

/// `tenant: shared` where nothing else is.
pub fn no_tenancy(span: Span) -> Diagnostic {
    let message = "`tenant` means nothing here: the project has no tenants";
    Diagnostic::error(Code::WrongTenancy, span, message)
        .help("add `tenancy` to the project file, or leave it out")
}

/// `what` in words: "the reference `ticket`".
pub fn into_tenant(what: &str, shared: &str, owned: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!(
        "{what} leads from the shared `{}` to `{}`, whose rows belong to tenants",
        show(shared),
        show(owned)
    );
    Diagnostic::error(Code::SharedIntoTenant, span, message).help(help)
}

/// A rule for anyone, where the caller's token says whose rows they are.
pub fn no_tenant(rule: &str, entity: Option<&str>, span: Span) -> Diagnostic {
    let of = entity.map_or_else(
        || "the endpoint works for one tenant".to_owned(),
        |name| format!("rows of `{}` belong to tenants", show(name)),
    );
    let message = format!("`{}` lets in callers of no tenant, but {of}", show(rule));
    Diagnostic::error(Code::NoTenant, span, message)
        .help("use `authenticated` or a role, or give the entity `tenant: shared`")
}
