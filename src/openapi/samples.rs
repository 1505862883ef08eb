//! Values that a spec accepts: for the examples of the document, and for tests.

use crate::ir::{
    Bounds, Column, Entity, Field, Literal, MAX_INT, Object, Scalar, Service, Text, Type,
};
use serde_json::{Map, Value, json};

/// A valid value of a field as JSON carries it; `None` where a pattern and bounds leave none that is found.
pub fn sample(service: &Service, field: &Field) -> Option<Value> {
    let given = field.example.as_ref().and_then(|it| literal(it, &field.ty));
    given.or_else(|| of_type(service, &field.ty))
}

/// A constant of the spec as JSON carries it; `None` for one that is known only at run time.
pub fn literal(literal: &Literal, ty: &Type) -> Option<Value> {
    Some(match (literal, ty) {
        (Literal::Now, _) => return None,
        (Literal::Null, _) => Value::Null,
        (Literal::Bool(value), _) => json!(value),
        (Literal::Int(value), Type::Scalar(Scalar::Decimal(_) | Scalar::BigInt(_))) => {
            json!(value.to_string())
        }
        (Literal::Int(value), _) => json!(value),
        (Literal::Float(value), _) => json!(value),
        (Literal::Text(text) | Literal::Word(text), _) => json!(text),
        (Literal::List(items), Type::List(list)) => {
            let items: Option<Vec<_>> = items
                .iter()
                .map(|item| self::literal(item, &list.item))
                .collect();
            Value::Array(items?)
        }
        (Literal::List(_), _) => return None,
        (Literal::Json(value), _) => value.clone(),
    })
}

/// A valid value of a type.
pub fn of_type(service: &Service, ty: &Type) -> Option<Value> {
    match ty {
        Type::Scalar(scalar) => of_scalar(scalar),
        Type::Enum(id) => service[*id].values.first().map(|value| json!(value.word)),
        Type::Object(id) => of_object(service, &service[*id]),
        Type::List(list) => {
            let count = list.min_items.max(1).min(list.max_items);
            let item = of_type(service, &list.item)?;
            Some(Value::Array(vec![item; usize::try_from(count).ok()?]))
        }
        Type::Reference(it) => of_scalar(&it.scalar(service)),
        Type::Entity(id) => of_entity(service, &service[*id]),
    }
}

/// An object with every field.
pub fn of_fields<'f>(
    service: &Service,
    fields: impl IntoIterator<Item = &'f Field>,
) -> Option<Map<String, Value>> {
    fields
        .into_iter()
        .map(|field| {
            let name = service.api.json_name(&field.column_name());
            Some((name, sample(service, field)?))
        })
        .collect()
}

fn of_object(service: &Service, object: &Object) -> Option<Value> {
    of_fields(service, &object.fields).map(Value::Object)
}

fn of_entity(service: &Service, entity: &Entity) -> Option<Value> {
    let members = entity.columns().into_iter().map(|column| {
        let name = service.api.json_name(&entity.column_name(column));
        let value = match column {
            Column::Field(index) => sample(service, &entity.fields[index])?,
            _ => of_type(service, &entity.column_type(column))?,
        };
        Some((name, value))
    });
    let computed = entity.computed.iter().map(|it| {
        let name = service.api.json_name(&it.field.name);
        Some((name, sample(service, &it.field)?))
    });
    let members: Option<Map<_, _>> = members.chain(computed).collect();
    members.map(Value::Object)
}

fn of_scalar(scalar: &Scalar) -> Option<Value> {
    Some(match scalar {
        Scalar::Text(bounds) => json!(text(bounds)?),
        Scalar::Email => json!("ada@example.org"),
        Scalar::Url => json!("https://example.org/"),
        Scalar::Slug => json!("an-example"),
        Scalar::Int(bounds) => json!(near(1, bounds.within(MAX_INT))),
        Scalar::BigInt(bounds) => json!(near(1, within_i64(*bounds)).to_string()),
        Scalar::Float(bounds) => {
            let low = bounds.min.map_or(0.5, |min| min.max(0.5));
            json!(bounds.max.map_or(low, |max| low.min(max)))
        }
        Scalar::Decimal(decimal) => {
            let wanted = 10_i64.pow(decimal.scale).saturating_mul(12);
            json!(decimal.text(near(wanted, decimal.range())))
        }
        Scalar::Bool => json!(true),
        Scalar::Uuid => json!("019a9f3c-5b2e-7c41-8f6d-0a1b2c3d4e5f"),
        Scalar::Date => json!("2026-11-20"),
        Scalar::Time => json!("08:30:00"),
        Scalar::Timestamp => json!("2026-11-20T08:30:00Z"),
        Scalar::Duration => json!("PT1H30M"),
        Scalar::Json => json!({"key": "value"}),
        Scalar::Bytes { max } => json!(if *max < 5 { "" } else { "aGVsbG8=" }),
    })
}

fn within_i64(bounds: Bounds<i64>) -> (i64, i64) {
    (
        bounds.min.unwrap_or(i64::MIN),
        bounds.max.unwrap_or(i64::MAX),
    )
}

fn near(wanted: i64, (min, max): (i64, i64)) -> i64 {
    wanted.max(min).min(max)
}

/// A text of its pattern, or else one that fits.
fn text(bounds: &Text) -> Option<String> {
    const WORDS: &str = "Some text";
    let (min, max) = (
        usize::try_from(bounds.min).ok()?,
        usize::try_from(bounds.max).ok()?,
    );
    if bounds.pattern.is_some() {
        return bounds.samples().into_iter().next();
    }
    let text: String = WORDS.chars().take(max).collect();
    let missing = min.saturating_sub(text.len());
    Some(text + &"x".repeat(missing))
}
