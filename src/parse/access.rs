//! Decoding of access rules, and of what tenants are known by.

use super::cx::{Cx, Decode};
use super::decode::is_word;
use super::node::{Kind, Node};
use crate::ast::{
    Access, Conditional, Crud, Expression, Grant, Spanned, TenantFrom, Write, WriteRule,
};
use crate::diagnostic::{shape, support};
use crate::source::Span;

impl Decode for Crud {
    const WHAT: &'static str = Crud::BLOCK.what;

    /// `Book: public` is short for `Book: { read: public, write: public }`.
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match *node.kind {
            Kind::Map(_) => cx.block(node),
            _ => {
                let access = Access::field(node, cx);
                Some(Self {
                    read: access.clone(),
                    write: access,
                })
            }
        }
    }
}

impl Decode for Access {
    const WHAT: &'static str = "an access rule, such as `public`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let grants = match &*node.kind {
            Kind::Seq(items) if items.is_empty() => {
                cx.report(shape::empty_list("a list of access rules", node.span));
                return None;
            }
            Kind::Seq(_) => cx.list::<Grant>(node, Self::WHAT)?,
            _ => vec![cx.spanned(node)?],
        };
        Some(Self {
            grants: grants
                .into_iter()
                .map(|Spanned { value, span }| (value, span))
                .collect(),
        })
    }
}

impl Decode for Write {
    const WHAT: &'static str = "a write rule, such as `never` or `admin`";

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &*node.kind {
            Kind::Str(text) if WriteRule::from_word(text).is_some() || !is_rule(text) => {
                WriteRule::decode(node, cx).map(Self::When)
            }
            _ => Access::decode(node, cx).map(Self::By),
        }
    }
}

/// Whether a text has the form of a rule about callers.
fn is_rule(text: &str) -> bool {
    is_word(text) || text.starts_with("member of ")
}

impl Decode for TenantFrom {
    const WHAT: &'static str = TenantFrom::BLOCK.what;

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let from = cx.block(node)?;
        let purpose = "where a request names its tenant";
        cx.exactly_one(node, Self::WHAT, purpose, Self::SOURCES)?;
        Some(from)
    }
}

impl Decode for Grant {
    const WHAT: &'static str = Access::WHAT;

    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match &*node.kind {
            Kind::Map(_) => {
                let rule = cx.block::<Conditional>(node)?;
                cx.exactly_one(
                    node,
                    Conditional::WHAT,
                    "whom it grants",
                    Conditional::KINDS,
                )?;
                let when = rule.when.get().cloned().map(Self::When);
                when.or_else(|| rule.member.get().cloned().map(Self::Member))
            }
            Kind::Str(text) => match text.as_str() {
                "public" => Some(Self::Public),
                "authenticated" => Some(Self::Authenticated),
                "owner" => Some(Self::Owner),
                role if is_word(role) => Some(Self::Role(role.to_owned())),
                rule if rule.starts_with("member of ") => {
                    let way = rule["member of ".len()..].trim_start();
                    Some(Self::Member(Expression {
                        text: way.to_owned(),
                        exact: cx.verbatim(node, rule).map(|whole| {
                            let end = whole.range().end;
                            Span::new(whole.file, end - way.len()..end)
                        }),
                    }))
                }
                rule => {
                    cx.report(support::access_rule(rule, node.span));
                    None
                }
            },
            _ => cx.mismatch(node, Self::WHAT),
        }
    }
}
