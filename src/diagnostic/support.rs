//! BG0210: what the language knows and this version of the compiler does not.

use super::{Code, Diagnostic, did_you_mean, show};
use crate::source::Span;

pub fn key(key: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotSupportedYet,
        span,
        format!("`{}` is not supported yet", show(key)),
    )
    .here("planned, but not part of this version")
    .help("remove the key for now")
}

/// A rule other than `public`: a role, `owner`, `authenticated`, `member of F`.
pub fn access_rule(rule: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::NotSupportedYet,
        span,
        format!("the access rule `{}` is not supported yet", show(rule)),
    )
    .here("planned, but not part of this version");
    match did_you_mean(rule, ["public"]) {
        Some(_) => diagnostic.help("did you mean `public`?"),
        None => diagnostic.help("the only rule so far is `public`, which grants everyone: use it, or leave the endpoint out for now"),
    }
}

/// `when:` in a list of rules.
pub fn access_expression(span: Span) -> Diagnostic {
    Diagnostic::error(Code::NotSupportedYet, span, "access rules with a condition are not supported yet")
        .here("planned, but not part of this version")
        .help("the only rule so far is `public`, which grants everyone: use it, or leave the endpoint out for now")
}
