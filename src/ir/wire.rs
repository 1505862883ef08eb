//! What clients see of names and types: JSON keys, envelopes, filter operators, and the bounds that hold unless a spec
//! narrows them. The schema, the document and the code all ask here, so that they cannot disagree.

use super::{Api, Bounds, Case, Column, Decimal, Entity, Envelope, Field, Identity, Reference};
use super::{Scalar, Service, Type, Versioning};
use heck::{ToLowerCamelCase, ToSnakeCase};

/// The largest `int`: 2^53 - 1, up to which every JSON reader is exact.
pub const MAX_INT: i64 = 9_007_199_254_740_991;
/// Characters of an email address (RFC 5321, 4.5.3.1.3).
pub const MAX_EMAIL: u32 = 254;
/// Characters of a URL.
pub const MAX_URL: u32 = 2048;
/// Characters of a slug.
pub const MAX_SLUG: u32 = 255;

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    Equal,
    NotEqual,
    /// Any of a comma separated list.
    In,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// `true`: has no value; `false`: has one.
    Null,
}

impl Operator {
    /// What follows the filter's name in the query parameter: `.lte`; nothing for equality.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::NotEqual => ".ne",
            Self::In => ".in",
            Self::Less => ".lt",
            Self::LessOrEqual => ".lte",
            Self::Greater => ".gt",
            Self::GreaterOrEqual => ".gte",
            Self::Null => ".null",
        }
    }
}

/// The operators of a filter on a column of this type; empty where it cannot be filtered by.
pub fn operators(ty: &Type, optional: bool) -> Vec<Operator> {
    if !is_filterable(ty) {
        return vec![];
    }
    let mut all = vec![Operator::Equal, Operator::NotEqual, Operator::In];
    if is_ordered(ty) {
        all.extend([Operator::Less, Operator::LessOrEqual]);
        all.extend([Operator::Greater, Operator::GreaterOrEqual]);
    }
    if optional {
        all.push(Operator::Null);
    }
    all
}

/// Whether a list may be filtered by such a column.
pub fn is_filterable(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::Bytes { .. }),
        Type::Enum(_) | Type::Reference(_) => true,
        Type::Object(_) | Type::List(_) | Type::Entity(_) => false,
    }
}

/// Whether `<` means something to a client: numbers and times, not texts, whose order depends on the database.
pub fn is_ordered(ty: &Type) -> bool {
    use Scalar::{BigInt, Date, Decimal, Duration, Float, Int, Time, Timestamp};
    let Type::Scalar(scalar) = ty else {
        return false;
    };
    matches!(
        scalar,
        Int(_) | BigInt(_) | Float(_) | Decimal(_) | Date | Time | Timestamp | Duration
    )
}

/// A name of the spec (`snake_case`) as a JSON key or a query parameter.
pub fn json_name(name: &str, case: Case) -> String {
    match case {
        Case::Snake => name.into(),
        Case::Camel => name.to_lower_camel_case(),
    }
}

impl Api {
    /// A name of the spec as a JSON key or a query parameter of this API.
    pub fn json_name(&self, name: &str) -> String {
        json_name(name, self.case)
    }

    /// The key that one row stands under; `None` where the body is the row.
    pub fn one_key(&self, entity: &Entity) -> Option<String> {
        match self.envelope {
            Envelope::Bare => None,
            Envelope::Data => Some("data".into()),
            Envelope::Named => Some(self.json_name(&entity.singular())),
        }
    }

    /// The key that rows stand under; `None` where the body is the array.
    pub fn many_key(&self, entity: &Entity) -> Option<String> {
        match self.envelope {
            Envelope::Bare => None,
            Envelope::Data => Some("data".into()),
            Envelope::Named => Some(self.json_name(&entity.plural)),
        }
    }

    /// The key that the output object of a command or free-form endpoint stands under; it has no name of its own.
    pub fn object_key(&self) -> Option<String> {
        (self.envelope == Envelope::Data).then(|| "data".into())
    }

    /// The key of the next page's cursor (null on the last page); `None` where it is in the `Link` header.
    pub fn next_key(&self) -> Option<String> {
        (self.envelope != Envelope::Bare).then(|| self.json_name("next_cursor"))
    }

