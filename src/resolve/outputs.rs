//! What commands and free-form endpoints answer with.

use heck::ToUpperCamelCase;

use super::fields::{self, Owner, Place};
use super::names::claim_type;
use super::objects;
use super::scope::{Cx, SymbolKind};
use super::types;
use crate::ast::{self, F, Name, Path};
use crate::diagnostic::{names as name_report, types as report};
use crate::ir::{FeatureId, Output};

/// `None` where it is wrong, which has been reported.
pub(super) fn output<'a>(
    cx: &mut Cx<'a>,
    feature: FeatureId,
    name: &'a Name,
    ast: &'a ast::Endpoint,
) -> Option<Output> {
    match &ast.output {
        F::Absent => Some(Output::Empty),
        F::Bad(_) => None,
        F::Is(ast::Output::Object(map), _) if map.0.is_empty() => Some(Output::Empty),
        F::Is(ast::Output::Object(map), _) => {
            let prefix = name.value.to_upper_camel_case();
            let type_name = format!("{prefix}Output");
            let words = format!("the output of `{}`", name.value);
            let claimed = claim_type(cx, feature, &type_name, &words, name.span);
            let owner = Owner {
                feature,
                place: Place::Output,
                prefix: &prefix,
                nested: false,
                words,
            };
            let fields = fields::plain(cx, &owner, map);
            claimed.then(|| Output::Object(objects::push(cx, feature, &type_name, fields, false)))
        }
        F::Is(ast::Output::Named(path), _) => named_output(cx, feature, path),
    }
}

fn named_output(cx: &mut Cx<'_>, feature: FeatureId, path: &Path) -> Option<Output> {
    let (of, symbol) = cx.symbol(feature, path, false)?;
    let name = path.name.value.as_str();
    match symbol.kind {
        SymbolKind::Bad => None,
        SymbolKind::Entity(id) => types::own_entity(cx, feature, id, "the output", path.span())
            .then_some(Output::Entity(id)),
        SymbolKind::Enum(..) => {
            let help = "put it into a field: `output: { value: TheEnum }`";
            cx.report(report::not_allowed_here(
                "an enum by itself",
                "an output",
                help,
                path.span(),
            ));
            None
        }
        SymbolKind::Object(..) if of != feature => {
            let diagnostic =
                name_report::foreign("a value object", name, cx.scope(of).name, path.span());
            cx.report(diagnostic);
            None
        }
        SymbolKind::Object(fields, made) => {
            objects::object(cx, of, name, fields, made, path.span()).map(Output::Object)
        }
    }
}
