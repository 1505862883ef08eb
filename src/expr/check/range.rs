//! Interval arithmetic: between which two numbers a number lies, from the bounds of the fields that it is made of.
//!
//! After Moore, Kearfott and Cloud, Introduction to Interval Analysis (SIAM, 2009), chapter 2. That a field lies within
//! its bounds is checked by the database.

use super::Checker;
use crate::ir::{Arithmetic, Column, Constant, Expr, MAX_INT, Node, Scalar, Type};

/// Least and greatest, in units of the last digit.
type Range = (i128, i128);

pub(super) fn fits((least, greatest): Range) -> bool {
    least >= i128::from(i64::MIN) && greatest <= i128::from(i64::MAX)
}

impl Checker<'_, '_> {
    pub(super) fn range(&self, expr: &Expr) -> Range {
        match &expr.node {
            Node::Constant(Constant::Number(units)) => (i128::from(*units), i128::from(*units)),
            Node::Column(column) => match self.entity {
                Some(entity) => {
                    of_type(&self.scope.entities[entity.0].column_type(*column), *column)
                }
                None => WIDEST,
            },
            Node::Trail(trail) => {
                let entity = self.scope.entities[trail.entity.0];
                of_type(&entity.column_type(trail.column), trail.column)
            }
            Node::Input(index) => match self.scope.input {
                Some(input) => of_type(&input[*index].ty, Column::Field(*index)),
                None => WIDEST,
            },
            Node::Arithmetic { op, left, right } => {
                combined(*op, self.range(left), self.range(right))
            }
            Node::Scaled { value, digits } => {
                let by = 10_i128.pow(*digits);
                combined(Arithmetic::Multiply, self.range(value), (by, by))
            }
            Node::Count { .. } => (0, i128::from(MAX_INT)),
            Node::Sum(sum) => (i128::from(sum.range.0), i128::from(sum.range.1)),
            _ => WIDEST,
        }
    }
}

/// The range of a sum of values of this range, and whether it need not be watched; `None` where one value alone may
/// leave the 18 digits of a decimal.
pub(super) fn of_sum(value: Range, scale: u32) -> Option<((i64, i64), bool)> {
    /// More rows than one row has.
    const MOST_ROWS: i128 = 1 << 32;
    const MOST_DIGITS: i64 = 999_999_999_999_999_999;
    let within = |most: i64| value.0 >= -i128::from(most) && value.1 <= i128::from(most);
    let most = match scale {
        0 if within(MAX_INT) => MAX_INT,
        0 => i64::MAX,
        _ if within(MOST_DIGITS) => MOST_DIGITS,
        _ => return None,
    };
    let least = if value.0 >= 0 { 0 } else { -most };
    let greatest = if value.1 <= 0 { 0 } else { most };
    let fits = value.0.abs().max(value.1.abs()) * MOST_ROWS <= i128::from(most);
    Some(((least, greatest), fits))
}

const WIDEST: Range = (i64::MIN as i128, i64::MAX as i128);

pub(in crate::expr) fn of_type(ty: &Type, column: Column) -> Range {
    let (least, greatest) = match ty {
        // No constraint bounds it.
        _ if column == Column::Version => return WIDEST,
        Type::Scalar(Scalar::Int(bounds)) => bounds.within(MAX_INT),
        Type::Scalar(Scalar::BigInt(bounds)) => (
            bounds.min.unwrap_or(i64::MIN),
            bounds.max.unwrap_or(i64::MAX),
        ),
        Type::Scalar(Scalar::Decimal(decimal)) => decimal.range(),
        _ => return WIDEST,
    };
    (i128::from(least), i128::from(greatest))
}

/// Every operand lies within 64 bits, so nothing leaves 128.
fn combined(op: Arithmetic, (a, b): Range, (c, d): Range) -> Range {
    match op {
        Arithmetic::Add => (a + c, b + d),
        Arithmetic::Subtract => (a - d, b - c),
        Arithmetic::Multiply => {
            let [first, rest @ ..] = [a * c, a * d, b * c, b * d];
            let least = rest.iter().fold(first, |least, it| least.min(*it));
            let greatest = rest.iter().fold(first, |greatest, it| greatest.max(*it));
            (least, greatest)
        }
    }
}
