//! Typed -> Rust, over the fields that a request brings or a row holds, and over the caller.
//!
//! Enters: a condition, and what the text around it calls its columns and what it asks of the caller: references, and to
//! an `Option` where null may be. Leaves: a condition of two values, or nothing where only the database can tell.
//! Unknown has no type of its own there: a condition is printed as "is true for certain", or as "is false for certain",
//! and each is the other's mirror (Kleene's logic, docs/expressions.md).

mod pieces;

use super::value::truth;
use crate::ir::{Arithmetic, Comparison, Constant, EnumId, Expr, Kind, Node, Type};
use pieces::{Level, Piece, grouped, joined, of_column, within};

/// What the text around knows of a column, or of the caller; `None` where it does not know it.
pub struct Variable {
    pub name: String,
    pub ty: Type,
    /// Whether it is a reference to an `Option`.
    pub nullable: bool,
}

pub struct Printer<'a> {
    pub variable: &'a dyn Fn(&Node) -> Option<Variable>,
    /// A word of an enum as a path.
    pub word: &'a mut dyn FnMut(EnumId, &str) -> String,
    /// A text as a literal.
    pub text: fn(&str) -> String,
}

impl Printer<'_> {
    /// The condition that `expr` is true for certain.
    pub fn holds(&mut self, expr: &Expr) -> Option<String> {
        Some(within(self.decides(expr, true)?, Level::Or))
    }

    /// The condition that `expr` is false for certain, as operands of `&&`.
    pub fn broken(&mut self, expr: &Expr) -> Option<Vec<String>> {
        match &expr.node {
            Node::Any(parts) => {
                let parts: Option<Vec<_>> = parts.iter().map(|it| self.broken(it)).collect();
                Some(parts?.concat())
            }
            _ => match within(self.decides(expr, false)?, Level::And) {
                // It breaks nothing by itself, or nothing ever does.
                text if text == "true" => Some(Vec::new()),
                text if text == "false" => None,
                text => Some(vec![text]),
            },
        }
    }

    fn decides(&mut self, expr: &Expr, want: bool) -> Option<Piece> {
        if let Some(known) = self.constant_truth(expr) {
            return Some(((known == want).to_string(), Level::Atom));
        }
        match &expr.node {
            Node::Constant(Constant::Bool(value)) => {
                Some(((*value == want).to_string(), Level::Atom))
            }
            Node::Not(of) => self.decides(of, !want),
            Node::All(parts) | Node::Any(parts) => {
                let all = matches!(expr.node, Node::All(_)) == want;
                let parts: Option<Vec<Piece>> =
                    parts.iter().map(|it| self.decides(it, want)).collect();
                Some(joined(parts?, all))
            }
            Node::HasRole(_) => {
                let question = (self.variable)(&expr.node)?.name;
                let not = if want { "" } else { "!" };
                Some((format!("{not}{question}"), Level::Atom))
            }
            Node::Column(_) => {
                let variable = (self.variable)(&expr.node)?;
                Some(match (variable.nullable, want) {
                    (true, _) => (
                        format!("*{} == Some({want})", variable.name),
                        Level::Compare,
                    ),
                    (false, true) => (format!("*{}", variable.name), Level::Atom),
                    (false, false) => (format!("!*{}", variable.name), Level::Atom),
                })
            }
            Node::IsNull { value, negated } => self.is_null(value, want != *negated),
            Node::Compare { op, left, right } if left.kind == Kind::Bool => {
                self.same_truth((*op == Comparison::Equal) == want, left, right)
            }
            Node::Compare { op, left, right } => {
                let op = if want { *op } else { op.opposite() };
                self.compare(op, left, right)
            }
            Node::In { value, list } => {
                let items: Option<Vec<String>> = list
                    .iter()
                    .map(|it| self.constant(it, value.kind))
                    .collect();
                let operand = within(self.operand(value)?, Level::Atom);
                let not = if want { "" } else { "!" };
                let operand = operand
                    .strip_prefix('*')
                    .map_or(format!("&{operand}"), str::to_owned);
                let text = format!("{not}[{}].contains({operand})", items?.join(", "));
                self.where_known(&[value], (text, Level::Atom))
            }
            _ => None,
        }
    }

    fn compare(&mut self, op: Comparison, left: &Expr, right: &Expr) -> Option<Piece> {
        let sign = match op {
            Comparison::Equal => "==",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        };
        if let (Some(text), true) = (self.is_empty(left, right), matches!(sign, "==" | "!=")) {
            let not = if sign == "==" { "" } else { "!" };
            return self.where_known(&[left, right], (format!("{not}{text}"), Level::Atom));
        }
        let left_text = within(self.operand(left)?, Level::Sum);
        let right_text = within(self.operand(right)?, Level::Sum);
        self.where_known(
            &[left, right],
            (format!("{left_text} {sign} {right_text}"), Level::Compare),
        )
    }

    /// Of a comparison without any column, which would have no type to start from.
    fn constant_truth(&mut self, expr: &Expr) -> Option<bool> {
        let operands = match &expr.node {
            Node::Compare { left, right, .. } if left.kind != Kind::Bool => vec![left, right],
            Node::In { value, .. } => vec![value],
            _ => return None,
        };
        // Whatever else has no column is not known here.
        let mut operands = operands.into_iter();
        let all = operands.all(|it| it.leaves().is_empty() && self.operand(it).is_some());
        if all { truth(expr, &|_| None) } else { None }
    }

    /// The question whether a text is empty, which has a name of its own.
    fn is_empty(&self, left: &Expr, right: &Expr) -> Option<String> {
        let (column, constant) = match (&left.node, &right.node) {
            (column @ Node::Column(_), Node::Constant(constant))
            | (Node::Constant(constant), column @ Node::Column(_)) => (column, constant),
            _ => return None,
        };
        let empty = *constant == Constant::Text(String::new());
        let name = (self.variable)(column)?.name;
        empty.then(|| format!("{name}.is_empty()"))
    }

    fn is_null(&mut self, value: &Expr, null: bool) -> Option<Piece> {
        if !matches!(value.node, Node::Column(_)) {
            // Of other values it is known only where they are made of columns.
            self.operand(value)?;
        }
        let nullable = self.nullable(&[value])?;
        let question = if null { "is_none" } else { "is_some" };
        let parts: Vec<String> = nullable
            .iter()
            .map(|it| format!("{it}.{question}()"))
            .collect();
        Some(match (parts.len(), null) {
            (0, _) => ((!null).to_string(), Level::Atom),
            (1, _) => (parts.concat(), Level::Atom),
            (_, true) => (parts.join(" || "), Level::Or),
            (_, false) => (parts.join(" && "), Level::And),
        })
    }

    fn same_truth(&mut self, same: bool, left: &Expr, right: &Expr) -> Option<Piece> {
        for (one, other) in [(left, right), (right, left)] {
            if let Node::Constant(Constant::Bool(value)) = one.node {
                return self.decides(other, value == same);
            }
        }
        let mut both = |a: bool, b: bool| {
            Some(joined(
                vec![self.decides(left, a)?, self.decides(right, b)?],
                true,
            ))
        };
        let (first, second) = (both(true, same)?, both(false, !same)?);
        Some(joined(vec![first, second], false))
    }

    /// The names of the columns in these that may be null; `None` where one is not known here.
    fn nullable(&self, of: &[&Expr]) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        for leaf in of.iter().flat_map(|it| it.leaves()) {
            let variable = (self.variable)(leaf)?;
            if variable.nullable && !names.contains(&variable.name) {
                names.push(variable.name);
            }
        }
        Some(names)
    }

    /// A condition on operands that are not null.
    fn where_known(&self, operands: &[&Expr], (text, level): Piece) -> Option<Piece> {
        let names = self.nullable(operands)?;
        let some: Vec<String> = names.iter().map(|it| format!("Some({it})")).collect();
        Some(match names.as_slice() {
            [] => (text, level),
            [name] => (
                format!("matches!({name}, {} if {text})", some.concat()),
                Level::Atom,
            ),
            _ => {
                let (names, some) = (names.join(", "), some.join(", "));
                (
                    format!("matches!(({names}), ({some}) if {text})"),
                    Level::Atom,
                )
            }
        })
    }

    fn operand(&mut self, expr: &Expr) -> Option<Piece> {
        Some(match &expr.node {
            Node::Constant(constant) => (self.constant(constant, expr.kind)?, Level::Atom),
            Node::Column(_) => (of_column(&(self.variable)(&expr.node)?), Level::Atom),
            Node::ActorId | Node::ActorSubject => (
                format!("*{}", (self.variable)(&expr.node)?.name),
                Level::Atom,
            ),
            Node::Arithmetic { op, left, right } => {
                let (sign, level, behind) = match op {
                    Arithmetic::Add => ('+', Level::Sum, Level::Product),
                    Arithmetic::Subtract => ('-', Level::Sum, Level::Product),
                    Arithmetic::Multiply => ('*', Level::Product, Level::Atom),
                };
                let left = within(self.operand(left)?, level);
                let right = within(self.operand(right)?, behind);
                (format!("{left} {sign} {right}"), level)
            }
            Node::Scaled { value, digits } => {
                let value = within(self.operand(value)?, Level::Product);
                (
                    format!("{value} * {}", grouped(10_i64.checked_pow(*digits)?)),
                    Level::Product,
                )
            }
            _ => return None,
        })
    }

    fn constant(&mut self, constant: &Constant, kind: Kind) -> Option<String> {
        Some(match constant {
            Constant::Bool(value) => value.to_string(),
            Constant::Number(units) => grouped(*units),
            Constant::Float(value) => format!("{value:?}"),
            Constant::Text(text) => (self.text)(text),
            Constant::Word(word) => match kind {
                Kind::Enum(id) => (self.word)(id, word),
                _ => return None,
            },
            // They have no literals in Rust; the database decides.
            Constant::Uuid(_)
            | Constant::Date(_)
            | Constant::Time(_)
            | Constant::Timestamp(_)
            | Constant::Duration(_) => return None,
        })
    }
}
