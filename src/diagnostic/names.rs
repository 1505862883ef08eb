//! BG03xx: names, their grammar and what they stand for.

use super::text::one_of;
use super::{Code, Diagnostic, Severity, show};
use crate::source::Span;

/// What a rule for names is about, in words.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// With its article: `a field`.
    pub what: &'static str,
    /// Completes "the name of ... ".
    pub grammar: &'static str,
}

pub fn bad_name(name: &str, rule: Rule, suggestion: Option<&str>, span: Span) -> Diagnostic {
    let message = format!("`{}` cannot be the name of {}", show(name), rule.what);
    let diagnostic = Diagnostic::error(Code::BadName, span, message)
        .note(format!("the name of {} {}", rule.what, rule.grammar));
    match suggestion {
        Some(suggestion) => diagnostic.help(format!("write `{suggestion}`")),
        None => diagnostic.help("choose a name that follows the rule"),
    }
}

pub fn reserved(name: &str, what: &str, reason: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` cannot be the name of {what}: {reason}", show(name));
    Diagnostic::error(Code::ReservedName, span, message).help("choose another name")
}

/// `kind`: what was looked for, with its article; `place`: where, such as "the feature `catalog`".
fn unknown<'a>(
    code: Code,
    name: &str,
    kind: &str,
    place: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("{place} has no {kind} `{}`", show(name));
    Diagnostic::error(code, span, message).suggest(name, candidates)
}

pub fn unknown_type<'a>(
    name: &str,
    feature: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let place = format!("the feature `{feature}`");
    unknown(Code::UnknownType, name, "type", &place, span, candidates)
        .note("a type is a scalar type, or an entity, an enum or a value object of the feature")
}

pub fn unknown_entity<'a>(
    name: &str,
    feature: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    unknown(
        Code::UnknownEntity,
        name,
        "entity",
        &format!("the feature `{feature}`"),
        span,
        candidates,
    )
}

/// A name that is there, but is not an entity.
pub fn not_an_entity(name: &str, is: &str, span: Span, declared: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownEntity,
        span,
        format!("`{}` is {is}, not an entity", show(name)),
    )
    .label(declared, "declared here")
    .help("name an entity")
}

pub fn elsewhere(diagnostic: Diagnostic, name: &str, features: &[&str]) -> Diagnostic {
    match features {
        [] => diagnostic,
        [feature, ..] => diagnostic.help(format!(
            "the feature `{feature}` has one: write `{feature}.{}`",
            show(name)
        )),
    }
}

pub fn unknown_field<'a>(
    name: &str,
    entity: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    unknown(
        Code::UnknownField,
        name,
        "field",
        &format!("`{entity}`"),
        span,
        candidates,
    )
}

pub fn unknown_relation<'a>(
    name: &str,
    entity: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    unknown(Code::UnknownRelation, name, "relation", &format!("`{entity}`"), span, candidates)
        .note("a relation is a reference, the `as` of a reference to the entity, or an entry of its `many`")
}

pub fn unknown_error<'a>(
    name: &str,
    feature: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    unknown(
        Code::UnknownError,
        name,
        "error",
        &format!("the feature `{feature}`"),
        span,
        candidates,
    )
    .help("declare it under `errors:`")
}

pub fn unknown_feature<'a>(
    name: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("there is no feature `{}`", show(name));
    Diagnostic::error(Code::UnknownFeature, span, message)
        .note("a feature is a file in `specs/`, and its name is the file's")
        .suggest(name, candidates)
}

pub fn uses_itself(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownFeature,
        span,
        format!("the feature `{name}` uses itself"),
    )
    .help("remove it from `uses`; what a feature declares is its own")
}

pub fn missing_uses(feature: &str, of: &str, span: Span) -> Diagnostic {
    let message = format!("the feature `{of}` refers to `{feature}`, but does not use it");
    Diagnostic::error(Code::MissingUses, span, message)
        .help(format!("add `{feature}` to `uses` of `{of}`"))
}

/// `what` and `earlier` are phrases with their article: "the enum `Format`".
pub fn type_taken(what: &str, name: &str, span: Span, earlier: &str, declared: Span) -> Diagnostic {
    let message = format!("{what} needs the type name `{name}`, which {earlier} has");
    Diagnostic::error(Code::TypeNameTaken, span, message)
        .label(declared, "this one came first")
        .help("rename one of them")
}

/// `taken` is the name as it is in JSON or the database.
pub fn field_taken(
    what: &str,
    taken: &str,
    owner: &str,
    span: Span,
    earlier: &str,
    declared: Span,
) -> Diagnostic {
    let message = format!("{what} is called `{taken}` in {owner}, and so is {earlier}");
    Diagnostic::error(Code::FieldNameTaken, span, message)
        .label(declared, "this one came first")
        .help("rename one of them")
}

/// A field with the name of a column that every such entity has.
pub fn built_in_column(name: &str, entity: &str, span: Span) -> Diagnostic {
    let message = format!("`{entity}` has a column `{name}` of its own");
    let diagnostic = Diagnostic::error(Code::FieldNameTaken, span, message);
    match name {
        "version" => diagnostic.help("rename the field, or write `versioned: false` on the entity"),
        "created_at" | "updated_at" => {
            diagnostic.help("rename the field, or write `timestamps: false` on the entity")
        }
        _ => diagnostic.help("remove the field; `id: int` on the entity makes the id a number"),
    }
}

/// `kind` with its article: "an enum".
pub fn foreign(kind: &str, name: &str, feature: &str, span: Span) -> Diagnostic {
    let message = format!(
        "`{}` is {kind} of the feature `{feature}`; only entities are shared between features",
        show(name)
    );
    Diagnostic::error(Code::NotShared, span, message)
        .help("declare one of your own in this feature")
}

pub fn unused(kind: &str, name: &str, span: Span) -> Diagnostic {
    let message = format!(
        "the {kind} `{}` is never used, so no code is made of it",
        show(name)
    );
    let mut diagnostic =
        Diagnostic::error(Code::Unused, span, message).help("use it, or remove it");
    diagnostic.severity = Severity::Warning;
    diagnostic
}

pub fn listed_twice(name: &str, list: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ListedTwice,
        span,
        format!("`{}` stands in `{list}` twice", show(name)),
    )
    .label(first, "the first time")
    .help("remove one of the two")
}

pub fn wrong_prefix(prefix: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` cannot be the prefix of the API's paths", show(prefix));
    Diagnostic::error(Code::BadPrefix, span, message)
        .note("a prefix is a path such as `/api/v1`: parts of letters, digits, `-`, `_`, `.` and `~`, each after a `/`")
        .help("begin with `/`, end without one")
}

pub fn words(list: &[&str]) -> String {
    one_of(list.iter().copied())
}
