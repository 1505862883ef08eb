//! What differs between the kinds of endpoints: keys, methods, statuses, and what must be given to write a row.

use super::relations::{cannot_create, unset};
use super::scope::Cx;
use crate::ast::{self, Name, Operation, Verb};
use crate::diagnostic::endpoints as report;
use crate::ir::{Action, EntityId, Link, Meaning, Method, Output, Path, Segment, Write};
use crate::source::Span;

/// What is known of a kind of endpoint.
pub(super) struct Facts {
    /// For messages, with its article.
    what: &'static str,
    /// For messages: "creates a row".
    pub does: &'static str,
    /// Keys beside those that every endpoint may have.
    keys: &'static [&'static str],
    /// The first is the usual one.
    methods: &'static [Verb],
    /// Whether the path names one row.
    pub row: bool,
    /// Whether nothing but the spec's own words gives the path a meaning.
    pub free: bool,
}

impl Facts {
    pub fn of(operation: &Operation<'_>, without_row: bool) -> Self {
        let usual = |what, does, keys, methods, row| Self {
            what,
            does,
            keys,
            methods,
            row,
            free: false,
        };
        match operation {
            Operation::List(_) => usual(
                "a list",
                "lists rows",
                &[
                    "path", "method", "filter", "sort", "search", "page", "total", "include",
                ],
                &[Verb::Get],
                false,
            ),
            Operation::Get(_) => usual(
                "a `get`",
                "gets a row",
                &["path", "method", "include", "by"],
                &[Verb::Get],
                true,
            ),
            Operation::Create(_) => usual(
                "a `create`",
                "creates a row",
                &["path", "method", "include", "with"],
                &[Verb::Post, Verb::Put],
                false,
            ),
            Operation::Update(_) => usual(
                "an `update`",
                "updates a row",
                &["path", "method", "include"],
                &[Verb::Patch, Verb::Put, Verb::Post],
                true,
            ),
            Operation::Delete(_) => usual(
                "a `delete`",
                "deletes a row",
                &["path", "method"],
                &[Verb::Delete, Verb::Post],
                true,
            ),
            Operation::Custom(verb, _) => Self::custom(*verb, without_row),
        }
    }

    fn custom(verb: Verb, without_row: bool) -> Self {
        let with_body = !matches!(verb, Verb::Get | Verb::Delete);
        let (what, keys): (_, &[&str]) = match (without_row, with_body) {
            (true, true) => ("a free-form endpoint", &["row", "query", "input", "output"]),
            (true, false) => (
                "a free-form endpoint without a body",
                &["row", "query", "output"],
            ),
            (false, true) => (
                "a command on a row",
                &["row", "query", "input", "output", "moves", "guard", "set"],
            ),
            (false, false) => (
                "a command without a body",
                &["row", "query", "output", "moves", "guard", "set"],
            ),
        };
        let methods: &[Verb] = match verb {
            Verb::Get => &[Verb::Get],
            Verb::Post => &[Verb::Post],
            Verb::Put => &[Verb::Put],
            Verb::Patch => &[Verb::Patch],
            Verb::Delete => &[Verb::Delete],
        };
        Self {
            what,
            does: "",
            keys,
            methods,
            row: !without_row,
            free: without_row,
        }
    }
}

/// For keys of commands.
const ON_ROW: &str = "use it on a command: `post: /orders/{id}/cancel`, with `row: Order`";

/// Reports keys that would be without effect.
pub(super) fn check_keys(cx: &mut Cx<'_>, ast: &ast::Endpoint, facts: &Facts) {
    let given = [
        ("path", ast.path.span(), "the path stands behind the method"),
        (
            "method",
            ast.method.span(),
            "the method is the key before the path",
        ),
        ("filter", ast.filter.span(), "use it on a `list`"),
        ("sort", ast.sort.span(), "use it on a `list`"),
        ("search", ast.search.span(), "use it on a `list`"),
        ("page", ast.page.span(), "use it on a `list`"),
        ("total", ast.total.span(), "use it on a `list`"),
        (
            "include",
            ast.include.span(),
            "use it on `list`, `get`, `create` or `update`",
        ),
        ("by", ast.by.span(), "use it on a `get`"),
        ("with", ast.with.span(), "use it on a `create`"),
        (
            "row",
            ast.row.span(),
            "use it on a command: `post: /books/{slug}/restock`",
        ),
        (
            "query",
            ast.query.span(),
            "use it on a command or a free-form endpoint",
        ),
        (
            "input",
            ast.input.span(),
            "use it on a command or a free-form endpoint with `post`, `put` or `patch`",
        ),
        (
            "output",
            ast.output.span(),
            "use it on a command or a free-form endpoint",
        ),
        ("moves", ast.moves.span(), ON_ROW),
        ("guard", ast.guard.span(), ON_ROW),
        ("set", ast.set.span(), ON_ROW),
    ];
    for (key, span, help) in given {
        if let Some(span) = span.filter(|_| !facts.keys.contains(&key)) {
            cx.report(report::not_for_this_endpoint(key, facts.what, span, help));
        }
    }
}

