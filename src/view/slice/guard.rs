//! What the statements of a slice must know of the caller: whose rows they may reach, or whose row they make.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{sql, text, types};
use super::Slice;
use super::pieces::{Piece, append, joined, split};
use super::statements::Binds;
use crate::expr::sql::{Bind, Sql, Target, print};
use crate::ir::{Action, Column, Comparison, Expr, Kind, Node, Reach, Rule, Type};

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
        if conditions.is_empty() {
            let column = owner.expect("BUG: rows of an entity without an owner");
            return Some(Reached::Own { column, mixed });
        }
        Some(Reached::Some {
            conditions,
            owner: owner.filter(|_| rules.contains(&Rule::Owner)),
            mixed,
        })
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
        if reached.is_none() && self.filled_owner().is_none() {
            return None;
        }
        Some(match reached {
            Some(Reached::Some { .. }) => {
                let reach = imports.name("kernel::auth::Reach");
                Guard {
                    name: "reach",
                    ty: format!("&{reach}"),
                    member: format!("&'c {reach}"),
                    borrowed: true,
                    from_call: "call.reach()",
                }
            }
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

    /// The type of the id of a caller's row.
    fn actor_type(&self, imports: &mut Imports) -> String {
        let service = self.world.service;
        let auth = service.auth.as_ref();
        let actor = auth
            .and_then(|auth| auth.actor)
            .expect("BUG: an owner without callers");
        types::entity_id(service, actor.entity, self.endpoint.feature, imports)
    }

    fn printed(&self, expr: &Expr, first: usize) -> Sql {
        let target = Target {
            service: self.world.service,
            schema: self.world.schema,
            database: self.world.service.database,
        };
        let id = self.entity_id().expect("BUG: a condition without a row");
        print(&target, expr, id, &sql::table(self.entity()), first)
    }

    /// How a value of a condition is bound, the caller being `reach`.
    fn value(&self, bind: &Bind, reach: &str, imports: &mut Imports) -> String {
        match bind {
            Bind::ActorId => format!("{reach}.id::<{}>()", self.actor_type(imports)),
            Bind::ActorSubject => format!("{reach}.subject()"),
            Bind::HasRole(role) => format!("{reach}.has_role({})", text::string(role)),
            Bind::Now | Bind::Input(_) => unreachable!("BUG: a rule about what it cannot know"),
        }
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
                for part in self.parts(slice, |slice, expr| {
                    let sql = slice.printed(expr, binds.count() + 1);
                    for bind in &sql.binds {
                        binds.add(slice.value(bind, &reach, imports));
                    }
                    sql.text
                }) {
                    terms.push(part);
                }
                match terms.as_slice() {
                    [one] => one.clone(),
                    several => format!("({})", several.join(" or ")),
                }
            }
        }
    }

    /// Each condition by a printer, that of the owner as well.
    fn parts(
        &self,
        slice: &Slice<'_>,
        mut print: impl FnMut(&Slice<'_>, &Expr) -> String,
    ) -> Vec<String> {
        let Self::Some {
            conditions, owner, ..
        } = self
        else {
            return Vec::new();
        };
        let owner = owner.map(|column| owned(slice, column));
        let all = conditions.iter().copied().chain(owner.as_ref());
        all.map(|expr| print(slice, expr)).collect()
    }

    /// The conditions in pieces, for a statement that is put together at run time.
    pub fn pieces(&self, slice: &Slice<'_>) -> Vec<Piece> {
        let mut pieces = vec![Piece::Sql(String::new())];
        let mut first = true;
        self.parts(slice, |slice, expr| {
            let sql = slice.printed(expr, 1);
            if !first {
                append(&mut pieces, " or ");
            }
            first = false;
            split(&sql, &mut pieces);
            String::new()
        });
        joined(pieces)
    }

    fn is_single(&self) -> bool {
        matches!(self, Self::Some { conditions, owner: None, .. } if conditions.len() == 1)
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
                let mut pieces = self.pieces(slice);
                let (before, after) = if self.is_single() {
                    (" and ", "")
                } else {
                    (" and (", ")")
                };
                pieces.insert(0, Piece::Sql(before.into()));
                pieces.push(Piece::Sql(after.into()));
                let mut push = "sql".to_owned();
                for piece in joined(pieces) {
                    push.push_str(&match piece {
                        Piece::Sql(part) => format!(".push({})", text::string(&part)),
                        Piece::Bound(bind) => {
                            format!(".push_bind({})", slice.value(&bind, "reach", imports))
                        }
                    });
                }
                push.push(';');
                if *mixed {
                    return format!("if !reach.all() {{ {push} }}");
                }
                push
            }
        }
    }
}

/// Whether the row is the caller's, as a condition.
fn owned(slice: &Slice<'_>, column: Column) -> Expr {
    let kind = match slice.entity().column_type(column) {
        Type::Reference(reference) => Kind::Id(reference.target),
        _ => unreachable!("BUG: an owner that is no reference"),
    };
    let operand = |node, nullable| {
        Box::new(Expr {
            node,
            kind,
            nullable,
        })
    };
    let optional = slice.entity().is_optional(column);
    Expr {
        node: Node::Compare {
            op: Comparison::Equal,
            left: operand(Node::Column(column), optional),
            right: operand(Node::ActorId, true),
        },
        kind: Kind::Bool,
        nullable: true,
    }
}
