//! Fields of an update that the row itself keeps from some callers: decided in the statement that writes them.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, sql, visible};
use super::statements::{Binds, row_predicate};
use super::{Slice, problems};
use crate::ir::{Access, Column, Expr, Field, Refusal, Rule};

/// The question which of the fields stood in the way, asked in the failing path only.
#[derive(Debug, Serialize)]
pub struct Withheld {
    statement: String,
    binds: String,
    /// `(bool, bool)`
    ty: String,
    /// `(hint, urgent)`
    pattern: String,
    arms: Vec<Arm>,
}

#[derive(Debug, Serialize)]
struct Arm {
    name: String,
    error: String,
}

impl<'w> Slice<'w> {
    /// The fields, with their rules.
    fn judged(&self) -> Vec<(usize, &'w Field, &'w Access)> {
        let service = self.world.service;
        let judged = service.judged_writes(self.endpoint).into_iter();
        let fields = judged.map(|index| (index, &self.entity().fields[index]));
        fields
            .filter_map(|(index, field)| Some((index, field, field.writers.as_ref()?)))
            .collect()
    }

    pub fn is_judged(&self) -> bool {
        !self.world.service.judged_writes(self.endpoint).is_empty()
    }
}

/// ` and (not $3 or requester_id = $4)` for each: who may not write a field changes nothing.
pub fn predicate(slice: &Slice<'_>, binds: &mut Binds, imports: &mut Imports) -> String {
    let terms = slice.judged().into_iter().map(|(_, field, access)| {
        format!(
            "\n    and ({})",
            term(slice, (field, access), binds, "self.", imports)
        )
    });
    terms.collect()
}

/// `not $3 or requester_id = $4`
fn term(
    slice: &Slice<'_>,
    (field, access): (&Field, &Access),
    binds: &mut Binds,
    holder: &str,
    imports: &mut Imports,
) -> String {
    let member = slice.world.member(field);
    let given = if field.optional { "touches" } else { "is_some" };
    let mut asked = format!("command.{member}.{given}()");
    let reach = format!("{holder}reach");
    if let Some(allowed) = visible::by_caller(access, &reach) {
        asked.push_str(&format!(" && !{allowed}"));
    }
    let mut terms = vec![format!("not {}", binds.add(asked))];
    let rows = slice.rows();
    for condition in conditions(slice, access) {
        let sql = rows.print(&condition, binds.count() + 1);
        for bind in &sql.binds {
            binds.add(rows.value(bind, &reach, imports));
        }
        terms.push(sql.text);
    }
    terms.join(" or ")
}

fn conditions(slice: &Slice<'_>, access: &Access) -> Vec<Expr> {
    let owner = slice.entity().owner;
    let rules = access.rules.iter().filter_map(|rule| match (rule, owner) {
        (Rule::Owner, Some(owner)) => Some(slice.rows().owned(Column::Field(owner))),
        _ => rule.condition().cloned(),
    });
    rules.collect()
}

pub fn withheld(slice: &Slice<'_>, imports: &mut Imports) -> Option<Withheld> {
    let judged = slice.judged();
    if judged.is_empty() {
        return None;
    }
    let id = slice.entity_id()?;
    let mut binds = Binds::default();
    let mut columns = Vec::new();
    let mut arms = Vec::new();
    for (index, field, access) in judged {
        let term = term(slice, (field, access), &mut binds, "", imports);
        // What is unknown grants nothing.
        columns.push(format!("coalesce({term}, false)"));
        let refusal = Refusal::FieldForbidden {
            entity: id,
            field: index,
        };
        arms.push(Arm {
            name: naming::variable(&field.name),
            error: format!("Error::{}", problems::name(slice, &refusal)),
        });
    }
    let predicate = row_predicate(slice, &mut binds, "command", imports);
    let select = sql::list("select", &columns, "");
    let table = sql::table(slice.entity());
    let statement = format!("{select}\nfrom {table}\nwhere {predicate}");
    let names: Vec<String> = arms.iter().map(|arm| arm.name.clone()).collect();
    Some(Withheld {
        statement: sql::constant("WITHHELD", &statement),
        // It is asked beside the store, with what that holds as arguments.
        binds: binds.print().replace("self.", ""),
        ty: tuple(&vec!["bool".to_owned(); arms.len()]),
        pattern: tuple(&names),
        arms,
    })
}

/// `(hint, urgent)`; that of one has a comma.
fn tuple(parts: &[String]) -> String {
    match parts {
        [one] => format!("({one},)"),
        several => format!("({})", several.join(", ")),
    }
}