    /// The key of the count of all rows; `None` where it is in the `X-Total-Count` header.
    pub fn total_key(&self, entity: &Entity) -> Option<String> {
        match self.envelope {
            Envelope::Bare => None,
            Envelope::Data => Some("total".into()),
            Envelope::Named => Some(self.json_name(&format!("{}_count", entity.plural))),
        }
    }
}

impl Entity {
    /// `order_line`.
    pub fn singular(&self) -> String {
        self.name.to_snake_case()
    }

    /// The type of a column; that of `id` is a plain scalar.
    pub fn column_type(&self, column: Column) -> Type {
        match column {
            Column::Id => Type::Scalar(self.identity.scalar()),
            Column::Field(index) => self.fields[index].ty.clone(),
            Column::CreatedAt | Column::UpdatedAt => Type::Scalar(Scalar::Timestamp),
            Column::Version => Type::Scalar(Scalar::Int(Bounds::from(1))),
        }
    }

    /// Whether a column may be null.
    pub fn is_optional(&self, column: Column) -> bool {
        matches!(column, Column::Field(index) if self.fields[index].optional)
    }

    /// Whether its answers carry an `ETag`.
    pub fn has_version(&self) -> bool {
        self.versioning != Versioning::None
    }
}

impl Identity {
    /// `uuid`, or any `int`: what is no row's id is missing, not invalid.
    pub fn scalar(self) -> Scalar {
        match self {
            Self::Uuid => Scalar::Uuid,
            Self::Int => Scalar::Int(Bounds::NONE),
        }
    }
}

impl Reference {
    /// The scalar that JSON carries: the target's id.
    pub fn scalar(&self, service: &Service) -> Scalar {
        service[self.target].identity.scalar()
    }
}

impl Field {
    /// Whether a request must name it on create.
    pub fn is_required(&self) -> bool {
        !self.optional && self.default.is_none() && self.derived_from.is_none()
    }
}

impl<T> Bounds<T> {
    /// No bounds.
    pub const NONE: Self = Self {
        min: None,
        max: None,
    };

    /// A lower bound alone.
    pub fn from(min: T) -> Self {
        Self {
            min: Some(min),
            max: None,
        }
    }
}

impl Bounds<i64> {
    /// Both bounds, where each end falls back to +-`limit`.
    pub fn within(self, limit: i64) -> (i64, i64) {
        let min = self.min.unwrap_or(-limit).max(-limit);
        let max = self.max.unwrap_or(limit).min(limit);
        (min, max)
    }
}

impl Decimal {
    /// The largest value, in units of the last digit: `precision` nines.
    pub fn limit(&self) -> i64 {
        10_i64.pow(self.precision) - 1
    }

    /// Both bounds, in units of the last digit.
    pub fn range(&self) -> (i64, i64) {
        self.bounds.within(self.limit())
    }

    /// Units of the last digit as text: 1050 with scale 2 is `10.50`.
    pub fn text(&self, units: i64) -> String {
        decimal_text(units, self.scale)
    }
}

/// Units of the last digit as text: 1050 with scale 2 is `10.50`.
pub fn decimal_text(units: i64, scale: u32) -> String {
    let scale = scale as usize;
    let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let sign = if units < 0 { "-" } else { "" };
    if scale == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_every_digit() {
        let decimal = |precision, scale| Decimal {
            precision,
            scale,
            bounds: Bounds::NONE,
            money: false,
        };
        assert_eq!(decimal(10, 2).text(1050), "10.50");
        assert_eq!(decimal(10, 2).text(-5), "-0.05");
        assert_eq!(decimal(4, 4).text(9999), "0.9999");
        assert_eq!(decimal(18, 0).text(-7), "-7");
        assert_eq!(decimal(18, 2).limit(), 999_999_999_999_999_999);
    }

    #[test]
    fn names_follow_the_case() {
        assert_eq!(json_name("width_mm", Case::Snake), "width_mm");
        assert_eq!(json_name("width_mm", Case::Camel), "widthMm");
    }
}
