//! Which error a broken constraint is.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, sql, text};
use super::statements::{self, Binds};
use super::{Slice, changes, problems};
use crate::ir::{Action, Database, EntityId, Field, Refusal};

/// The constraints that a statement may break.
#[derive(Debug, Serialize)]
pub struct Conflicts {
    pub arms: Vec<Arm>,
    /// SQLite names no foreign key: what to ask where there are several.
    pub missing: Option<Missing>,
}

#[derive(Debug, Serialize)]
pub struct Arm {
    /// `"books_isbn_key"`
    pub constraint: String,
    pub error: String,
}

/// The question which parent is missing, asked in the failing path only.
#[derive(Debug, Serialize)]
pub struct Missing {
    /// `, reach: &Reach` where the question is about the rows of one tenant.
    pub parameter: String,
    /// `, reach`, and as the store hands it on: `, self.reach`
    pub argument: &'static str,
    pub handed: &'static str,
    pub statement: String,
    pub binds: String,
    /// `(bool, bool)`
    pub ty: String,
    /// `(author, category)`
    pub pattern: String,
    /// Those that are asked for: variable and error.
    pub first: Vec<Arm>,
    /// The error where it is none of them.
    pub last: String,
}

/// What SQLite says of every broken foreign key.
const FOREIGN_KEY: &str = "FOREIGN KEY";

pub fn conflicts(slice: &Slice<'_>, imports: &mut Imports) -> Option<Conflicts> {
    let service = slice.world.service;
    let sqlite = service.database == Database::Sqlite;
    let mut arms = Vec::new();
    let mut references = Vec::new();
    let (mut gone, mut gone_tenant) = (None, None);
    for refusal in slice.endpoint.refusals(service) {
        if slice.part_refused(&refusal).is_some() {
            continue;
        }
        let error = format!("Error::{}", problems::name(slice, &refusal));
        let constraint = match refusal {
            Refusal::Taken { entity, unique } => Some(unique_name(slice, entity, unique, sqlite)),
            Refusal::ReferenceMissing { field, .. } => {
                references.push((field, error.clone()));
                (!sqlite).then(|| foreign_key(slice, field))
            }
            Refusal::CallerGone => {
                let fields: Vec<usize> = slice.filled_owner().into_iter().collect();
                let fields = [fields, changes::filled_by_actor(slice)].concat();
                gone = fields.first().map(|field| (*field, error.clone()));
                let keys = fields.iter().filter(|_| !sqlite);
                arms.extend(keys.map(|field| Arm {
                    constraint: foreign_key(slice, *field),
                    error: error.clone(),
                }));
                None
            }
            Refusal::TenantGone => {
                gone_tenant = Some(error.clone());
                (!sqlite).then(|| tenant_key(slice))
            }
            Refusal::StillReferenced { .. } => {
                if !sqlite {
                    arms.extend(referring(slice).into_iter().map(|name| Arm {
                        constraint: name,
                        error: error.clone(),
                    }));
                }
                sqlite.then(|| text::string(FOREIGN_KEY))
            }
            Refusal::Broken { entity, check, .. } => {
                let table = slice.world.schema.of_entity(entity);
                Some(text::string(&table.checks[check].name))
            }
            _ => None,
        };
        arms.extend(constraint.map(|constraint| Arm { constraint, error }));
    }
    if !sqlite && matches!(slice.endpoint.action, Action::Create(_)) {
        // The parent was there a moment ago.
        let parents = slice
            .parents()
            .map(|(_, field, _)| foreign_key(slice, field));
        arms.extend(parents.map(|constraint| Arm {
            constraint,
            error: "Error::NotFound".into(),
        }));
    }
    let mut missing = None;
    if sqlite {
        // The least likely comes last, and is not asked for.
        references.extend(gone);
        match references.as_slice() {
            [] => arms.extend(gone_tenant.map(|error| Arm {
                constraint: text::string(FOREIGN_KEY),
                error,
            })),
            [(_, error)] => arms.push(Arm {
                constraint: text::string(FOREIGN_KEY),
                error: error.clone(),
            }),
            several => missing = Some(ask(slice, several, imports)),
        }
    }
    if arms.is_empty() && missing.is_none() {
        return None;
    }
    imports.all(&["kernel::db"]);
    Some(Conflicts { arms, missing })
}

