//! How a slice answers: the body under its envelope, with version, place and next page.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, text, types};
use super::Slice;
use crate::ir::{Action, Column, Computed, EntityId, Envelope, Output};

#[derive(Debug, Serialize)]
pub struct Respond {
    /// `book: &Book`
    parameters: String,
    /// `let book = &book.visible_to(caller);`, where not every caller sees all of it.
    shown: Option<String>,
    /// The whole expression.
    expression: String,
    /// `struct Body<'b> { … }`, or nothing.
    body: Option<BodyStruct>,
}

#[derive(Debug, Serialize)]
pub struct BodyStruct {
    members: Vec<BodyMember>,
}

#[derive(Debug, Serialize)]
pub struct BodyMember {
    rename: Option<String>,
    name: String,
    ty: String,
}

pub fn respond(slice: &Slice<'_>, imports: &mut Imports) -> Respond {
    let empty = || Respond {
        parameters: String::new(),
        shown: None,
        expression: "Reply::no_content()".into(),
        body: None,
    };
    let mut respond = match &slice.endpoint.action {
        Action::List(it) => lists_respond(slice, it, imports),
        Action::Delete(_) => empty(),
        Action::Get(it) => one(slice, it.entity, true, imports),
        Action::Create(it) => one(slice, it.entity, true, imports),
        Action::Update(it) => one(slice, it.entity, true, imports),
        Action::Command(it) => output(slice, &it.output, imports).unwrap_or_else(empty),
        Action::Free(it) => output(slice, &it.output, imports).unwrap_or_else(empty),
    };
    if slice.is_shown_in_part() {
        show(slice, &mut respond, imports);
    }
    respond
}

/// Lets the caller see of it what they may.
fn show(slice: &Slice<'_>, respond: &mut Respond, imports: &mut Imports) {
    imports.all(&["kernel::auth::Reach", "kernel::auth::Visible"]);
    let (variable, ty) = respond
        .parameters
        .split_once(": &")
        .expect("BUG: an answer of nothing");
    let shown = if matches!(slice.endpoint.action, Action::List(_)) {
        let row = slice.variable();
        format!("let {variable} = &{variable}.map(|{row}| {row}.visible_to(caller));")
    } else {
        format!("let {variable} = &{variable}.visible_to(caller);")
    };
    respond.shown = Some(shown);
    respond.parameters = format!("caller: &Reach, {variable}: {ty}");
}

fn output(slice: &Slice<'_>, output: &Output, imports: &mut Imports) -> Option<Respond> {
    match output {
        Output::Empty => None,
        Output::Entity(id) => Some(one(slice, *id, false, imports)),
        Output::Entities(id) => {
            let key = slice.world.service.api.many_key(&slice.world.service[*id]);
            if slice.is_shown_in_part() {
                let shown = format!("&[{}]", in_body(slice, imports));
                return Some(wrapped("outcome", &shown, key, slice, imports));
            }
            Some(wrapped("outcome", "&Outcome", key, slice, imports))
        }
        Output::Object(_) => {
            let key = slice.world.service.api.object_key();
            Some(wrapped("outcome", "&Outcome", key, slice, imports))
        }
    }
}

/// A body under a key, or bare.
fn wrapped(
    variable: &str,
    ty: &str,
    key: Option<String>,
    slice: &Slice<'_>,
    imports: &mut Imports,
) -> Respond {
    imports.all(&["super::super::Outcome"]);
    let (value, body) = envelope(variable, ty, key, slice, imports);
    Respond {
        parameters: format!("{variable}: &Outcome"),
        shown: None,
        expression: format!("Reply::ok({value})"),
        body,
    }
}

/// The expression of the body, and the struct that it needs under a named envelope.
fn envelope(
    variable: &str,
    ty: &str,
    key: Option<String>,
    slice: &Slice<'_>,
    imports: &mut Imports,
) -> (String, Option<BodyStruct>) {
    match (slice.world.service.api.envelope, key) {
        (Envelope::Data, _) => {
            imports.all(&["kernel::http::Data"]);
            (format!("&Data {{ data: {variable} }}"), None)
        }
        (Envelope::Named, Some(key)) => {
            imports.all(&["serde::Serialize"]);
            let name = naming::ident(&key);
            let ty = ty.replacen('&', "&'b ", 1);
            let given = if name == variable {
                name.clone()
            } else {
                format!("{name}: {variable}")
            };
            let rename = (name.trim_start_matches("r#") != key).then(|| text::string(&key));
            let member = BodyMember { rename, name, ty };
            (
                format!("&Body {{ {given} }}"),
                Some(BodyStruct {
                    members: vec![member],
                }),
            )
        }
        _ => (variable.to_owned(), None),
    }
}

