//! The rows that a condition is about, in a statement: printed, bound, and made its narrowing.

use super::imports::Imports;
use super::slice::pieces::{Piece, append, joined, split};
use super::{World, text, types};
use crate::expr::sql::{Bind, Sql, Target, print};
use crate::ir::{Access, Column, Comparison, EntityId, Expr, FeatureId, Kind, Node, Rule, Type};

/// Rows of an entity in a statement.
pub struct Rows<'w> {
    pub world: &'w World<'w>,
    pub entity: EntityId,
    /// What the statement calls them.
    pub table: String,
    /// The feature whose code has the statement.
    pub from: FeatureId,
}

impl Rows<'_> {
    pub fn print(&self, condition: &Expr, first: usize) -> Sql {
        let target = Target {
            service: self.world.service,
            schema: self.world.schema,
            database: self.world.service.database,
        };
        print(&target, condition, self.entity, &self.table, first)
    }

    /// How a value of a condition is bound, the caller being `reach`.
    pub fn value(&self, bind: &Bind, reach: &str, imports: &mut Imports) -> String {
        match bind {
            Bind::ActorId => {
                let id = actor_type(self.world, self.from, imports);
                format!("{reach}.id::<{id}>()")
            }
            Bind::ActorSubject => format!("{reach}.subject()"),
            Bind::HasRole(role) => format!("{reach}.has_role({})", text::string(role)),
            Bind::Now | Bind::Input(_) => unreachable!("BUG: a rule about what it cannot know"),
        }
    }

    /// Whether the row is the caller's, as a condition.
    pub fn owned(&self, column: Column) -> Expr {
        let entity = &self.world.service[self.entity];
        let kind = match entity.column_type(column) {
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
        let optional = entity.is_optional(column);
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

    /// The conditions of rules about rows, that of the owner as well.
    pub fn conditions(&self, access: &Access) -> Vec<Expr> {
        let entity = &self.world.service[self.entity];
        let owner = entity.owner.filter(|_| access.rules.contains(&Rule::Owner));
        let owner = owner.map(|field| self.owned(Column::Field(field)));
        let conditions = access.rules.iter().filter_map(Rule::condition);
        conditions.cloned().chain(owner).collect()
    }

    /// That any of the conditions is met, in pieces.
    pub fn any(&self, conditions: &[Expr]) -> Vec<Piece> {
        let mut pieces = vec![Piece::Sql(String::new())];
        for (index, condition) in conditions.iter().enumerate() {
            if index > 0 {
                append(&mut pieces, " or ");
            }
            split(&self.print(condition, 1), &mut pieces);
        }
        joined(pieces)
    }

    /// The statement that narrows `sql` to the rows that meet any of the conditions.
    pub fn narrow(&self, conditions: &[Expr], reach: &str, imports: &mut Imports) -> String {
        let (before, after) = match conditions {
            [_] => (" and ", ""),
            _ => (" and (", ")"),
        };
        let mut pieces = self.any(conditions);
        pieces.insert(0, Piece::Sql(before.into()));
        pieces.push(Piece::Sql(after.into()));
        let mut push = "sql".to_owned();
        for piece in joined(pieces) {
            push.push_str(&match piece {
                Piece::Sql(part) => format!(".push({})", text::string(&part)),
                Piece::Bound(bind) => {
                    format!(".push_bind({})", self.value(&bind, reach, imports))
                }
            });
        }
        push.push(';');
        push
    }
}

/// The type of the id of a caller's row.
pub fn actor_type(world: &World<'_>, from: FeatureId, imports: &mut Imports) -> String {
    let auth = world.service.auth.as_ref();
    let actor = auth
        .and_then(|auth| auth.actor)
        .expect("BUG: an owner without callers");
    types::entity_id(world.service, actor.entity, from, imports)
}
