//! The SQL of a slice, with the values that are bound to it.

use super::super::imports::Imports;
use super::super::{naming, sql, types};
use super::{Slice, command, judged};
use crate::ir::{Column, Field, Versioning};

/// A statement under construction: every bound value has its number.
#[derive(Debug, Default)]
pub struct Binds(Vec<String>);

impl Binds {
    /// Binds an expression and returns its placeholder.
    pub fn add(&mut self, expression: impl Into<String>) -> String {
        self.0.push(expression.into());
        format!("${}", self.0.len())
    }

    /// The placeholder of an expression, which is bound once however often it is used.
    pub fn shared(&mut self, expression: String) -> String {
        match self.0.iter().position(|it| *it == expression) {
            Some(index) => format!("${}", index + 1),
            None => self.add(expression),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// `.bind(a).bind(b)`
    pub fn print(&self) -> String {
        self.0.iter().map(|it| format!(".bind({it})")).collect()
    }
}

/// How a field of a struct is bound: by copy, by reference, or as JSON.
pub fn bound(path: &str, field: &Field, imports: &mut Imports) -> String {
    if types::is_json_column(&field.ty) {
        let json = imports.name("sqlx::types::Json");
        return if field.optional {
            format!("{path}.as_ref().map({json})")
        } else {
            format!("{json}(&{path})")
        };
    }
    if types::is_copy(&field.ty) {
        path.to_owned()
    } else {
        format!("&{path}")
    }
}

/// `slug = $1 and author_id = $2`: the row that the path names.
pub fn row_predicate(
    slice: &Slice<'_>,
    binds: &mut Binds,
    from: &str,
    imports: &mut Imports,
) -> String {
    let mut terms = place_terms(slice, binds, from);
    if let Some(reached) = slice.reached() {
        let holder = if from.is_empty() { "" } else { "self." };
        terms.push(reached.term(slice, binds, holder, imports));
    }
    terms.join(" and ")
}

/// The same, whoever calls.
pub fn place_predicate(slice: &Slice<'_>, binds: &mut Binds, from: &str) -> String {
    place_terms(slice, binds, from).join(" and ")
}

fn place_terms(slice: &Slice<'_>, binds: &mut Binds, from: &str) -> Vec<String> {
    let entity = slice.entity();
    let holder = if from.is_empty() { "" } else { "self." };
    let mut terms = Vec::new();
    for parameter in slice.parameters() {
        let value = path_value(slice, parameter, from);
        match parameter.means {
            crate::ir::Meaning::Row => {
                let column = sql::column(entity, entity.key_column());
                terms.push(format!("{column} = {}", binds.add(value)));
            }
            crate::ir::Meaning::Parent { field, key } => {
                let key = (key, binds.add(value));
                terms.push(parent_predicate(slice, field, key, binds, holder));
            }
            crate::ir::Meaning::Value(_) => {}
        }
    }
    terms.extend(slice.tenant_term(entity, binds, holder));
    terms
}

/// `author_id = $1`, or by way of the parent's key.
fn parent_predicate(
    slice: &Slice<'_>,
    field: usize,
    (key, placeholder): (Column, String),
    binds: &mut Binds,
    holder: &str,
) -> String {
    let column = sql::column(slice.entity(), Column::Field(field));
    if key == Column::Id {
        return format!("{column} = {placeholder}");
    }
    let parent = &slice.world.service[slice.parent(field)];
    let tenant = slice.tenant_term(parent, binds, holder);
    let tenant = tenant.map_or_else(String::new, |term| format!(" and {term}"));
    format!(
        "{column} = (select id from {} where {} = {placeholder}{tenant})",
        sql::table(parent),
        sql::column(parent, key)
    )
}

/// The expression that binds a path parameter: `command.slug`, or a plain argument of that name.
pub fn path_value(slice: &Slice<'_>, parameter: &crate::ir::Parameter, from: &str) -> String {
    let name = if from.is_empty() {
        naming::ident(&parameter.name)
    } else {
        slice.path_member(parameter)
    };
    let text = slice.parameter_type(parameter, &mut Imports::default()) == "String";
    match (from, text) {
        ("", _) => name,
        (from, true) => format!("&{from}.{name}"),
        (from, false) => format!("{from}.{name}"),
    }
}

/// `update … set … where … returning …` of a PATCH.
pub fn update(slice: &Slice<'_>, imports: &mut Imports) -> (String, Binds) {
    let entity = slice.entity();
    let mut binds = Binds::default();
    let mut predicate = row_predicate(slice, &mut binds, "command", imports);
    if slice.guarded() {
        let expected = binds.add("command.expected");
        predicate.push_str(&format!(
            " and ({expected} is null or version = {expected})"
        ));
    }
    predicate.push_str(&judged::predicate(slice, &mut binds, imports));
    let mut sets = Vec::new();
    for (index, field) in command::updated(slice) {
        sets.push(patched(slice, index, field, &mut binds, imports));
    }
    if entity.timestamps {
        sets.push(format!("updated_at = {}", binds.add("now")));
    }
    if entity.versioning != Versioning::None {
        sets.push("version = version + 1".into());
    }
    (update_text(slice, &sets, &predicate), binds)
}

fn patched(
    slice: &Slice<'_>,
    index: usize,
    field: &Field,
    binds: &mut Binds,
    imports: &mut Imports,
) -> String {
    let column = sql::column(slice.entity(), Column::Field(index));
    let path = format!("command.{}", slice.world.member(field));
    let json = types::is_json_column(&field.ty);
    if field.optional {
        let touched = binds.add(format!("{path}.touches()"));
        let value = if json {
            format!("{path}.value().map({})", imports.name("sqlx::types::Json"))
        } else {
            format!("{path}.value()")
        };
        return format!(
            "{column} = case when {touched} then {} else {column} end",
            binds.add(value)
        );
    }
    let value = match (json, types::is_copy(&field.ty)) {
        (true, _) => format!("{path}.as_ref().map({})", imports.name("sqlx::types::Json")),
        (false, true) => path,
        (false, false) => format!("&{path}"),
    };
    format!("{column} = coalesce({}, {column})", binds.add(value))
}

/// `update … where id = $1 returning …` of a row that logic changed.
pub fn save(slice: &Slice<'_>, imports: &mut Imports) -> (String, Binds) {
    let entity = slice.entity();
    let row = slice.variable();
    let mut binds = Binds::default();
    let mut predicate = format!("id = {}", binds.add(format!("{row}.id")));
    if let Some(term) = slice.tenant_term(entity, &mut binds, "self.") {
        predicate.push_str(&format!(" and {term}"));
    }
    let mut sets = Vec::new();
    for (index, field) in entity.fields.iter().enumerate() {
        let value = bound(
            &format!("{row}.{}", slice.world.member(field)),
            field,
            imports,
        );
        sets.push(format!(
            "{} = {}",
            sql::column(entity, Column::Field(index)),
            binds.add(value)
        ));
    }
    if entity.timestamps {
        sets.push(format!("updated_at = {}", binds.add("now")));
    }
    if entity.versioning != Versioning::None {
        sets.push("version = version + 1".into());
    }
    (update_text(slice, &sets, &predicate), binds)
}

pub fn update_text(slice: &Slice<'_>, sets: &[String], predicate: &str) -> String {
    let returning = sql::list("returning", &slice.row_columns(), "");
    format!(
        "update {} set\n    {}\nwhere {predicate}\n{returning}",
        sql::table(slice.entity()),
        sets.join(",\n    ")
    )
}

/// `select … from …`, all that the row is read from.
pub fn select(slice: &Slice<'_>, rest: &str) -> String {
    let columns = sql::list("select", &slice.row_columns(), "");
    format!("{columns}\nfrom {}{rest}", sql::table(slice.entity()))
}

/// A constant and its text.
pub fn constant(name: &str, statement: &str) -> String {
    sql::constant(name, statement)
}
