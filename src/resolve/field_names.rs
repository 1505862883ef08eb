//! What entities do with their own fields that not everyone may read: names of rows, and computed fields.

use super::field_uses::Places;
use crate::diagnostic::{Diagnostic, field_rules as report};
use crate::ir::{Column, Entity, EntityId, Key, Link};
use crate::source::Span;

/// Fields that name rows, for everyone.
pub(super) fn names(places: &Places<'_>, id: EntityId, entity: &Entity) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut closed = |of: EntityId, field: usize, writes: bool, at: &str, span: Option<Span>| {
        let it = &places.service[of].fields[field];
        let read = it.readers.as_ref().and(places.readers(of, field));
        let write = it.writers.as_ref().and(places.writers(of, field));
        let rule = read.or(write.filter(|_| writes));
        if let Some(rule) = rule {
            let (at_span, label) = span.map_or((rule, None), |span| (span, Some(rule)));
            found.push(report::names_rows(&it.name, at, at_span, label));
        }
    };
    if let Key::Field(field) = entity.key {
        closed(id, field, false, "URLs", None);
    }
    for many in &entity.many {
        if let Link::Plain {
            by: Column::Field(field),
            create,
        } = many.link
        {
            let at = format!("`{}` of `{}`", many.name, entity.name);
            let ast = places.entity(id).and_then(|it| it.many.get());
            let mut all = ast.into_iter().flat_map(|map| map.iter());
            let span = all.find(|it| it.name.value == many.name);
            closed(many.target, field, create, &at, span.map(|it| it.name.span));
        }
    }
    found
}

/// A slug tells what it is made from.
pub(super) fn slugs(places: &Places<'_>, id: EntityId, entity: &Entity) -> Vec<Diagnostic> {
    let fields = entity.fields.iter().enumerate();
    let told = fields.filter_map(|(index, slug)| {
        let source = slug.derived_from?;
        let readers = entity.fields[source].readers.as_ref()?;
        let covered = slug
            .readers
            .as_ref()
            .is_some_and(|it| readers.covers(it, true));
        let span = places.field(id, index)?.from.span()?;
        let how = format!("the slug `{}`", slug.name);
        let name = &entity.fields[source].name;
        let rule = places.readers(id, source);
        (!covered).then(|| report::would_tell(&how, name, span, rule))
    });
    told.collect()
}

/// What is computed is for everyone who sees the row.
pub(super) fn computed(places: &Places<'_>, id: EntityId, entity: &Entity) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for computed in &entity.computed {
        let read = computed.value.fields_read(places.service, id);
        let restricted = read.into_iter().find(|(entity, field)| {
            let field = &places.service[*entity].fields[*field];
            field.readers.is_some()
        });
        let Some((of, field)) = restricted else {
            continue;
        };
        let ast = places.entity(id).and_then(|it| it.computed.get());
        let mut all = ast.into_iter().flat_map(|map| map.iter());
        let entry = all.find(|it| it.name.value == computed.field.name);
        let span = entry.map(|it| it.name.span).or(places.readers(of, field));
        let Some(span) = span else { continue };
        let how = format!("the computed field `{}`", computed.field.name);
        let name = &places.service[of].fields[field].name;
        let rule = places.readers(of, field);
        found.push(report::would_tell(&how, name, span, rule));
    }
    found
}
