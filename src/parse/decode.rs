//! Decoding of words, numbers, names, lists, and of the blocks without a short form.

use super::cx::{Cx, Decode};
use super::node::{Kind, Node};
use crate::ast::{
    ActorSource, Api, Auth, ColumnSet, Conditional, Entity, ErrorDecl, Expression, Feature,
    Literal, Many, Map, Name, Number, Page, Path, Project, Telemetry, Tenancy, Versioned, WithPart,
};
use crate::diagnostic::{shape, spelling};

macro_rules! blocks_without_short_form {
    ($($block:ident)*) => {$(
        impl Decode for $block {
            const WHAT: &'static str = $block::BLOCK.what;

            fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
                cx.block(node)
            }
        }
    )*};
}

blocks_without_short_form! { Project Api Auth ActorSource Conditional Telemetry Tenancy Feature ErrorDecl Entity Page WithPart }

impl Decode for String {
    const WHAT: &'static str = "text";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        cx.text(node, Self::WHAT).map(str::to_owned)
    }
}

impl Decode for bool {
    const WHAT: &'static str = "`true` or `false`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match *node.kind {
            Kind::Bool(value) => Some(value),
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}

macro_rules! whole_numbers {
    ($($type:ident)*) => {$(
        impl Decode for $type {
            const WHAT: &'static str = "a whole number";

            fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
                cx.whole_number(node, Self::WHAT, $type::MAX)
            }
        }
    )*};
}

whole_numbers! { u16 u32 }

impl Decode for Expression {
    const WHAT: &'static str = "an expression, such as `price > 0`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.text(node, Self::WHAT)?;
        Some(Self {
            text: text.to_owned(),
            exact: cx.verbatim(node, text),
        })
    }
}

impl Decode for Name {
    const WHAT: &'static str = "a name";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.text(node, Self::WHAT)?;
        Some(cx.name(node, text, text))
    }
}

impl Decode for Path {
    const WHAT: &'static str = "a name such as `Book` or `accounts.User`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = cx.text(node, Self::WHAT)?;
        let path = path(node, text, text, cx);
        if path.is_none() {
            cx.report(spelling::malformed_path(text, node.span));
        }
        path
    }
}

/// `part`, a slice of the node's `text`, as `name` or `feature.name`.
pub(super) fn path(node: &Node, text: &str, part: &str, cx: &Cx<'_>) -> Option<Path> {
    let (feature, name) = match part.split_once('.') {
        Some((feature, name)) => (Some(feature), name),
        None => (None, part),
    };
    if !is_word(name) || !feature.is_none_or(is_word) {
        return None;
    }
    Some(Path {
        feature: feature.map(|feature| cx.name(node, text, feature)),
        name: cx.name(node, text, name),
    })
}

/// Whether the text may be looked up at all; which names are allowed is judged where they are declared.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_')
}

impl Decode for Vec<Name> {
    const WHAT: &'static str = "a list of names";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let names = cx.list::<Name>(node, Self::WHAT)?;
        Some(names.into_iter().map(|name| name.value).collect())
    }
}

impl Decode for Vec<Path> {
    const WHAT: &'static str = "a list of names";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let paths = cx.list::<Path>(node, Self::WHAT)?;
        Some(paths.into_iter().map(|path| path.value).collect())
    }
}

impl Decode for Vec<ColumnSet> {
    const WHAT: &'static str = "a list of lists of fields, such as `[[author, title]]`";

    /// `[a]` is short for `[[a]]`; `[a, b]` could mean one constraint or two, so it is asked.
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let Kind::Seq(items) = &*node.kind else {
            return cx.mismatch(node, Self::WHAT);
        };
        let flat: Vec<&str> = items
            .iter()
            .filter_map(|item| match &*item.kind {
                Kind::Str(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        if flat.len() > 1 {
            cx.report(shape::flat_column_list(&flat, node.span));
            return None;
        }
        let sets: Vec<Option<ColumnSet>> = items.iter().map(|item| column_set(item, cx)).collect();
        sets.into_iter().collect()
    }
}

fn column_set(node: &Node, cx: &mut Cx<'_>) -> Option<ColumnSet> {
    if let Kind::Str(_) = *node.kind {
        return Some(vec![Name::decode(node, cx)?]);
    }
    let names = Vec::<Name>::decode(node, cx)?;
    if names.is_empty() {
        cx.report(shape::empty_list("a list of fields", node.span));
        return None;
    }
    Some(names)
}

impl<T: Decode> Decode for Map<T> {
    const WHAT: &'static str = "a map of fields";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        cx.map(node, &format!("a map of names, each with {}", T::WHAT))
    }
}

impl Decode for Literal {
    const WHAT: &'static str = "a value";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        Some(match &*node.kind {
            Kind::Bool(value) => Self::Bool(*value),
            Kind::Num(text) => Self::Number(Number(text.clone())),
            Kind::Str(text) => Self::Text(text.clone()),
            Kind::Seq(_) => Self::List(cx.list(node, Self::WHAT)?),
            Kind::Map(entries) => {
                let mut pairs = Vec::with_capacity(entries.len());
                for entry in entries {
                    cx.owner = entry.key.span;
                    pairs.push((entry.key.clone(), cx.spanned(&entry.value)?));
                }
                Self::Object(pairs)
            }
            Kind::Bad | Kind::Null => return cx.mismatch(node, Self::WHAT),
        })
    }
}

impl Decode for Versioned {
    const WHAT: &'static str = "`true`, `false` or `required`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &*node.kind {
            Kind::Bool(true) => Some(Self::Yes),
            Kind::Bool(false) => Some(Self::No),
            Kind::Str(text) if text == "required" => Some(Self::Required),
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}

impl Decode for Many {
    const WHAT: &'static str = Many::BLOCK.what;

    /// `tags: Tag` is short for `tags: { entity: Tag }`.
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match *node.kind {
            Kind::Str(_) => Some(Self {
                entity: Decode::field(node, cx),
                ..Self::default()
            }),
            _ => cx.block(node),
        }
    }
}
