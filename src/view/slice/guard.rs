//! What the statements of a slice must know of the caller: whose rows they may reach, or whose row they make.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::rows::{Rows, actor_type};
use super::super::{included, sql};
use super::Slice;
use super::pieces::Piece;
use super::statements::Binds;
use crate::ir::{Action, Change, Column, Expr, Reach, Rule};

const REACH: &str = "reach";

/// The caller, as `open` takes it.
#[derive(Debug, Clone, Serialize)]
pub struct Guard {
    /// The member of the store and the argument of its functions: `actor`, `rows` where some callers reach all, `reach`
    /// where conditions decide.
    pub name: &'static str,
    /// As an argument: `UserId`, `Rows<UserId>`, `&Reach`
    pub ty: String,
    /// As a member of the store.
    pub member: String,
    /// Whether it lives as long as the store.
    pub borrowed: bool,
    /// `call.actor_id()?`
    pub from_call: &'static str,
}

/// Which rows a statement may reach.
#[derive(Debug, Clone)]
pub enum Reached<'w> {
    /// The caller's, and all for some callers where it is `mixed`.
    Own { column: Column, mixed: bool },
    /// Those that meet a condition, or are the caller's; all for some callers where it is `mixed`.
    Some {
        conditions: Vec<&'w Expr>,
        owner: Option<Column>,
        mixed: bool,
    },
}

impl<'w> Slice<'w> {
    /// `None` where every caller that was let in reaches every row.
    pub fn reached(&self) -> Option<Reached<'w>> {
        if self.is_by_actor() {
            return Some(Reached::Own {
                column: Column::Id,
                mixed: false,
            });
        }
        let reach = self.endpoint.access.reach();
        if reach == Reach::All || matches!(self.endpoint.action, Action::Create(_)) {
            return None;
        }
        let owner = self.entity().owner.map(Column::Field);
        let rules = &self.endpoint.access.rules;
        let conditions: Vec<&Expr> = rules.iter().filter_map(Rule::condition).collect();
        let mixed = reach == Reach::AllOrSome;
        let alone = !self.embeds_in_part() && !self.is_judged() && !self.asks_actor();
        if conditions.is_empty() && alone && !self.of_tenant() {
            let column = owner.expect("BUG: rows of an entity without an owner");
            return Some(Reached::Own { column, mixed });
        }
        Some(Reached::Some {
            conditions,
            owner: owner.filter(|_| rules.contains(&Rule::Owner)),
            mixed,
        })
    }

    /// Whether what a command does depends on who calls.
    fn asks_actor(&self) -> bool {
        self.endpoint.change().is_some_and(Change::asks_actor)
    }

    /// Whether the caller's own row is got.
    pub fn is_by_actor(&self) -> bool {
        matches!(&self.endpoint.action, Action::Get(get) if get.by_actor)
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
        let asks_actor = self.asks_actor() || self.of_tenant();
        if reached.is_none() && self.filled_owner().is_none() && !asks_actor {
            return None;
        }
        Some(match reached {
            Some(Reached::Some { .. }) => reach(imports),
            _ if asks_actor => reach(imports),
            Some(Reached::Own { mixed: true, .. }) => {
                let id = self.actor_type(imports);
                let ty = format!("{}<{id}>", imports.name("kernel::auth::Rows"));
                Guard {
                    name: "rows",
                    member: ty.clone(),
                    ty,
                    borrowed: false,
                    from_call: "call.rows()",
                }
            }
            _ => {
                let id = self.actor_type(imports);
                Guard {
                    name: "actor",
                    ty: id.clone(),
                    member: id,
                    borrowed: false,
                    from_call: "call.actor_id()?",
                }
            }
        })
    }

    /// Whether not every caller sees all of what it may embed.
    fn embeds_in_part(&self) -> bool {
        self.entity_id()
            .filter(|_| !self.includes().is_empty())
            .is_some_and(|id| included::in_part(self.world, id))
    }

    /// All that the store is opened with beside the unit of work.
    pub fn members(&self, imports: &mut Imports) -> Vec<Guard> {
        let guard = self.guard(imports);
        let asks = self.embeds_in_part() || self.is_judged();
        let sees = asks && guard.as_ref().is_none_or(|guard| guard.name != REACH);
        guard
            .into_iter()
            .chain(sees.then(|| reach(imports)))
            .collect()
    }

    /// The id of the caller's row, of whom all is known.
    pub fn actor_id(&self, imports: &mut Imports) -> String {
        format!("self.reach.id::<{}>()", self.actor_type(imports))
    }

    /// The type of the id of a caller's row.
    fn actor_type(&self, imports: &mut Imports) -> String {
        actor_type(self.world, self.endpoint.feature, imports)
    }

    /// The rows of the endpoint, in a statement that is about nothing else.
    pub fn rows(&self) -> Rows<'w> {
        let id = self.entity_id().expect("BUG: a condition without a row");
        Rows {
            world: self.world,
            entity: id,
            table: sql::table(self.entity()),
            from: self.endpoint.feature,
        }
    }
}