/// One row: its body, version and place.
fn one(slice: &Slice<'_>, id: EntityId, represented: bool, imports: &mut Imports) -> Respond {
    let entity = &slice.world.service[id];
    let variable = naming::ident(&entity.snake());
    let included = represented && !slice.endpoint.embeds().is_empty();
    let ty = if represented {
        slice.representation(imports)
    } else {
        types::entity(slice.world.service, id, slice.endpoint.feature, imports)
    };
    let key = slice.world.service.api.one_key(entity);
    let shown = if slice.is_shown_in_part() {
        in_body(slice, imports)
    } else {
        ty.clone()
    };
    let (value, body) = envelope(&variable, &format!("&{shown}"), key, slice, imports);
    let row = if included {
        format!("{variable}.{variable}")
    } else {
        variable.clone()
    };
    let mut expression = match location(slice, id, &row) {
        Some(location) => format!("Reply::created({location}, {value})"),
        None => format!("Reply::ok({value})"),
    };
    if entity.has_version() {
        let method = match entity.computed.iter().any(Computed::reads_other_rows) {
            true => "state",
            false => "version",
        };
        expression.push_str(&format!(
            ".{method}({})",
            version(&variable, &row, included)
        ));
    }
    Respond {
        parameters: format!("{variable}: &{ty}"),
        shown: None,
        expression,
        body,
    }
}

/// The type of what callers see, which only a body of its own names.
fn in_body(slice: &Slice<'_>, imports: &mut Imports) -> String {
    match slice.world.service.api.envelope {
        Envelope::Named => slice.shown(imports),
        Envelope::Bare | Envelope::Data => slice.shown(&mut Imports::default()),
    }
}

fn version(variable: &str, row: &str, included: bool) -> String {
    if included {
        format!("{variable}.version()")
    } else {
        format!("{row}.version")
    }
}

/// Where a new row is found from now on: the path of the endpoint that gets one.
fn location(slice: &Slice<'_>, id: EntityId, row: &str) -> Option<String> {
    if !matches!(slice.endpoint.action, Action::Create(_)) {
        return None;
    }
    let service = slice.world.service;
    let get = service
        .endpoints
        .iter()
        .find(|it| matches!(&it.action, Action::Get(get) if get.entity == id && !get.by_actor))?;
    let entity = &service[id];
    let mut format = service.api.prefix.clone();
    let mut arguments = Vec::new();
    for segment in &get.path.segments {
        format.push('/');
        match segment {
            crate::ir::Segment::Literal(word) => format.push_str(word),
            crate::ir::Segment::Parameter(parameter) => {
                let value = match parameter.means {
                    crate::ir::Meaning::Row => format!(
                        "{row}.{}",
                        naming::ident(&entity.column_name(entity.key_column()))
                    ),
                    crate::ir::Meaning::Parent {
                        field,
                        key: Column::Id,
                    } => {
                        format!("{row}.{}", slice.world.member(&entity.fields[field]))
                    }
                    _ => return None,
                };
                format.push_str("{}");
                arguments.push(value);
            }
        }
    }
    Some(format!(
        "format_args!({}, {})",
        text::string(&format),
        arguments.join(", ")
    ))
}

fn lists_respond(
    slice: &Slice<'_>,
    list: &crate::ir::ListAction,
    imports: &mut Imports,
) -> Respond {
    imports.all(&["super::super::Outcome"]);
    let api = &slice.world.service.api;
    let entity = &slice.world.service[list.entity];
    let keyset = list.paging.by == crate::ir::PageBy::Keyset;
    let Some(key) = api.many_key(entity) else {
        let mut expression = "Reply::ok(&page.items)".to_owned();
        if keyset {
            expression.push_str(".link(page.next.as_ref())");
        }
        if list.paging.total {
            expression.push_str(".total(page.total)");
        }
        return Respond {
            parameters: "page: &Outcome".into(),
            shown: None,
            expression,
            body: None,
        };
    };
    imports.all(&["serde::Serialize"]);
    let item = slice.shown(imports);
    let mut members = vec![member(&key, format!("&'b [{item}]"))];
    let mut given = vec![format!("{}: &page.items", naming::ident(&key))];
    if keyset {
        imports.all(&["kernel::page::Cursor"]);
        let key = api.next_key().unwrap_or_default();
        given.push(format!("{}: page.next.as_ref()", naming::ident(&key)));
        members.push(member(&key, "Option<&'b Cursor>".into()));
    }
    if list.paging.total {
        let key = api.total_key(entity).unwrap_or_default();
        given.push(format!("{}: page.total", naming::ident(&key)));
        members.push(member(&key, "Option<i64>".into()));
    }
    Respond {
        parameters: "page: &Outcome".into(),
        shown: None,
        expression: format!("Reply::ok(&Body {{ {} }})", given.join(", ")),
        body: Some(BodyStruct { members }),
    }
}

fn member(key: &str, ty: String) -> BodyMember {
    let name = naming::ident(key);
    let rename = (name.trim_start_matches("r#") != key).then(|| text::string(key));
    BodyMember { rename, name, ty }
}
