//! Typed -> SQL, for two databases.
//!
//! Enters: an expression, and under which name the statement knows the row at hand. Leaves: a condition or a value as text,
//! and what is to be bound, in order. Constants of the spec stand in the text, through the printers that quote; what
//! comes from a request is bound.
//! Deliberately absent: the statement around it, and the `where`, in which unknown counts as false.

pub(super) mod constants;
mod rows;

use crate::ir::{
    Arithmetic, Column, Comparison, Constant, Database, EntityId, Expr, Kind, Node, Service,
};
use crate::schema::{Schema, quote_ident};

/// What an expression is printed against.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    pub service: &'a Service,
    pub schema: &'a Schema,
    pub database: Database,
}

/// A piece of SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sql {
    /// Needs no parentheses as an operand of `and`.
    pub text: String,
    /// By number: the first is `$first` of the call.
    pub binds: Vec<Bind>,
}

/// A value that the request gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bind {
    /// The id of the actor's row; null for the anonymous.
    ActorId,
    /// A text; null for the anonymous.
    ActorSubject,
    /// A truth value: whether the actor has the role.
    HasRole(String),
    /// A timestamp.
    Now,
    /// The input's field of that index.
    Input(usize),
}

/// `expr` over the row that the statement knows as `table`, a table or an alias as SQL writes it; empty where columns
/// stand alone. Placeholders are numbered from `first`; equal ones share a number.
pub fn print(target: &Target<'_>, expr: &Expr, entity: EntityId, table: &str, first: usize) -> Sql {
    printed(target, expr, (entity, table), first, Level::And)
}

/// A condition over nothing but columns, which stands by itself in parentheses that are there already.
pub fn alone(target: &Target<'_>, condition: &Expr, entity: EntityId) -> String {
    printed(target, condition, (entity, ""), 1, Level::Or).text
}

/// A value over columns, as a `select` lists it.
pub fn value(target: &Target<'_>, expr: &Expr, entity: EntityId, table: &str) -> String {
    let text = printed(target, expr, (entity, table), 1, Level::Or).text;
    let whole =
        matches!(expr.node, Node::Arithmetic { .. }) && expr.kind == Kind::Number { scale: 0 };
    match target.database {
        // Of a decimal without digits behind the point it would be one.
        Database::Postgres if whole => format!("({text})::bigint"),
        _ => text,
    }
}

fn printed(
    target: &Target<'_>,
    expr: &Expr,
    (entity, table): (EntityId, &str),
    first: usize,
    least: Level,
) -> Sql {
    let mut printer = Printer {
        target: *target,
        first,
        binds: Vec::new(),
        outer: table,
        aliases: 0,
    };
    let row = Row {
        entity,
        table: table.to_owned(),
        id: None,
    };
    let text = printer.operand(expr, &row, least);
    Sql {
        text,
        binds: printer.binds,
    }
}

/// How tightly a piece holds together, after the precedence that both databases have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Atom,
}

/// A row as the statement knows it.
struct Row {
    entity: EntityId,
    table: String,
    /// What stands for its id where the row itself is not in the statement.
    id: Option<String>,
}

struct Printer<'a> {
    target: Target<'a>,
    first: usize,
    binds: Vec<Bind>,
    /// The name of the row at hand, which no alias may take.
    outer: &'a str,
    aliases: usize,
}

