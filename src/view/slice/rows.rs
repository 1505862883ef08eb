//! The rows that a statement needs beside its own: the one that must exist, parents, what is included.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, sql, text, types};
use super::Slice;
use super::statements::{self, Binds};
use crate::ir::{Column, Parameter};

#[derive(Debug, Serialize)]
pub struct IncludeView {
    /// `include_in_books`
    function: String,
    view: String,
    /// `, self.reach`, where not every caller sees all of it.
    reach: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Exists {
    statement: String,
    /// `slug: &str`
    parameters: String,
    binds: String,
    /// `slug`
    arguments: String,
    /// The same from a command: `&command.slug`
    from_command: String,
}

/// Asks whether a row is there that the caller does not reach, in the failing path only.
#[derive(Debug, Serialize)]
pub struct Unreached {
    statement: String,
    parameters: String,
    binds: String,
    arguments: String,
    from_command: String,
    /// The same beside a store: `reach, command.id`
    of_command: String,
}

/// A parent whose row a create has to find first.
#[derive(Debug, Serialize)]
pub struct ParentView {
    /// `author_id`
    name: String,
    ty: String,
    constant: String,
    statement: String,
    binds: String,
}

pub fn parent(
    slice: &Slice<'_>,
    parent: (&Parameter, usize, Column),
    imports: &mut Imports,
) -> ParentView {
    let (parameter, field, key) = parent;
    let target = slice.parent(field);
    let entity = &slice.world.service[target];
    let name = slice.world.member(&slice.entity().fields[field]);
    let mut binds = Binds::default();
    let mut found = format!(
        "{} = {}",
        sql::column(entity, key),
        binds.add(statements::path_value(slice, parameter, "command"))
    );
    if let Some(term) = slice.tenant_term(entity, &mut binds, "self.") {
        found += &format!(" and {term}");
    }
    ParentView {
        ty: types::entity_id(slice.world.service, target, slice.endpoint.feature, imports),
        constant: naming::shouty(&parameter.name),
        statement: text::string(&format!(
            "select id from {} where {found}",
            sql::table(entity)
        )),
        binds: binds.print(),
        name,
    }
}

pub fn included(slice: &Slice<'_>, imports: &mut Imports) -> Option<IncludeView> {
    if slice.includes().is_empty() {
        return None;
    }
    let entity = slice.entity();
    let feature = naming::ident(&slice.world.service[slice.endpoint.feature].name);
    imports.all(&[&format!("crate::features::{feature}::query")]);
    let path = types::model_path(slice.world.service, entity.feature, slice.endpoint.feature);
    Some(IncludeView {
        function: format!("include_in_{}", entity.plural),
        view: imports.name(&format!("{path}::{}View", entity.name)),
        reach: if super::super::included::in_part(slice.world, slice.entity_id()?) {
            ", self.reach"
        } else {
            ""
        },
    })
}

/// Where the endpoint tells rows that are out of reach from those that are not there.
pub fn unreached(slice: &Slice<'_>, imports: &mut Imports) -> Option<Unreached> {
    if !slice.endpoint.tells {
        return None;
    }
    let mut binds = Binds::default();
    let place = statements::place_predicate(slice, &mut binds, "");
    let table = sql::table(slice.entity());
    let clauses = [
        format!("select exists (select 1 from {table}"),
        format!("where {place})"),
    ];
    let guard = slice.guard(imports).filter(|_| slice.of_tenant());
    let with = |reach: &str, all: Vec<String>| {
        let reach = guard.as_ref().map(|_| reach.to_owned());
        reach.into_iter().chain(all).collect::<Vec<_>>().join(", ")
    };
    let typed = guard
        .as_ref()
        .map(|guard| format!("{}: {}", guard.name, guard.ty));
    Some(Unreached {
        statement: sql::constant("KNOWN", &sql::clauses(&clauses, "    ")),
        parameters: with(&typed.unwrap_or_default(), parameters(slice, imports)),
        binds: binds.print(),
        arguments: with("reach", arguments(slice, "")),
        from_command: with("self.reach", arguments(slice, "command")),
        of_command: with("reach", arguments(slice, "command")),
    })
}

/// `slug: &str`, of what the path names.
fn parameters(slice: &Slice<'_>, imports: &mut Imports) -> Vec<String> {
    let parameters = slice.parameters().map(|parameter| {
        let ty = slice.parameter_type(parameter, imports);
        let ty = if ty == "String" {
            "&str".to_owned()
        } else {
            ty
        };
        format!("{}: {ty}", naming::ident(&parameter.name))
    });
    parameters.collect()
}

fn arguments(slice: &Slice<'_>, from: &str) -> Vec<String> {
    slice
        .parameters()
        .map(|parameter| statements::path_value(slice, parameter, from))
        .collect()
}

/// Whether the row of the path is there.
pub fn exists(slice: &Slice<'_>, imports: &mut Imports) -> Exists {
    let mut binds = Binds::default();
    let predicate = statements::row_predicate(slice, &mut binds, "", imports);
    let table = sql::table(slice.entity());
    let clauses = [
        format!("select exists (select 1 from {table}"),
        format!("where {predicate})"),
    ];
    let statement = sql::clauses(&clauses, "    ");
    let parameters = parameters(slice, imports);
    let guard = slice.guard(imports);
    let parameters = guard
        .iter()
        .map(|guard| format!("{}: {}", guard.name, guard.ty))
        .chain(parameters);
    let parameters = parameters.collect::<Vec<_>>().join(", ");
    let (names, values) = (arguments(slice, ""), arguments(slice, "command"));
    let arguments = guard.iter().map(|guard| guard.name.to_owned()).chain(names);
    let from_command = guard
        .iter()
        .map(|guard| format!("self.{}", guard.name))
        .chain(values);
    Exists {
        statement: sql::constant("EXISTS", &statement),
        parameters,
        arguments: arguments.collect::<Vec<_>>().join(", "),
        binds: binds.print(),
        from_command: from_command.collect::<Vec<_>>().join(", "),
    }
}
