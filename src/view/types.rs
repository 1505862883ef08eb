//! Rust types of the spec's types, and the words that the rest of a file needs for them.

use super::imports::Imports;
use super::naming::{ident, pascal};
use super::text;
use crate::ir::{
    EntityId, EnumId, FeatureId, Field, Identity, Literal, ObjectId, Scalar, Service, Type,
};

/// `crate::features::catalog::model`, or the face of the feature for its neighbours.
pub fn model_path(service: &Service, of: FeatureId, from: FeatureId) -> String {
    let feature = ident(&service[of].name);
    if of == from {
        format!("crate::features::{feature}::model")
    } else {
        format!("crate::features::{feature}")
    }
}

/// The row type of an entity, imported.
pub fn entity(service: &Service, id: EntityId, from: FeatureId, imports: &mut Imports) -> String {
    let entity = &service[id];
    imports.name(&format!(
        "{}::{}",
        model_path(service, entity.feature, from),
        entity.name
    ))
}

/// The type of what callers see of an entity that some see in part, imported.
pub fn visible(service: &Service, id: EntityId, from: FeatureId, imports: &mut Imports) -> String {
    let entity = &service[id];
    imports.name(&format!(
        "{}::Visible{}",
        model_path(service, entity.feature, from),
        entity.name
    ))
}

/// The id type of an entity, imported.
pub fn entity_id(
    service: &Service,
    id: EntityId,
    from: FeatureId,
    imports: &mut Imports,
) -> String {
    let entity = &service[id];
    imports.name(&format!(
        "{}::{}Id",
        model_path(service, entity.feature, from),
        entity.name
    ))
}

pub fn enumeration(
    service: &Service,
    id: EnumId,
    from: FeatureId,
    imports: &mut Imports,
) -> String {
    let found = &service[id];
    imports.name(&format!(
        "{}::{}",
        model_path(service, found.feature, from),
        pascal(&found.name)
    ))
}

pub fn object(service: &Service, id: ObjectId, from: FeatureId, imports: &mut Imports) -> String {
    let found = &service[id];
    let name = pascal(&found.name);
    if found.named {
        imports.name(&format!(
            "{}::{name}",
            model_path(service, found.feature, from)
        ))
    } else {
        name
    }
}

/// The Rust type of a value that is not null.
pub fn plain(service: &Service, ty: &Type, from: FeatureId, imports: &mut Imports) -> String {
    match ty {
        Type::Scalar(scalar) => scalar_type(scalar, imports),
        Type::Enum(id) => enumeration(service, *id, from, imports),
        Type::Object(id) => object(service, *id, from, imports),
        Type::List(list) => format!("Vec<{}>", plain(service, &list.item, from, imports)),
        Type::Reference(reference) => entity_id(service, reference.target, from, imports),
        Type::Entity(id) => entity(service, *id, from, imports),
    }
}

/// The Rust type of a field, `Option` where it may be null.
pub fn of_field(
    service: &Service,
    field: &Field,
    from: FeatureId,
    imports: &mut Imports,
) -> String {
    let plain = plain(service, &field.ty, from, imports);
    if field.optional {
        format!("Option<{plain}>")
    } else {
        plain
    }
}

pub fn scalar_type(scalar: &Scalar, imports: &mut Imports) -> String {
    match scalar {
        Scalar::Text(_) | Scalar::Email | Scalar::Url | Scalar::Slug => "String".into(),
        Scalar::Int(_) => "i64".into(),
        Scalar::BigInt(_) => imports.name("kernel::types::BigInt"),
        Scalar::Float(_) => "f64".into(),
        Scalar::Decimal(decimal) => {
            format!(
                "{}<{}>",
                imports.name("kernel::types::Decimal"),
                decimal.scale
            )
        }
        Scalar::Bool => "bool".into(),
        Scalar::Uuid => imports.name("kernel::types::Uuid"),
        Scalar::Date => imports.name("kernel::types::Date"),
        Scalar::Time => imports.name("kernel::types::Time"),
        Scalar::Timestamp => imports.name("kernel::types::Timestamp"),
        Scalar::Duration => imports.name("kernel::types::Duration"),
        Scalar::Json => imports.name("kernel::types::Json"),
        Scalar::Bytes { .. } => imports.name("kernel::types::Bytes"),
    }
}

