//! Lists what every feature declares, before anything is looked up.

use std::collections::BTreeMap;

use heck::ToSnakeCase;

use super::names::{self, Taken, claim_type};
use super::plural::plural;
use super::scope::{Cx, Draft, ErrorSymbol, Made, Symbol, SymbolKind, text};
use crate::ast::{self, Entry, Name};
use crate::diagnostic::{endpoints, names as report};
use crate::ir::{self, EntityId, FeatureId};
use crate::source::Span;

pub(super) fn declare(cx: &mut Cx<'_>) {
    for id in cx.feature_ids() {
        let feature = &cx.spec.features[id.0];
        let name = Name {
            value: feature.name.clone(),
            span: Span::new(feature.file, 0..0),
        };
        names::folder(cx, &name, "a feature");
        uses(cx, id);
        types(cx, id);
        errors(cx, id);
    }
}

fn uses(cx: &mut Cx<'_>, id: FeatureId) {
    let mut seen: BTreeMap<FeatureId, Span> = BTreeMap::new();
    for name in cx.scope(id).body.uses.get().into_iter().flatten() {
        let Some(used) = cx.feature(name) else {
            continue;
        };
        if used == id {
            cx.report(report::uses_itself(&name.value, name.span));
        } else if let Some(first) = seen.insert(used, name.span) {
            cx.report(report::listed_twice(&name.value, "uses", name.span, first));
        }
    }
    cx.scopes[id.0].uses = seen.into_keys().filter(|used| *used != id).collect();
}

/// Entities first: a clash of names is the fault of what stands beside them.
fn types(cx: &mut Cx<'_>, id: FeatureId) {
    let body = cx.scope(id).body;
    for entry in body.entities.get().into_iter().flat_map(|map| map.iter()) {
        let good = declare_type(cx, id, &entry.name, "an entity", "the entity");
        let kind = match entry.value.get() {
            Some(ast) if good => SymbolKind::Entity(entity(cx, id, &entry.name, ast)),
            _ => SymbolKind::Bad,
        };
        insert(cx, id, entry, kind);
    }
    for entry in body.enums.get().into_iter().flat_map(|map| map.iter()) {
        let good = declare_type(cx, id, &entry.name, "an enum", "the enum");
        let kind = match entry.value.get() {
            Some(values) if good => SymbolKind::Enum(values, None),
            _ => SymbolKind::Bad,
        };
        insert(cx, id, entry, kind);
    }
    for entry in body.types.get().into_iter().flat_map(|map| map.iter()) {
        let good = declare_type(cx, id, &entry.name, "a value object", "the value object");
        let kind = match entry.value.get() {
            Some(fields) if good => SymbolKind::Object(fields, Made::NotYet),
            _ => SymbolKind::Bad,
        };
        insert(cx, id, entry, kind);
    }
}

fn declare_type(
    cx: &mut Cx<'_>,
    id: FeatureId,
    name: &Name,
    what: &'static str,
    the: &str,
) -> bool {
    // A bad name still stands for what it names, so that uses of it are not reported as well.
    let phrase = format!("{the} `{}`", name.value);
    !names::pascal(cx, name, what) || claim_type(cx, id, &name.value, &phrase, name.span)
}

fn insert<'a, T>(cx: &mut Cx<'a>, id: FeatureId, entry: &'a Entry<T>, kind: SymbolKind<'a>) {
    let symbol = Symbol {
        span: entry.name.span,
        kind,
    };
    cx.scopes[id.0]
        .symbols
        .entry(entry.name.value.as_str())
        .or_insert(symbol);
}

fn entity<'a>(
    cx: &mut Cx<'a>,
    feature: FeatureId,
    name: &'a Name,
    ast: &'a ast::Entity,
) -> EntityId {
    // `BookId` and `BookView` are made beside `Book`.
    for suffix in ["Id", "View"] {
        let what = format!("the `{suffix}` type of the entity `{}`", name.value);
        claim_type(
            cx,
            feature,
            &format!("{}{suffix}", name.value),
            &what,
            name.span,
        );
    }
    // What a caller sees of a row, where fields say who reads them.
    let mut fields = ast.fields.get().into_iter().flat_map(|map| map.good());
    if fields.any(|(_, field)| !field.read.is_absent()) {
        let what = format!("the `Visible` type of the entity `{}`", name.value);
        for suffix in ["", "View"] {
            let taken = format!("Visible{}{suffix}", name.value);
            claim_type(cx, feature, &taken, &what, name.span);
        }
    }
    let mut table = plural(&name.value.to_snake_case());
    if let Some(given) = ast.plural.get()
        && names::snake(cx, given, "a plural")
    {
        table.clone_from(&given.value);
    }
    let entity = ir::Entity {
        feature,
        name: name.value.clone(),
        plural: table,
        description: text(&ast.description),
        key: ir::Key::Id,
        identity: match ast.id.get() {
            Some(ast::IdKind::Int) => ir::Identity::Int,
            Some(ast::IdKind::Uuid) | None => ir::Identity::Uuid,
        },
        timestamps: ast.timestamps.get().copied().unwrap_or(true),
        versioning: match ast.versioned.get() {
            Some(ast::Versioned::No) => ir::Versioning::None,
            Some(ast::Versioned::Required) => ir::Versioning::Required,
            Some(ast::Versioned::Yes) | None => ir::Versioning::Optional,
        },
        owner: None,
        sight: None,
        tenant: None,
        fields: Vec::new(),
        many: Vec::new(),
        uniques: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        computed: Vec::new(),
        transitions: Vec::new(),
        referenced_by: Vec::new(),
    };
    let members = BTreeMap::new();
    cx.drafts.push(Draft {
        name,
        ast,
        entity,
        members,
        taken: Taken::default(),
        spans: Vec::new(),
    });
    EntityId(cx.drafts.len() - 1)
}

fn errors(cx: &mut Cx<'_>, id: FeatureId) {
    let mut codes: BTreeMap<String, Span> = BTreeMap::new();
    for entry in cx
        .scope(id)
        .body
        .errors
        .get()
        .into_iter()
        .flat_map(|map| map.iter())
    {
        let name = &entry.name;
        let mut good = names::pascal(cx, name, "an error");
        let code = name.value.to_snake_case();
        if good && super::reserved::is_problem(&code) {
            cx.report(endpoints::error_name(
                &name.value,
                "the service has an answer of this name itself",
                name.span,
            ));
            good = false;
        }
        if let Some(first) = codes.insert(code.clone(), name.span).filter(|_| good) {
            let what = format!("the error `{}`", name.value);
            cx.report(report::type_taken(
                &what,
                &name.value,
                name.span,
                &format!("another with the code `{code}`"),
                first,
            ));
        }
        let symbol = ErrorSymbol {
            name,
            decl: entry.value.get().filter(|_| good),
            made: None,
        };
        cx.scopes[id.0]
            .errors
            .entry(name.value.as_str())
            .or_insert(symbol);
    }
}
