//! BG06xx and BG07xx: endpoints and who may call them.

use super::{Code, Diagnostic, show};
use crate::source::Span;

/// `name` and `other` are endpoints.
pub fn path_taken(name: &str, route: &str, span: Span, other: &str, declared: Span) -> Diagnostic {
    let message = format!("`{name}` and `{other}` both answer `{}`", show(route));
    Diagnostic::error(Code::PathTaken, span, message)
        .label(declared, format!("`{other}` is here"))
        .note("names of path parameters do not tell paths apart")
        .help("give one of them another path or method")
}

/// `why` is a sentence without its full stop: "a part of it is empty".
pub fn malformed_path(path: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::MalformedPath,
        span,
        format!("`{}` is not a path: {why}", show(path)),
    )
    .help("write a path such as `/books/{slug}/restock`")
}

pub fn reserved_path(path: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ReservedPath,
        span,
        format!("`{}` is a path of the service itself", show(path)),
    )
    .note("`/health`, `/metrics`, `/docs`, `/openapi.json` and `/problems` are taken")
    .help("choose another path, or set `api.prefix`")
}

pub fn endpoint_taken(name: &str, span: Span, feature: &str, declared: Span) -> Diagnostic {
    let message = format!("the feature `{feature}` has an endpoint `{name}` too");
    Diagnostic::error(Code::EndpointNameTaken, span, message)
        .label(declared, "this one came first")
        .note("an endpoint's name is its operation id, by which clients call it; it is unique in the service")
        .help("rename one of them")
}

/// `hidden` where no row is out of reach.
pub fn hides_nothing(why: &str, span: Span) -> Diagnostic {
    let message = format!("`hidden` means nothing here: {why}");
    Diagnostic::error(Code::NotForThisEndpoint, span, message).help(
        "leave it out, or use it with a rule about rows on `get`, `update`, `delete` or a command",
    )
}

pub fn path_parameter<'a>(
    name: &str,
    about: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::error(
        Code::PathParameter,
        span,
        format!("the path parameter `{}` is {about}", show(name)),
    )
    .suggest(name, candidates)
}

/// A parameter that is something else than it is named after.
pub fn write_parameter(name: &str, about: &str, instead: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::PathParameter,
        span,
        format!("the path parameter `{}` is {about}", show(name)),
    )
    .help(format!("write `{{{instead}}}`"))
}

pub fn path_lacks_row(path: &str, entity: &str, key: &str, span: Span) -> Diagnostic {
    let message = format!("the path `{}` does not say which `{entity}`", show(path));
    Diagnostic::error(Code::PathLacksRow, span, message)
        .help(format!("put `{{{key}}}` into the path"))
}

pub fn path_names_row(path: &str, what: &str, key: &str, span: Span) -> Diagnostic {
    let message = format!(
        "the path `{}` names one row, but the endpoint {what}",
        show(path)
    );
    Diagnostic::error(Code::PathLacksRow, span, message)
        .help(format!("take `{{{key}}}` out of the path"))
}

/// `what` in words: "a list".
pub fn not_for_this_endpoint(key: &str, what: &str, span: Span, help: &str) -> Diagnostic {
    Diagnostic::error(
        Code::NotForThisEndpoint,
        span,
        format!("`{key}` means nothing for {what}"),
    )
    .help(help.to_owned())
}

pub fn wrong_method(method: &str, what: &str, fits: &[&str], span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongMethod,
        span,
        format!("{what} cannot use the method `{method}`"),
    )
    .help(format!("use {}", super::names::words(fits)))
}

pub fn wrong_status(status: u16, why: &str, fits: &[&str], span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongStatus,
        span,
        format!("the status of success cannot be {status}: {why}"),
    )
    .help(format!("use {}", super::names::words(fits)))
}

/// `key`: the list it stands in; `why` completes "it ...".
pub fn not_filterable(name: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotFilterable,
        span,
        format!("a list cannot be filtered by `{}`: it {why}", show(name)),
    )
    .help("filter by a scalar or an enum")
}

pub fn not_sortable(name: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotSortable,
        span,
        format!("a list cannot be sorted by `{}`: it {why}", show(name)),
    )
    .help("sort by a scalar column of the entity itself")
}

pub fn not_searchable(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::NotSearchable, span, format!("`{}` is not text, so it cannot be searched", show(name)))
        .help("search fields of the types `string`, `text`, `email`, `url` or `slug`; use `filter` for the others")
}

pub fn too_many_hops(path: &str, most: usize, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotFilterable,
        span,
        format!("`{}` goes along more than {most} relations", show(path)),
    )
    .help("write an endpoint with logic of its own for this question")
}

pub fn page_size(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::PageSize, span, what.to_owned())
        .help("choose a `default` of at most `max`")
}

pub fn reserved_parameter(name: &str, reserved: &[&str], span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ReservedParameter,
        span,
        format!("`{}` is a query parameter of every list", show(name)),
    )
    .note(format!("reserved are {}", super::names::words(reserved)))
    .help("give it another name: `filter: { by_name: field }`")
}

pub fn error_status(status: u16, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ErrorStatus,
        span,
        format!("a declared error cannot have the status {status}"),
    )
    .note("401, 405, 406, 408, 412 to 415, 428, 429 and 431 are answers of the service itself")
    .help("choose another status from 400 to 499, such as 409, or 503")
}

pub fn error_name(name: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ReservedName,
        span,
        format!("`{}` cannot be the name of an error: {why}", show(name)),
    )
    .help("choose another name")
}

pub fn nothing_to_update(name: &str, entity: &str, span: Span) -> Diagnostic {
    let message = format!(
        "`{name}` can change nothing: no field of `{entity}` may be written after it is created"
    );
    Diagnostic::error(Code::NothingToUpdate, span, message)
        .help("remove the endpoint (write out the others in place of `crud`), or let clients write a field")
}