pub(super) fn method(cx: &mut Cx<'_>, ast: &ast::Endpoint, facts: &Facts, span: Span) -> Method {
    let usual = facts.methods[0];
    let fits: Vec<&str> = facts.methods.iter().map(|verb| verb.word()).collect();
    // A command reads and writes; a GET may be repeated, prefetched and cached.
    if facts.row && !facts.free && facts.keys.contains(&"row") && usual == Verb::Get {
        let fits = [
            Verb::Post.word(),
            Verb::Put.word(),
            Verb::Patch.word(),
            Verb::Delete.word(),
        ];
        cx.report(report::wrong_method("get", facts.what, &fits, span));
    }
    let chosen = match ast
        .method
        .given()
        .filter(|_| facts.keys.contains(&"method"))
    {
        Some((verb, _)) if facts.methods.contains(verb) => *verb,
        Some((verb, span)) => {
            cx.report(report::wrong_method(verb.word(), facts.what, &fits, span));
            usual
        }
        None => usual,
    };
    match chosen {
        Verb::Get => Method::Get,
        Verb::Post => Method::Post,
        Verb::Put => Method::Put,
        Verb::Patch => Method::Patch,
        Verb::Delete => Method::Delete,
    }
}

/// The status of success.
pub(super) fn status(cx: &mut Cx<'_>, ast: &ast::Endpoint, action: &Action) -> u16 {
    let empty = match action {
        Action::Delete(_) => true,
        Action::Command(it) => it.output == Output::Empty,
        Action::Free(it) => it.output == Output::Empty,
        Action::List(_) | Action::Get(_) | Action::Create(_) | Action::Update(_) => false,
    };
    let usual = match action {
        Action::Create(_) => 201,
        _ if empty => 204,
        _ => 200,
    };
    let Some((status, span)) = ast.status.given() else {
        return usual;
    };
    let (fits, why): (&[u16], _) = match empty {
        true => (&[202, 204], "the answer has no body"),
        false => (&[200, 201, 202, 203], "the answer has a body"),
    };
    if !fits.contains(status) {
        let fits: Vec<String> = fits.iter().map(u16::to_string).collect();
        let fits: Vec<&str> = fits.iter().map(String::as_str).collect();
        cx.report(report::wrong_status(*status, why, &fits, span));
    }
    *status
}

/// Whether a row can be written so that it stands, and at all.
pub(super) fn check_writes(cx: &mut Cx<'_>, name: &Name, action: &Action, path: &Path) {
    match action {
        Action::Create(it) => {
            let parents: Vec<usize> = path.segments.iter().filter_map(parent).collect();
            let entity = cx.entity(it.entity);
            let unset = unset(cx, it.entity, None, |index| {
                entity.fields[index].write != Write::Never
                    || parents.contains(&index)
                    || entity.owner == Some(index)
            });
            cannot_create(
                cx,
                &format!("the endpoint `{}`", name.value),
                it.entity,
                &unset,
                name.span,
            );
        }
        Action::Update(it) if !is_writable(cx, it.entity) => {
            let diagnostic =
                report::nothing_to_update(&name.value, &cx.entity(it.entity).name, name.span);
            cx.report(diagnostic);
        }
        _ => {}
    }
}

fn parent(segment: &Segment) -> Option<usize> {
    match segment {
        Segment::Parameter(it) => match it.means {
            Meaning::Parent { field, .. } => Some(field),
            Meaning::Row | Meaning::Value(_) => None,
        },
        Segment::Literal(_) => None,
    }
}

/// Whether clients may write anything of a row after it was created.
pub(super) fn is_writable(cx: &Cx<'_>, entity: EntityId) -> bool {
    let it = cx.entity(entity);
    let links = it
        .many
        .iter()
        .any(|many| matches!(many.link, Link::Plain { .. }));
    links || it.fields.iter().any(|field| field.write == Write::Always)
}
