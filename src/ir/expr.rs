//! Expressions: typed, with columns in place of names, and such that no arithmetic in them leaves 64 bits.
//!
//! Enters: nothing but what `expr` checked. Leaves: trees that the printers of SQL and Rust, and the evaluator, walk.
//! What each node means, null included, is written down in docs/expressions.md.

use super::{Column, EntityId, EnumId, Service, Type};
use serde::Serialize;

/// An expression and what it gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expr {
    pub node: Node,
    pub kind: Kind,
    /// Whether it may be null: for a condition, unknown.
    pub nullable: bool,
}

/// The type of an expression. Two that are compared have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Bool,
    /// An exact number in units of its last digit: with `scale` 2, 1050 is 10.50. Whole numbers have scale 0.
    Number {
        scale: u32,
    },
    Float,
    Text,
    Enum(EnumId),
    /// The id of a row.
    Id(EntityId),
    Uuid,
    Date,
    Time,
    Timestamp,
    Duration,
    /// Bytes, JSON, value objects and lists, of which one may only ask whether they are null.
    Opaque,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    Constant(Constant),
    /// Of the row at hand.
    Column(Column),
    /// Of the row that references lead to, from the row at hand.
    Trail(Trail),
    /// A field of the request's input, by its index.
    Input(usize),
    /// The id of the actor's row; null for the anonymous.
    ActorId,
    /// The actor's subject; null for the anonymous.
    ActorSubject,
    /// Whether the actor has a role; never null.
    HasRole(String),
    /// The moment of the request.
    Now,
    Not(Box<Expr>),
    /// At least two.
    All(Vec<Expr>),
    /// At least two.
    Any(Vec<Expr>),
    Compare {
        op: Comparison,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// Whether a value is one of some constants of its kind; at least one.
    In {
        value: Box<Expr>,
        list: Vec<Constant>,
    },
    /// Never null itself.
    IsNull {
        value: Box<Expr>,
        negated: bool,
    },
    Arithmetic {
        op: Arithmetic,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// The same number with so many digits more behind the point.
    Scaled {
        value: Box<Expr>,
        digits: u32,
    },
    /// How many rows a relation leads to, of those that meet a condition on that row; never null.
    Count {
        relation: Relation,
        condition: Option<Box<Expr>>,
    },
    /// The sum of a number of each of those rows, nulls left out; 0 over none.
    Sum(Sum),
    /// Whether any of those rows meets a condition, in which columns are those of that row; never null.
    Exists {
        relation: Relation,
        condition: Option<Box<Expr>>,
    },
}

/// A sum over the rows of a relation. One that leaves its range stays at the end of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sum {
    pub relation: Relation,
    /// Of the other row.
    pub value: Box<Expr>,
    /// Least and greatest, in units of the last digit.
    pub range: (i64, i64),
    /// Whether so many rows that there cannot be stay within the range.
    pub fits: bool,
}

/// A column at the end of references.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trail {
    /// At least one: each an entity and its field that refers on; the first is the row at hand.
    pub via: Vec<(EntityId, usize)>,
    /// What the last of them refers to.
    pub entity: EntityId,
    pub column: Column,
}

/// The way from a row to rows that refer to it, or that are joined to it; or, in rules about members, that it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Index into `referenced_by` of the entity at hand.
    Back(usize),
    /// Index into its `many`.
    Many(usize),
    /// Index into its `fields`: a reference, which no expression of a spec takes for a relation.
    One(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
}

/// A value that stands in the expression.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Constant {
    Bool(bool),
    /// In units of the last digit of its expression's kind.
    Number(i64),
    /// Finite.
    Float(f64),
    Text(String),
    /// A word of the enum.
    Word(String),
    /// With hyphens, in small letters.
    Uuid(String),
    /// `2026-11-20`.
    Date(String),
    /// Microseconds since midnight.
    Time(i64),
    /// Microseconds since the Unix epoch.
    Timestamp(i64),
    /// Microseconds.
    Duration(i64),
}

/// A condition that every row of an entity meets, or does not have a definite answer to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// `snake_case`, unique in its entity.
    pub name: String,
    /// As the spec writes it, for comments and for the API's description.
    pub text: String,
    /// Of the kind `Bool`, over columns of the row alone.
    pub condition: Expr,
}

impl Check {
    /// What a caller is told who breaks it.
    pub fn message(&self) -> String {
        format!("must meet {}: {}", self.name, self.text)
    }
}

impl Relation {
    /// The entity that it leads to from `from`.
    pub fn target(self, service: &Service, from: EntityId) -> EntityId {
        match self {
            Self::Back(index) => service[from].referenced_by[index].entity,
            Self::Many(index) => service[from].many[index].target,
            Self::One(index) => match &service[from].fields[index].ty {
                Type::Reference(reference) => reference.target,
                _ => unreachable!("BUG: a way along what is no reference"),
            },
        }
    }
}

impl Comparison {
    /// The one that holds where this one does not, of values that are known.
    pub fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }
}

impl Expr {
    /// Calls `visit` with this expression and every one below it, the conditions on other rows left out.
    pub fn visit(&self, visit: &mut impl FnMut(&Expr)) {
        visit(self);
        match &self.node {
            Node::Not(it)
            | Node::IsNull { value: it, .. }
            | Node::In { value: it, .. }
            | Node::Scaled { value: it, .. } => it.visit(visit),
            Node::All(items) | Node::Any(items) => items.iter().for_each(|it| it.visit(visit)),
            Node::Compare { left, right, .. } | Node::Arithmetic { left, right, .. } => {
                left.visit(visit);
                right.visit(visit);
            }
            Node::Constant(_)
            | Node::Column(_)
            | Node::Trail(_)
            | Node::Input(_)
            | Node::ActorId
            | Node::ActorSubject
            | Node::HasRole(_)
            | Node::Now
            | Node::Count { .. }
            | Node::Sum(_)
            | Node::Exists { .. } => {}
        }
    }

    /// The columns of the row at hand that it reads, in the order of their first mention.
    pub fn columns(&self) -> Vec<Column> {
        let mut all = Vec::new();
        self.visit(&mut |it| match it.node {
            Node::Column(column) if !all.contains(&column) => all.push(column),
            _ => {}
        });
        all
    }
}

impl Expr {
    /// What it reads of the row at hand and of the caller, in order, with repetitions.
    pub fn leaves(&self) -> Vec<&Node> {
        match &self.node {
            leaf @ (Node::Column(_) | Node::ActorId | Node::ActorSubject) => vec![leaf],
            Node::Not(it)
            | Node::IsNull { value: it, .. }
            | Node::In { value: it, .. }
            | Node::Scaled { value: it, .. } => it.leaves(),
            Node::All(items) | Node::Any(items) => items.iter().flat_map(Self::leaves).collect(),
            Node::Compare { left, right, .. } | Node::Arithmetic { left, right, .. } => {
                [left.leaves(), right.leaves()].concat()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it needs more of the row at hand than its id.
    pub fn reads_beyond_id(&self) -> bool {
        let mut beyond = false;
        self.visit(&mut |it| {
            beyond |= match &it.node {
                Node::Column(column) => *column != Column::Id,
                Node::Trail(_) => true,
                Node::Exists {
                    relation: Relation::One(_),
                    ..
                } => true,
                // Other relations of the row start at its id.
                _ => false,
            };
        });
        beyond
    }
}