impl Printer<'_> {
    fn operand(&mut self, expr: &Expr, row: &Row, least: Level) -> String {
        let (text, level) = self.piece(expr, row);
        if level < least {
            format!("({text})")
        } else {
            text
        }
    }

    fn piece(&mut self, expr: &Expr, row: &Row) -> (String, Level) {
        match &expr.node {
            Node::Constant(constant) => (self.literal(constant, expr.kind), Level::Atom),
            Node::Column(column) => (self.column(row, *column), Level::Atom),
            Node::Trail(trail) => (self.trail(trail, row), Level::Atom),
            Node::Input(index) => (self.bind(Bind::Input(*index)), Level::Atom),
            Node::ActorId => (self.bind(Bind::ActorId), Level::Atom),
            Node::ActorSubject => (self.bind(Bind::ActorSubject), Level::Atom),
            Node::HasRole(role) => (self.bind(Bind::HasRole(role.clone())), Level::Atom),
            Node::Now => (self.bind(Bind::Now), Level::Atom),
            Node::Not(of) => {
                let of = self.operand(of, row, Level::Atom);
                (format!("not {of}"), Level::Not)
            }
            Node::All(parts) => (self.joined(parts, row, " and ", Level::Not), Level::And),
            Node::Any(parts) => (self.joined(parts, row, " or ", Level::And), Level::Or),
            Node::Compare { op, left, right } => {
                (self.compare(*op, left, right, row), Level::Compare)
            }
            Node::In { value, list } => {
                let kind = value.kind;
                let value = self.operand(value, row, Level::Sum);
                let list: Vec<String> = list.iter().map(|it| self.literal(it, kind)).collect();
                (format!("{value} in ({})", list.join(", ")), Level::Compare)
            }
            Node::IsNull { value, negated } => {
                let value = self.operand(value, row, Level::Sum);
                let not = if *negated { "not " } else { "" };
                (format!("{value} is {not}null"), Level::Compare)
            }
            Node::Arithmetic { op, left, right } => self.arithmetic(*op, left, right, row),
            Node::Scaled { value, digits } => self.scaled(value, *digits, row),
            Node::Count {
                relation,
                condition,
            } => (
                self.count(*relation, condition.as_deref(), row),
                Level::Atom,
            ),
            Node::Sum(sum) => (self.sum(sum, expr.kind, row), Level::Atom),
            Node::Exists {
                relation,
                condition,
            } => (
                self.exists(*relation, condition.as_deref(), row),
                Level::Atom,
            ),
        }
    }

    fn joined(&mut self, parts: &[Expr], row: &Row, by: &str, least: Level) -> String {
        let parts: Vec<String> = parts
            .iter()
            .map(|it| self.operand(it, row, least))
            .collect();
        parts.join(by)
    }

    fn compare(&mut self, op: Comparison, left: &Expr, right: &Expr, row: &Row) -> String {
        let sign = match op {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        };
        let ordered = !matches!(op, Comparison::Equal | Comparison::NotEqual);
        let mut text = self.operand(left, row, Level::Sum);
        let right = self.operand(right, row, Level::Sum);
        // By code points, whatever the language of the database.
        if ordered && left.kind == Kind::Text && self.target.database == Database::Postgres {
            text += " collate \"C\"";
        }
        format!("{text} {sign} {right}")
    }

    fn arithmetic(
        &mut self,
        op: Arithmetic,
        left: &Expr,
        right: &Expr,
        row: &Row,
    ) -> (String, Level) {
        let (sign, level, behind) = match op {
            Arithmetic::Add => ('+', Level::Sum, Level::Product),
            Arithmetic::Subtract => ('-', Level::Sum, Level::Product),
            Arithmetic::Multiply => ('*', Level::Product, Level::Atom),
        };
        let mut text = self.operand(left, row, level);
        let constants = [left, right].map(|it| matches!(it.node, Node::Constant(_)));
        // Two small constants would be 32 bits, and so would their product.
        if constants == [true, true] && self.target.database == Database::Postgres {
            text = match left.kind {
                Kind::Number { scale: 0 } => format!("'{text}'::bigint"),
                _ => text,
            };
        }
        let right = self.operand(right, row, behind);
        (format!("{text} {sign} {right}"), level)
    }

    /// PostgreSQL knows how many digits a number has; in SQLite all are counted in units.
    fn scaled(&mut self, value: &Expr, digits: u32, row: &Row) -> (String, Level) {
        match self.target.database {
            Database::Postgres => self.piece(value, row),
            Database::Sqlite => {
                let value = self.operand(value, row, Level::Product);
                (format!("{value} * {}", 10_i128.pow(digits)), Level::Product)
            }
        }
    }

    fn column(&self, row: &Row, column: Column) -> String {
        if let (Column::Id, Some(id)) = (column, &row.id) {
            return id.clone();
        }
        let name = self.target.service[row.entity].column_name(column);
        let name = quote_ident(&name);
        if row.table.is_empty() {
            name.into_owned()
        } else {
            format!("{}.{name}", row.table)
        }
    }

    fn literal(&self, constant: &Constant, kind: Kind) -> String {
        constants::literal(constant, kind, self.target.database)
    }

    fn bind(&mut self, bind: Bind) -> String {
        let known = self.binds.iter().position(|it| *it == bind);
        let index = known.unwrap_or_else(|| {
            self.binds.push(bind);
            self.binds.len() - 1
        });
        format!("${}", self.first + index)
    }

    /// A name for a row that the statement does not know yet.
    fn alias(&mut self) -> String {
        loop {
            self.aliases += 1;
            let alias = format!("r{}", self.aliases);
            let tables = &self.target.schema.tables;
            if alias != self.outer && tables.iter().all(|table| table.name != alias) {
                return alias;
            }
        }
    }
}
