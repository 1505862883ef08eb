//! `crud`: the five usual endpoints of an entity at once.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use super::access::{self, On};
use super::endpoints::usual_path;
use super::lists;
use super::operations;
use super::paths::{self, About};
use super::routes::{self, Routes};
use super::scope::Cx;
use super::summary;
use crate::ast::{self, Entry, F, Name, Path};
use crate::diagnostic::access as report;
use crate::ir::{
    Action, CreateAction, DeleteAction, Endpoint, EntityId, FeatureId, GetAction, Method,
    UpdateAction,
};

/// One of the five.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Usual {
    List,
    Get,
    Create,
    Update,
    Delete,
}

/// The usual endpoints of one entity, without those that are written out.
pub(super) fn crud(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    entry: &Entry<ast::Crud>,
    written: &BTreeSet<&str>,
    routes: &mut Routes,
) -> Vec<(Name, Endpoint)> {
    let path = Path {
        feature: None,
        name: entry.name.clone(),
    };
    let (Some(entity), Some(crud)) = (cx.find_entity(feature, &path), entry.value.get()) else {
        return Vec::new();
    };
    if crud.read.is_absent() && crud.write.is_absent() {
        cx.report(report::no_crud_access(&entry.name.value, entry.name.span));
    }
    let mut made = Vec::new();
    for usual in Usual::ALL {
        let access = if usual.reads() {
            &crud.read
        } else {
            &crud.write
        };
        if access.get().is_none() {
            continue;
        }
        // Where nothing can be written after creation there is no update to be had.
        if usual == Usual::Update && !operations::is_writable(cx, entity) {
            continue;
        }
        let name = Name {
            value: usual.name(cx, entity),
            span: entry.name.span,
        };
        if !written.contains(name.value.as_str()) {
            let endpoint = endpoint(cx, feature, entity, usual, access, &name, routes);
            made.extend(endpoint.map(|endpoint| (name, endpoint)));
        }
    }
    made
}

fn endpoint(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    entity: EntityId,
    usual: Usual,
    access: &F<ast::Access>,
    name: &Name,
    routes: &mut Routes,
) -> Option<Endpoint> {
    let row = !matches!(usual, Usual::List | Usual::Create);
    let action = usual.action(cx, entity);
    let about = About {
        feature,
        entity: Some(entity),
        row,
        does: "",
        free: false,
    };
    let path = paths::path(
        cx,
        &usual_path(cx, entity, row),
        name.span,
        &about,
        &mut Vec::new(),
    )?;
    let (method, status) = usual.http();
    let on = match usual {
        Usual::Create => On::New(entity),
        _ => On::Rows(entity),
    };
    let access = access::access(cx, access, on);
    operations::check_writes(cx, name, &action, &path);
    routes::claim(cx, routes, method, &path, &name.value, name.span);
    Some(Endpoint {
        feature,
        name: name.value.clone(),
        summary: summary::summary(cx, &name.value, &action),
        description: String::new(),
        method,
        path,
        status,
        access,
        tells: false,
        action,
        errors: Vec::new(),
    })
}

impl Usual {
    const ALL: [Self; 5] = [
        Self::List,
        Self::Get,
        Self::Create,
        Self::Update,
        Self::Delete,
    ];

    fn reads(self) -> bool {
        matches!(self, Self::List | Self::Get)
    }

    /// `list_books`, `get_book`.
    fn name(self, cx: &Cx<'_>, entity: EntityId) -> String {
        let it = cx.entity(entity);
        let one = it.name.to_snake_case();
        match self {
            Self::List => format!("list_{}", it.plural),
            Self::Get => format!("get_{one}"),
            Self::Create => format!("create_{one}"),
            Self::Update => format!("update_{one}"),
            Self::Delete => format!("delete_{one}"),
        }
    }

    /// Method, and status of success.
    fn http(self) -> (Method, u16) {
        match self {
            Self::List | Self::Get => (Method::Get, 200),
            Self::Create => (Method::Post, 201),
            Self::Update => (Method::Patch, 200),
            Self::Delete => (Method::Delete, 204),
        }
    }

    fn action(self, cx: &mut Cx<'_>, entity: EntityId) -> Action {
        let include = Vec::new();
        match self {
            Self::List => Action::List(lists::list(cx, entity, &ast::Endpoint::default())),
            Self::Get => Action::Get(GetAction {
                entity,
                by_actor: false,
                include,
            }),
            Self::Create => Action::Create(CreateAction {
                entity,
                include,
                parts: Vec::new(),
            }),
            Self::Update => Action::Update(UpdateAction { entity, include }),
            Self::Delete => Action::Delete(DeleteAction { entity }),
        }
    }
}
