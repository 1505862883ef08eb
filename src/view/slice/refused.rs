//! The question why the statement of a command changed nothing, asked in the failing path only.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, sql, text};
use super::changes::printed;
use super::statements::{self, Binds};
use super::states::{self, State};
use super::{Slice, problems};
use crate::ir::{Change, Expr, Field, Filled, Refusal};

/// The question why nothing changed.
#[derive(Debug, Serialize)]
pub struct Refused {
    statement: String,
    binds: String,
    versioned: bool,
    /// The member that holds the state, and the states that the move begins in: `Status::Open | Status::Waiting`.
    state: Option<State>,
    verdicts: Vec<Verdict>,
    /// The place of the verdict in the answer.
    place: usize,
    /// Whether the row is looked at.
    pub looks: bool,
}

/// One condition that may not hold.
#[derive(Debug, Serialize)]
struct Verdict {
    /// As the statement words it, as a literal.
    word: String,
    error: String,
    #[serde(skip)]
    condition: Expr,
}

/// `None` where only the row itself can be missing.
pub fn refused(slice: &Slice<'_>, change: &Change, imports: &mut Imports) -> Option<Refused> {
    let entity = slice.entity();
    let verdicts = verdicts(slice, change);
    let transition = slice.endpoint.transition(slice.world.service);
    if verdicts.is_empty() && transition.is_none() && !slice.guarded() {
        return None;
    }
    if !verdicts.is_empty() {
        imports.all(&["sqlx::Row as _"]);
    }
    let mut binds = Binds::default();
    let predicate = statements::row_predicate(slice, &mut binds, "command", imports);
    let columns = slice.row_columns();
    let mut statement = sql::list(
        "select",
        &columns,
        if verdicts.is_empty() { "" } else { "," },
    );
    if !verdicts.is_empty() {
        statement.push_str("\n    case");
        for verdict in &verdicts {
            let condition = printed(slice, &verdict.condition, &mut binds, imports);
            let word = verdict.word.trim_matches('"');
            statement.push_str(&format!(
                "\n        when ({condition}) is not true then '{word}'"
            ));
        }
        statement.push_str("\n        else ''\n    end");
    }
    statement.push_str(&format!("\nfrom {}\nwhere {predicate}", sql::table(entity)));
    let state = transition.map(|it| states::begins(slice, it, imports));
    let row = format!("{}.", slice.variable());
    let told = verdicts.iter().any(|it| it.error.contains(&row));
    let looks = slice.guarded() || state.is_some() || told;
    if looks && !verdicts.is_empty() {
        imports.all(&["kernel::db::FromRow"]);
    }
    Some(Refused {
        statement: sql::constant("REFUSED", &statement),
        binds: binds.print(),
        versioned: slice.guarded(),
        state,
        verdicts,
        place: columns.len(),
        looks,
    })
}

fn verdicts(slice: &Slice<'_>, change: &Change) -> Vec<Verdict> {
    let service = slice.world.service;
    let word = |refusal: &Refusal| text::string(&service.problem_kind(refusal).code);
    let mut all = Vec::new();
    for guard in &change.guards {
        let refusal = Refusal::Declared(guard.error);
        let fields = service[guard.error].fields.iter().zip(&guard.filled);
        let fields = fields.map(|(field, filled)| {
            let name = naming::ident(&field.column_name());
            format!("{name}: {}", filled_with(slice, field, *filled))
        });
        let fields: Vec<String> = fields.collect();
        let name = problems::name(slice, &refusal);
        all.push(Verdict {
            word: word(&refusal),
            error: match fields.as_slice() {
                [] => format!("Error::{name}"),
                fields => format!("Error::{name} {{ {} }}", fields.join(", ")),
            },
            condition: guard.condition.clone(),
        });
    }
    for refusal in slice.endpoint.refusals(service) {
        let Refusal::OutOfRange { field, .. } = refusal else {
            continue;
        };
        let it = change.set.iter().find(|it| it.field == field);
        let condition = it.and_then(|it| it.within.clone());
        all.push(Verdict {
            word: word(&refusal),
            error: format!("Error::{}", problems::name(slice, &refusal)),
            condition: condition.expect("BUG: a range without bounds"),
        });
    }
    all
}

fn filled_with(slice: &Slice<'_>, field: &Field, filled: Filled) -> String {
    let Filled::FromRow(index) = filled else {
        return "None".into();
    };
    let of = &slice.entity().fields[index];
    let value = format!("{}.{}", slice.variable(), slice.world.member(of));
    match field.optional && !of.optional {
        true => format!("Some({value})"),
        false => value,
    }
}
