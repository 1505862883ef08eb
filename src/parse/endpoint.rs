//! Decoding of endpoints.

use super::cx::{Cx, Decode};
use super::decode::is_word;
use super::node::{Kind, Node};
use crate::ast::{
    Endpoint, F, FieldPath, Filter, Map, Name, Output, Path, Target, UrlPath, With, WithPart,
};
use crate::diagnostic::spelling;

impl Decode for Endpoint {
    const WHAT: &'static str = Endpoint::BLOCK.what;

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let endpoint = cx.block(node)?;
        cx.exactly_one(node, Self::WHAT, "what it does", Self::OPERATIONS)?;
        Some(endpoint)
    }
}

impl Decode for UrlPath {
    const WHAT: &'static str = "a path such as `/books/{slug}/restock`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.text(node, Self::WHAT)?;
        if text.starts_with('/') {
            return Some(Self(text.to_owned()));
        }
        cx.report(spelling::path_without_slash(text, node.span));
        None
    }
}

impl Decode for Target {
    const WHAT: &'static str = "an entity such as `Book`, or a path such as `/reports/stock`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.text(node, Self::WHAT)?;
        if text.starts_with('/') {
            return UrlPath::decode(node, cx).map(Self::Url);
        }
        Path::decode(node, cx).map(Self::Entity)
    }
}

impl Decode for Output {
    const WHAT: &'static str = "the name of an entity, or a map of fields";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match *node.kind {
            Kind::Str(_) => Path::decode(node, cx).map(Self::Named),
            Kind::Map(_) => Decode::decode(node, cx).map(Self::Object),
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}

impl Decode for Filter {
    const WHAT: &'static str =
        "a list of fields such as `[format]`, or a map such as `{ by: author.name }`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &*node.kind {
            Kind::Seq(_) => {
                let names = Vec::<Name>::decode(node, cx)?;
                let pairs: Vec<_> = names.into_iter().map(|name| same_name(name, cx)).collect();
                pairs.into_iter().collect::<Option<_>>().map(Self)
            }
            Kind::Map(_) => {
                let map: Map<FieldPathValue> = cx.map(node, Self::WHAT)?;
                let pairs = map.0.into_iter().map(|entry| match entry.value {
                    F::Is(path, _) => Some((entry.name, path.0)),
                    F::Absent | F::Bad(_) => None,
                });
                pairs.collect::<Option<_>>().map(Self)
            }
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}

impl Decode for With {
    const WHAT: &'static str =
        "a list of relations such as `[lines]`, or a map such as `{ lines: { max_items: 50 } }`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &*node.kind {
            Kind::Seq(_) => {
                let names = Vec::<Name>::decode(node, cx)?.into_iter();
                Some(Self(
                    names.map(|name| (name, WithPart::default())).collect(),
                ))
            }
            Kind::Map(_) => {
                let map: Map<WithPart> = cx.map(node, Self::WHAT)?;
                let parts = map.0.into_iter().map(|entry| match entry.value {
                    F::Is(part, _) => Some((entry.name, part)),
                    F::Absent | F::Bad(_) => None,
                });
                parts.collect::<Option<_>>().map(Self)
            }
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}

/// A filter of the short form, where parameter and field have one name.
fn same_name(name: Name, cx: &mut Cx<'_>) -> Option<(Name, FieldPath)> {
    if is_word(&name) {
        return Some((name.clone(), vec![name]));
    }
    cx.report(spelling::filter_needs_name(&name, name.span));
    None
}

/// `author.name`: the dots lead along relations.
struct FieldPathValue(FieldPath);

impl Decode for FieldPathValue {
    const WHAT: &'static str = "a field such as `price` or `author.name`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.text(node, Self::WHAT)?;
        if !text.split('.').all(is_word) {
            cx.report(spelling::malformed_path(text, node.span));
            return None;
        }
        Some(Self(
            text.split('.')
                .map(|part| cx.name(node, text, part))
                .collect(),
        ))
    }
}
