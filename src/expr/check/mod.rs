//! Written -> typed: what names stand for, and whether the parts fit.
//!
//! All faults of one expression are found at once; what depends on a faulty part is passed over.

mod assign;
mod compare;
mod constants;
mod member;
mod names;
mod numbers;
pub(super) mod range;
mod rows;

pub use assign::assigned;
#[cfg(test)]
pub(super) use constants::timestamp;

pub use member::member;

use super::ast::{Ast, Written};
use crate::diagnostic::{Diagnostic, expr as report};
use crate::ir::{Constant, Entity, EntityId, Enum, Expr, Field, Kind, Node};

/// What the names in an expression may stand for.
pub struct Scope<'a> {
    /// Where the expression stands, with its article, for messages: "a check".
    pub what: &'static str,
    /// By id.
    pub features: &'a [&'a str],
    /// By id.
    pub entities: &'a [&'a Entity],
    /// By id.
    pub enums: &'a [Enum],
    /// The row at hand.
    pub entity: Option<EntityId>,
    /// Whether other rows may be looked at, along references and back.
    pub rows: bool,
    /// The fields of `input`.
    pub input: Option<&'a [Field]>,
    pub actor: Option<Actor<'a>>,
    /// Whether the moment of the request is known.
    pub now: bool,
    /// Whether a name of an entity was reported, so that its absence is no news.
    pub reported: &'a dyn Fn(EntityId, &str) -> bool,
    /// Whether a name of an entity is that of a computed field.
    pub computed: &'a dyn Fn(EntityId, &str) -> bool,
}

/// What is known of the caller.
#[derive(Debug, Clone, Copy)]
pub struct Actor<'a> {
    /// The entity of the actor's row, where callers have rows.
    pub entity: Option<EntityId>,
    /// The roles that there are.
    pub roles: &'a [String],
    /// Whether nobody gets this far without having shown who they are.
    pub is_known: bool,
}

/// The typed expression, whatever it gives. `None` where something was reported to `found`, now or before.
pub fn check(ast: &Ast, scope: &Scope<'_>, found: &mut Vec<Diagnostic>) -> Option<Expr> {
    let mut checker = Checker {
        scope,
        entity: scope.entity,
        inside: false,
        found,
    };
    checker.expr(ast)
}

/// The same, of which a truth value is expected.
pub fn condition(ast: &Ast, scope: &Scope<'_>, found: &mut Vec<Diagnostic>) -> Option<Expr> {
    let expr = check(ast, scope, found)?;
    if expr.kind == Kind::Bool {
        return Some(expr);
    }
    let is = words(scope, expr.kind);
    found.push(report::not_a_condition(scope.what, &is, ast.span));
    None
}

/// Of a checked number: between which two it lies, in units of its last digit.
pub fn range(expr: &Expr, scope: &Scope<'_>) -> (i64, i64) {
    let checker = Checker {
        scope,
        entity: scope.entity,
        inside: false,
        found: &mut Vec::new(),
    };
    let (least, greatest) = checker.range(expr);
    let end = |it| i64::try_from(it).expect("BUG: checked to fit 64 bits");
    (end(least), end(greatest))
}

struct Checker<'a, 's> {
    scope: &'s Scope<'s>,
    /// The row at hand, which in `exists(…)` is another one.
    entity: Option<EntityId>,
    /// Whether it is.
    inside: bool,
    found: &'a mut Vec<Diagnostic>,
}

impl Checker<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// A value.
    fn expr(&mut self, ast: &Ast) -> Option<Expr> {
        match &ast.node {
            Written::Null => {
                self.report(report::bare_null(ast.span));
                None
            }
            Written::Bool(value) => Some(known(Constant::Bool(*value), Kind::Bool)),
            Written::Number(digits) => self.number(digits, false, ast.span),
            Written::Text(text) => Some(known(Constant::Text(text.clone()), Kind::Text)),
            Written::Name(words) => self.name(words, ast.span),
            Written::Call(name, arguments) => self.call(name, arguments, ast.span),
            Written::List(_) => {
                self.report(report::stray_list(ast.span));
                None
            }
            Written::Not(of) => {
                let of = self.truth(of)?;
                let nullable = of.nullable;
                Some(truth(Node::Not(Box::new(of)), nullable))
            }
            Written::Negative(of) => self.negative(of, ast.span),
            Written::All(parts) => self.joined(parts, Node::All),
            Written::Any(parts) => self.joined(parts, Node::Any),
            Written::Compare(op, left, right) => self.compare(*op, left, right, ast.span),
            Written::In(value, list) => self.within(value, list, ast.span),
            Written::Arithmetic(op, left, right) => self.arithmetic(*op, left, right, ast.span),
        }
    }

    fn joined(&mut self, parts: &[Ast], whole: fn(Vec<Expr>) -> Node) -> Option<Expr> {
        // All before judging: each faulty part is reported.
        let parts: Vec<Option<Expr>> = parts.iter().map(|part| self.truth(part)).collect();
        let parts: Vec<Expr> = parts.into_iter().collect::<Option<_>>()?;
        let nullable = parts.iter().any(|part| part.nullable);
        Some(truth(whole(parts), nullable))
    }

    /// A value that is a truth value.
    fn truth(&mut self, ast: &Ast) -> Option<Expr> {
        let expr = self.expr(ast)?;
        if expr.kind == Kind::Bool {
            return Some(expr);
        }
        let is = words(self.scope, expr.kind);
        self.report(report::not_a_truth_value(&is, ast.span));
        None
    }
}

fn known(constant: Constant, kind: Kind) -> Expr {
    Expr {
        node: Node::Constant(constant),
        kind,
        nullable: false,
    }
}

fn truth(node: Node, nullable: bool) -> Expr {
    Expr {
        node,
        kind: Kind::Bool,
        nullable,
    }
}

/// A kind in the words of messages: "a text", "an `Author`'s id".
fn words(scope: &Scope<'_>, kind: Kind) -> String {
    match kind {
        Kind::Bool => "a truth value".into(),
        Kind::Number { scale: 0 } => "a whole number".into(),
        Kind::Number { scale } => format!("a number with {scale} digits behind the point"),
        Kind::Float => "a float".into(),
        Kind::Text => "a text".into(),
        Kind::Enum(id) => format!("a value of `{}`", scope.enums[id.0].name),
        Kind::Id(id) => format!("the id of a row of `{}`", scope.entities[id.0].name),
        Kind::Uuid => "a UUID".into(),
        Kind::Date => "a date".into(),
        Kind::Time => "a time of day".into(),
        Kind::Timestamp => "a timestamp".into(),
        Kind::Duration => "a duration".into(),
        Kind::Opaque => "bytes, JSON, a value object or a list".into(),
    }
}
