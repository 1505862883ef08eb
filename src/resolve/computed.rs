//! `computed` of entities: values that the database reads with every row.

use super::conditions;
use super::entities::claim_relation;
use super::names;
use super::scope::Cx;
use crate::diagnostic::expr as report;
use crate::ir::{
    Bounds, Computed, Decimal, EntityId, Expr, Field, Kind, MAX_INT, Node, Scalar, Type, Write,
};
use crate::source::Span;

pub(super) fn computed(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        let ast = cx.draft(id).ast;
        for entry in ast.computed.get().into_iter().flat_map(|map| map.iter()) {
            let name = &entry.name;
            let what = format!("the computed field `{}`", name.value);
            let named =
                names::snake(cx, name, "a computed field") && claim_relation(cx, id, name, &what);
            let Some((expression, span)) = entry.value.given() else {
                continue;
            };
            let Some((value, range)) = conditions::value(cx, id, expression, span) else {
                continue;
            };
            let ty = ty(cx, id, &value, range, expression.exact.unwrap_or(span));
            if let (true, Some(ty)) = (named, ty) {
                let words = expression.text.split_whitespace().collect::<Vec<_>>();
                cx.drafts[id.0].entity.computed.push(Computed {
                    field: field(&name.value, ty, value.nullable),
                    text: words.join(" "),
                    value,
                });
            }
        }
    }
}

fn ty(cx: &mut Cx<'_>, id: EntityId, value: &Expr, range: (i64, i64), span: Span) -> Option<Type> {
    if !reads(value) {
        cx.report(report::computed_constant(span));
        return None;
    }
    let column = match &value.node {
        Node::Column(column) => Some((id, *column)),
        Node::Trail(trail) => Some((trail.entity, trail.column)),
        _ => None,
    };
    match (value.kind, column) {
        (Kind::Opaque, _) => {
            cx.report(report::computed_kind(span));
            None
        }
        (Kind::Id(target), _) => Some(Type::Scalar(cx.entity(target).identity.scalar())),
        (_, Some((entity, column))) => Some(cx.entity(entity).column_type(column)),
        (Kind::Bool, None) => Some(Type::Scalar(Scalar::Bool)),
        (Kind::Number { scale }, None) => {
            let number = number(scale, range);
            if number.is_none() {
                cx.report(report::may_overflow(scale, span));
            }
            number.map(Type::Scalar)
        }
        (kind, None) => unreachable!("BUG: {kind:?} that is no column"),
    }
}

/// Whether anything of the row has a say in it.
fn reads(value: &Expr) -> bool {
    let mut reads = false;
    value.visit(&mut |it| {
        reads |= matches!(
            it.node,
            Node::Column(_)
                | Node::Trail(_)
                | Node::Count { .. }
                | Node::Sum(_)
                | Node::Exists { .. }
        );
    });
    reads
}

/// Whole numbers are an `int` where they stay in its range, others decimals of 18 digits.
fn number(scale: u32, (least, greatest): (i64, i64)) -> Option<Scalar> {
    let bounds = |most: i64| Bounds {
        min: (least > -most).then_some(least),
        max: (greatest < most).then_some(greatest),
    };
    if scale == 0 {
        let small = least >= -MAX_INT && greatest <= MAX_INT;
        return Some(match small {
            true => Scalar::Int(bounds(MAX_INT)),
            false => Scalar::BigInt(bounds(i64::MAX)),
        });
    }
    let decimal = Decimal {
        precision: 18,
        scale,
        bounds: Bounds::NONE,
        money: false,
    };
    let most = decimal.limit();
    (least >= -most && greatest <= most).then(|| {
        Scalar::Decimal(Decimal {
            bounds: bounds(most),
            ..decimal
        })
    })
}

fn field(name: &str, ty: Type, optional: bool) -> Field {
    Field {
        name: name.to_owned(),
        description: String::new(),
        ty,
        optional,
        default: None,
        unique: false,
        write: Write::Never,
        readers: None,
        writers: None,
        trim: false,
        empty_as_null: false,
        search: false,
        derived_from: None,
        example: None,
    }
}