pub fn unique_name(slice: &Slice<'_>, entity: EntityId, unique: usize, sqlite: bool) -> String {
    let found = &slice.world.service[entity];
    if !sqlite {
        return text::string(&slice.world.schema.of_entity(entity).uniques[unique].name);
    }
    let columns = found.uniques[unique].columns.iter();
    let columns = columns.map(|column| found.column_name(*column));
    let columns = found.tenant.iter().cloned().chain(columns);
    let columns = columns.map(|column| format!("{}.{column}", found.plural));
    text::string(&columns.collect::<Vec<_>>().join(", "))
}

fn foreign_key(slice: &Slice<'_>, field: usize) -> String {
    let id = slice
        .entity_id()
        .expect("BUG: a reference without an entity");
    let column = slice.entity().fields[field].column_name();
    let key = slice.world.schema.of_entity(id).foreign_key(&column);
    text::string(&key.expect("BUG: a reference without a foreign key").name)
}

/// The foreign key to the tenant.
fn tenant_key(slice: &Slice<'_>) -> String {
    let id = slice
        .entity_id()
        .expect("BUG: a tenant's row without an entity");
    let column = slice.entity().tenant.as_ref();
    let column = column.expect("BUG: a row of a tenant without its column");
    let key = slice.world.schema.of_entity(id).foreign_key(column);
    text::string(&key.expect("BUG: a tenant without a foreign key").name)
}

/// The foreign keys that refer to the entity and restrict.
fn referring(slice: &Slice<'_>) -> Vec<String> {
    let service = slice.world.service;
    let mut names = Vec::new();
    if service.tenants() == slice.entity_id() {
        let entities = service.entities.iter().enumerate();
        let keys = entities.filter_map(|(index, entity)| {
            let table = slice.world.schema.of_entity(EntityId(index));
            table.foreign_key(entity.tenant.as_ref()?)
        });
        names.extend(keys.map(|key| text::string(&key.name)));
    }
    for back in &slice.entity().referenced_by {
        let field = &service[back.entity].fields[back.field];
        let restricts = matches!(&field.ty, crate::ir::Type::Reference(it) if it.on_delete == crate::ir::OnDelete::Restrict);
        if restricts {
            let key = slice
                .world
                .schema
                .of_entity(back.entity)
                .foreign_key(&field.column_name());
            names.push(text::string(
                &key.expect("BUG: a reference without a foreign key").name,
            ));
        }
    }
    names
}

fn ask(slice: &Slice<'_>, references: &[(usize, String)], imports: &mut Imports) -> Missing {
    let mut binds = Binds::default();
    let mut terms = Vec::new();
    let mut arms = Vec::new();
    let (last, asked) = references.split_last().expect("BUG: nothing to ask for");
    for (index, error) in asked {
        let field: &Field = &slice.entity().fields[*index];
        let value = binds.add(value(slice, field));
        let parent = &slice.world.service[slice.parent(*index)];
        let mut found = format!("id = {value}");
        if let Some(term) = slice.tenant_term(parent, &mut binds, "") {
            found += &format!(" and {term}");
        }
        terms.push(format!(
            "{value} is not null and not exists (select 1 from {} where {found})",
            sql::table(parent)
        ));
        arms.push(Arm {
            constraint: naming::ident(&field.name),
            error: error.clone(),
        });
    }
    let names: Vec<String> = arms.iter().map(|arm| arm.constraint.clone()).collect();
    imports.all(&["kernel::db::Failure"]);
    let print = binds.print();
    let guard = slice.guard(imports).filter(|_| print.contains("reach."));
    let (argument, handed) = match guard {
        None => ("", ""),
        Some(_) => (", reach", ", self.reach"),
    };
    Missing {
        argument,
        handed,
        parameter: guard.map_or_else(String::new, |guard| {
            format!(", {}: {}", guard.name, guard.ty)
        }),
        statement: statements::constant(
            "MISSING",
            &format!("select\n    {}", terms.join(",\n    ")),
        ),
        binds: print,
        ty: tuple(&vec!["bool".to_owned(); asked.len()]),
        pattern: tuple(&names),
        first: arms,
        last: last.1.clone(),
    }
}

/// `(author, category)`; that of one has a comma.
fn tuple(parts: &[String]) -> String {
    match parts {
        [one] => format!("({one},)"),
        several => format!("({})", several.join(", ")),
    }
}

/// The id that the command names for a reference.
fn value(slice: &Slice<'_>, field: &Field) -> String {
    if let Some(sent) = changes::sent(slice, field) {
        return format!("command.{}", slice.world.member(sent));
    }
    let path = format!("command.{}", slice.world.member(field));
    let patched = matches!(slice.endpoint.action, Action::Update(_)) && field.optional;
    if patched {
        format!("{path}.value()")
    } else {
        path
    }
}