/// The caller, for conditions to be asked of.
fn reach(imports: &mut Imports) -> Guard {
    let reach = imports.name("kernel::auth::Reach");
    Guard {
        name: REACH,
        ty: format!("&{reach}"),
        member: format!("&'c {reach}"),
        borrowed: true,
        from_call: "call.reach()",
    }
}

impl Reached<'_> {
    /// `customer_id = $2`, of a statement that knows one table only. `holder` is what has the caller: `self.`, or
    /// nothing.
    pub fn term(
        &self,
        slice: &Slice<'_>,
        binds: &mut Binds,
        holder: &str,
        imports: &mut Imports,
    ) -> String {
        match self {
            Self::Own { column, mixed } => {
                let column = sql::column(slice.entity(), *column);
                if !mixed {
                    return format!("{column} = {}", binds.add(format!("{holder}actor")));
                }
                let value = binds.add(format!("{holder}rows.owner()"));
                format!("({value} is null or {column} = {value})")
            }
            Self::Some { mixed, .. } => {
                let reach = format!("{holder}reach");
                let mut terms = Vec::new();
                if *mixed {
                    terms.push(binds.add(format!("{reach}.all()")));
                }
                let rows = slice.rows();
                for condition in self.conditions(&rows) {
                    let sql = rows.print(&condition, binds.count() + 1);
                    for bind in &sql.binds {
                        binds.add(rows.value(bind, &reach, imports));
                    }
                    terms.push(sql.text);
                }
                match terms.as_slice() {
                    [one] => one.clone(),
                    several => format!("({})", several.join(" or ")),
                }
            }
        }
    }

    /// Each condition, that of the owner as well.
    fn conditions(&self, rows: &Rows<'_>) -> Vec<Expr> {
        let Self::Some {
            conditions, owner, ..
        } = self
        else {
            return Vec::new();
        };
        let owner = owner.map(|column| rows.owned(column));
        conditions
            .iter()
            .map(|it| (*it).clone())
            .chain(owner)
            .collect()
    }

    /// The conditions in pieces, for a statement that is put together at run time.
    pub fn pieces(&self, slice: &Slice<'_>) -> Vec<Piece> {
        let rows = slice.rows();
        rows.any(&self.conditions(&rows))
    }

    /// The statement that narrows a list.
    pub fn narrow(&self, slice: &Slice<'_>, imports: &mut Imports) -> String {
        match self {
            Self::Own { column, mixed } => {
                let column = sql::qualified(slice.entity(), *column, None);
                let push = format!("sql.push(\" and {column} = \").push_bind(actor);");
                if *mixed {
                    return format!("if let Some(actor) = rows.owner() {{ {push} }}");
                }
                push
            }
            Self::Some { mixed, .. } => {
                let rows = slice.rows();
                let push = rows.narrow(&self.conditions(&rows), "reach", imports);
                if *mixed {
                    return format!("if !reach.all() {{ {push} }}");
                }
                push
            }
        }
    }
}