/// `Id` or `Serial`.
pub fn identity_type(identity: Identity, imports: &mut Imports) -> String {
    match identity {
        Identity::Uuid => imports.name("kernel::types::Id"),
        Identity::Int => imports.name("kernel::types::Serial"),
    }
}

/// Whether a value is passed by copy.
pub fn is_copy(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => !matches!(
            scalar,
            Scalar::Text(_)
                | Scalar::Email
                | Scalar::Url
                | Scalar::Slug
                | Scalar::Json
                | Scalar::Bytes { .. }
        ),
        Type::Enum(_) | Type::Reference(_) => true,
        Type::Object(_) | Type::List(_) | Type::Entity(_) => false,
    }
}

/// Whether a value has its own JSON column.
pub fn is_json_column(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Object(_) | Type::List(_) | Type::Scalar(Scalar::Json)
    )
}

/// A constant of the spec as a Rust expression of the type (not wrapped in `Some`).
pub fn literal(
    service: &Service,
    literal: &Literal,
    ty: &Type,
    from: FeatureId,
    imports: &mut Imports,
) -> String {
    match (literal, ty) {
        (Literal::Null, _) => "None".into(),
        (Literal::Bool(value), _) => value.to_string(),
        (Literal::Int(value), Type::Scalar(Scalar::Float(_))) => format!("{value}.0"),
        (Literal::Int(value), Type::Scalar(Scalar::BigInt(_))) => {
            format!("{}({value})", imports.name("kernel::types::BigInt"))
        }
        (Literal::Int(value), Type::Scalar(Scalar::Decimal(_))) => {
            parsed(&value.to_string(), ty, imports)
        }
        (Literal::Int(value), _) => value.to_string(),
        (Literal::Float(value), _) => format!("{value:?}"),
        (Literal::Word(word), Type::Enum(id)) => {
            format!(
                "{}::{}",
                enumeration(service, *id, from, imports),
                pascal(word)
            )
        }
        (Literal::Word(word) | Literal::Text(word), _) if is_text(ty) => {
            format!("{}.to_owned()", text::string(word))
        }
        (Literal::Word(word) | Literal::Text(word), _) => parsed(word, ty, imports),
        (Literal::Now, _) => now("ctx.now()", ty, imports),
        (Literal::List(items), Type::List(list)) => {
            let items = items
                .iter()
                .map(|it| self::literal(service, it, &list.item, from, imports));
            format!("vec![{}]", items.collect::<Vec<_>>().join(", "))
        }
        (Literal::List(_), _) => "Vec::new()".into(),
        (Literal::Json(value), _) => {
            imports.all(&["serde_json::json"]);
            format!("json!({value})")
        }
    }
}

/// A `Timestamp` as a value of the type: itself, or its day.
pub fn now(time: &str, ty: &Type, imports: &mut Imports) -> String {
    match ty {
        Type::Scalar(Scalar::Date) => {
            format!("{}::from({time})", imports.name("kernel::types::Date"))
        }
        _ => time.to_owned(),
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Scalar(Scalar::Text(_) | Scalar::Email | Scalar::Url | Scalar::Slug)
    )
}

/// Scalars without a literal of their own are read from their text; `resolve` proved that it can be.
fn parsed(value: &str, ty: &Type, imports: &mut Imports) -> String {
    let Type::Scalar(scalar) = ty else {
        return "Default::default()".into();
    };
    imports.all(&["kernel::types::Scalar"]);
    let plain = scalar_type(scalar, imports).replace('<', "::<");
    format!(
        "{plain}::parse({}).expect(\"BUG: a default of the spec\")",
        text::string(value)
    )
}
