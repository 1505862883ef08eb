//! BG07xx: who may do what.

use super::{Code, Diagnostic, did_you_mean, show};
use crate::source::Span;

pub fn no_access(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NoAccess,
        span,
        format!("the endpoint `{}` does not say who may call it", show(name)),
    )
    .help("add `access: public` to let everybody call it")
}

pub fn no_crud_access(entity: &str, span: Span) -> Diagnostic {
    let message = format!(
        "the `crud` entry `{}` does not say who may read or write",
        show(entity)
    );
    Diagnostic::error(Code::NoAccess, span, message)
        .help("add `read: public`, `write: public`, or both")
}

/// A rule about callers in a service that knows none.
pub fn no_auth(rule: &str, span: Span) -> Diagnostic {
    let message = format!("the rule `{}` needs to know who calls", show(rule));
    let diagnostic = Diagnostic::error(Code::NoAuth, span, message);
    match did_you_mean(rule, ["public", "never", "create", "always"]) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => {
            diagnostic.help("add `auth: { roles: [admin] }`, with your roles, to the project file")
        }
    }
}

pub fn unknown_role<'a>(
    role: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("there is no role `{}`", show(role));
    let diagnostic = Diagnostic::error(Code::UnknownRole, span, message);
    match did_you_mean(role, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("add it to `roles` in the project file"),
    }
}

/// `create` in a list of rules.
pub fn write_word(word: &str, span: Span) -> Diagnostic {
    let message = format!("`{word}` is no rule about callers: it stands alone, as `write: {word}`");
    Diagnostic::error(Code::UnknownRole, span, message)
        .help("write either when clients may write the field, or which callers may")
}

/// `owner` where rows belong to nobody, or where there is no row.
pub fn nobody_owns(why: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!("`owner` means nothing here: {why}");
    Diagnostic::error(Code::NobodyOwns, span, message).help(help)
}

/// A condition where there is no row.
pub fn no_row(span: Span, help: &str) -> Diagnostic {
    let message =
        "a condition on the row means nothing here: the endpoint is about no row that is there";
    Diagnostic::error(Code::NobodyOwns, span, message).help(help)
}

/// `member of F`, where F does not lead to callers.
pub fn no_members(way: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!("`member of {}` means nothing here: {why}", show(way));
    Diagnostic::error(Code::NoMembers, span, message)
        .help("name the way along references and relations that ends at the entity which `auth.actor` names")
}

/// `by: actor` where there is no caller, or none of the entity.
pub fn no_own_row(why: &str, span: Span) -> Diagnostic {
    let message = format!("there is no own row to get: {why}");
    Diagnostic::error(Code::NobodyOwns, span, message)
        .help("use it on the entity that `auth.actor` names, with `access: authenticated`")
}

/// A row that would have to belong to someone who has not said who he is.
pub fn owned_by_nobody(entity: &str, span: Span, owner: Span) -> Diagnostic {
    let message = format!(
        "anyone may create a `{}`, so that it may be nobody's",
        show(entity)
    );
    Diagnostic::error(Code::NobodyOwns, span, message)
        .label(owner, "filled in from the caller")
        .help("use `authenticated`, or a role")
}

pub fn wrong_owner(name: &str, why: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!("`{}` cannot be the owner: {why}", show(name));
    Diagnostic::error(Code::WrongOwner, span, message).help(help)
}

pub fn wrong_actor(what: &str, why: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!("{what} cannot stand for callers: {why}");
    Diagnostic::error(Code::WrongActor, span, message).help(help)
}

pub fn role_reserved(role: &str, span: Span) -> Diagnostic {
    let message = format!("no role can be called `{}`, which is a rule", show(role));
    Diagnostic::error(Code::RoleReserved, span, message).help("give the role another name")
}
