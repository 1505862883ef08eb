//! Decoding of fields: the short form is written out into the keys of the long one.

use super::cx::{Cx, Decode};
use super::decode::path;
use super::node::{Kind, Node};
use crate::ast::{F, Field, ListOf, ScalarType, Type};
use crate::diagnostic::{shape, spelling};
use crate::source::Span;

impl Decode for Field {
    const WHAT: &'static str = "a type such as `string`, or a map that describes the field";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &*node.kind {
            Kind::Str(text) => short(node, text, cx),
            Kind::Map(_) => long(node, cx),
            Kind::Seq(_) => {
                cx.report(shape::list_as_field(node.span));
                None
            }
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}

fn long(node: &Node, cx: &mut Cx<'_>) -> Option<Field> {
    let field = cx.block(node)?;
    cx.exactly_one(node, Field::BLOCK.what, "what it holds", Field::SHAPES)?;
    Some(field)
}

/// `name`, `name?`, `decimal(10,2)`, `feature.Name?`.
fn short(node: &Node, text: &str, cx: &mut Cx<'_>) -> Option<Field> {
    let expression = Expression::of(text);
    let Some(r#type) = expression.named(node, text, cx) else {
        cx.report(spelling::malformed_type(text, node.span));
        return None;
    };
    let mut field = Field {
        r#type: F::Is(r#type.clone(), cx.name(node, text, expression.name).span),
        ..Field::default()
    };
    if let Some(mark) = expression.optional {
        field.optional = F::Is(true, cx.name(node, text, mark).span);
    }
    if let Some(arguments) = expression.arguments {
        let span = cx.name(node, text, arguments).span;
        let [precision, scale] =
            decimal_arguments(node, text, arguments, &r#type, cx).or_else(|| {
                cx.report(spelling::bad_arguments(expression.name, arguments, span));
                None
            })?;
        field.precision = F::Is(precision.0, precision.1);
        field.scale = F::Is(scale.0, scale.1);
    }
    Some(field)
}

/// The two numbers of a decimal; `None` for other types and other arguments.
fn decimal_arguments(
    node: &Node,
    text: &str,
    arguments: &str,
    r#type: &Type,
    cx: &Cx<'_>,
) -> Option<[(u32, Span); 2]> {
    let (precision, scale) = arguments.split_once(',')?;
    let number = |part: &str| {
        let part = part.trim();
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        let value = part.parse().ok().filter(|_| digits)?;
        Some((value, cx.name(node, text, part).span))
    };
    matches!(r#type, Type::Scalar(ScalarType::Decimal)).then_some(())?;
    Some([number(precision)?, number(scale)?])
}

/// The parts of a type as written, each a slice of the text.
struct Expression<'a> {
    name: &'a str,
    arguments: Option<&'a str>,
    optional: Option<&'a str>,
}

impl<'a> Expression<'a> {
    fn of(text: &'a str) -> Self {
        let (rest, optional) = match text.strip_suffix('?') {
            Some(rest) => (rest, Some(&text[rest.len()..])),
            None => (text, None),
        };
        match rest.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((name, arguments)) => Self {
                name,
                arguments: Some(arguments),
                optional,
            },
            None => Self {
                name: rest,
                arguments: None,
                optional,
            },
        }
    }

    fn named(&self, node: &Node, text: &str, cx: &Cx<'_>) -> Option<Type> {
        match ScalarType::from_word(self.name) {
            Some(scalar) => Some(Type::Scalar(scalar)),
            None => path(node, text, self.name, cx).map(Type::Named),
        }
    }
}

impl Decode for Type {
    const WHAT: &'static str = "a type such as `string` or `Author`";

    /// A type in the long form: what the short form adds to the name are keys here.
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.text(node, Self::WHAT)?;
        let expression = Expression::of(text);
        let Some(r#type) = expression.named(node, text, cx) else {
            cx.report(spelling::malformed_type(text, node.span));
            return None;
        };
        if expression.arguments.is_some() || expression.optional.is_some() {
            let optional = expression.optional.is_some();
            let key = cx.key();
            cx.report(spelling::arguments_in_long_form(
                key,
                text,
                expression.name,
                expression.arguments,
                optional,
                node.span,
            ));
            return None;
        }
        Some(r#type)
    }
}

impl Decode for ListOf {
    const WHAT: &'static str = "a type such as `string`, or a map of fields";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match *node.kind {
            Kind::Str(_) => Type::decode(node, cx).map(Self::Type),
            Kind::Map(_) => Decode::decode(node, cx).map(Self::Object),
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}
