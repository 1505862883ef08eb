//! What the statements of a slice must know of the caller: whose rows they may reach, or whose row they make.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{sql, types};
use super::Slice;
use super::statements::Binds;
use crate::ir::{Action, Column, Reach};

/// The caller, as `open` takes it.
#[derive(Debug, Clone, Serialize)]
pub struct Guard {
    /// The member of the store and the argument of its functions: `owner`, or `rows` where some callers reach all.
    pub name: &'static str,
    /// `UserId`, `Rows<UserId>`
    pub ty: String,
    /// `call.actor_id()?`
    pub from_call: &'static str,
}

/// Which rows a statement may reach.
#[derive(Debug, Clone, Copy)]
pub struct Reached {
    column: Column,
    /// Whether some callers reach all.
    mixed: bool,
}

impl Slice<'_> {
    /// `None` where every caller that was let in reaches every row.
    pub fn reached(&self) -> Option<Reached> {
        if matches!(self.endpoint.action, Action::Create(_)) {
            return None;
        }
        let mixed = match self.endpoint.access.reach() {
            Reach::All => return None,
            Reach::Own => false,
            Reach::AllOrOwn => true,
        };
        let column = self.entity().owner;
        let column = column.expect("BUG: rows of an entity without an owner");
        Some(Reached {
            column: Column::Field(column),
            mixed,
        })
    }

    /// The reference that a create fills in from its caller.
    pub fn filled_owner(&self) -> Option<usize> {
        match (&self.endpoint.action, self.entity_id()) {
            (Action::Create(_), Some(id)) => self.world.service[id].owner,
            _ => None,
        }
    }

    /// What the store is opened with; `None` where it is the same for all callers.
    pub fn guard(&self, imports: &mut Imports) -> Option<Guard> {
        let reached = self.reached();
        if reached.is_none() && self.filled_owner().is_none() {
            return None;
        }
        let id = self.owner_type(imports);
        if reached.is_some_and(|reached| reached.mixed) {
            let rows = imports.name("kernel::auth::Rows");
            return Some(Guard {
                name: "rows",
                ty: format!("{rows}<{id}>"),
                from_call: "call.rows()",
            });
        }
        Some(Guard {
            name: "owner",
            ty: id,
            from_call: "call.actor_id()?",
        })
    }

    fn owner_type(&self, imports: &mut Imports) -> String {
        let service = self.world.service;
        let auth = service.auth.as_ref();
        let actor = auth
            .and_then(|auth| auth.actor)
            .expect("BUG: an owner without callers");
        types::entity_id(service, actor.entity, self.endpoint.feature, imports)
    }
}

impl Reached {
    /// `customer_id = $2`, of a statement that knows one table only. `holder` is what has the caller: `self.`, or
    /// nothing.
    pub fn term(self, slice: &Slice<'_>, binds: &mut Binds, holder: &str) -> String {
        let column = sql::column(slice.entity(), self.column);
        if self.mixed {
            let value = binds.add(format!("{holder}rows.owner()"));
            return format!("({value} is null or {column} = {value})");
        }
        format!("{column} = {}", binds.add(format!("{holder}owner")))
    }

    /// The statement that narrows a list.
    pub fn narrow(self, slice: &Slice<'_>) -> String {
        let column = sql::qualified(slice.entity(), self.column, None);
        let push = format!("sql.push(\" and {column} = \").push_bind(owner);");
        if self.mixed {
            return format!("if let Some(owner) = rows.owner() {{ {push} }}");
        }
        push
    }
}
