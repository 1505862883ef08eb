//! What endpoints and relations do with fields that not everyone may read or write.

use super::field_names;
use crate::ast;
use crate::diagnostic::{Diagnostic, Sink, field_rules as report};
use crate::ir::{
    Access, Action, Endpoint, EntityId, Gate, Hop, Include, ListAction, Meaning, ObjectId, Output,
    Segment, Service, Type, Write, followed,
};
use crate::source::Span;

/// Reports every use that would break a rule, and every rule that no use could keep.
pub(super) fn uses(service: &Service, spec: &ast::Spec, sink: &mut Sink) {
    let places = Places { service, spec };
    for (index, entity) in service.entities.iter().enumerate() {
        let id = EntityId(index);
        sink.extend(field_names::names(&places, id, entity));
        sink.extend(field_names::computed(&places, id, entity));
        sink.extend(field_names::slugs(&places, id, entity));
    }
    for endpoint in &service.endpoints {
        let (ast, span) = places.endpoint(endpoint);
        let uses = Uses {
            places: &places,
            endpoint,
            ast,
            span,
        };
        sink.extend(uses.of_path());
        match &endpoint.action {
            Action::List(list) => sink.extend(uses.of_list(list)),
            Action::Create(it) => sink.extend(uses.of_create(it.entity)),
            _ => {}
        }
        sink.extend(uses.of_includes());
        sink.extend(uses.of_output());
    }
}

/// Where things stand in the spec.
pub(super) struct Places<'s> {
    pub service: &'s Service,
    pub spec: &'s ast::Spec,
}

impl<'s> Places<'s> {
    pub fn entity(&self, id: EntityId) -> Option<&'s ast::Entity> {
        let entity = &self.service[id];
        let body = &self.spec.features[entity.feature.0].body;
        let mut all = body.entities.get()?.good();
        all.find(|(name, _)| name.value == entity.name)
            .map(|(_, ast)| ast)
    }

    pub fn field(&self, id: EntityId, field: usize) -> Option<&'s ast::Field> {
        let name = &self.service[id].fields[field].name;
        let mut all = self.entity(id)?.fields.get()?.good();
        all.find(|(it, _)| it.value == *name).map(|(_, ast)| ast)
    }

    pub fn readers(&self, id: EntityId, field: usize) -> Option<Span> {
        self.field(id, field)?.read.span()
    }

    pub fn writers(&self, id: EntityId, field: usize) -> Option<Span> {
        self.field(id, field)?.write.span()
    }

    /// An endpoint that is written out, and where its name stands; else where `crud` asks for it.
    fn endpoint(&self, endpoint: &Endpoint) -> (Option<&'s ast::Endpoint>, Span) {
        let body = &self.spec.features[endpoint.feature.0].body;
        let written = body.endpoints.get().into_iter().flat_map(|map| map.good());
        for (name, ast) in written {
            if name.value == endpoint.name {
                return (Some(ast), name.span);
            }
        }
        let entity = endpoint.entity().map(|id| &self.service[id].name);
        let mut crud = body.crud.get().into_iter().flat_map(|map| map.iter());
        let entry = crud.find(|entry| Some(&entry.name.value) == entity);
        let span = entry.expect("BUG: an endpoint of nowhere").name.span;
        (None, span)
    }
}

/// One endpoint.
struct Uses<'s> {
    places: &'s Places<'s>,
    endpoint: &'s Endpoint,
    ast: Option<&'s ast::Endpoint>,
    /// Of its name.
    span: Span,
}

impl Uses<'_> {
    fn of_list(&self, list: &ListAction) -> Vec<Diagnostic> {
        let service = self.places.service;
        let mut found = Vec::new();
        for filter in &list.filters {
            let gates = service.gates(list.entity, &filter.path);
            let span = self.filter_span(&filter.name);
            found.extend(self.nobody_asks("filter", gates, span));
        }
        for key in &list.sort {
            let gates = service.gate(list.entity, key.column).into_iter().collect();
            let name = service[list.entity].column_name(key.column);
            let names = self.ast.and_then(|ast| ast.sort.get());
            found.extend(self.nobody_asks("sort", gates, self.name_span(names, &name)));
        }
        for column in &list.search {
            let gate = service.gate(list.entity, *column);
            let name = service[list.entity].column_name(*column);
            let names = self.ast.and_then(|ast| ast.search.get());
            let span = self.name_span(names, &name);
            let gate = gate.filter(|gate| gate.is_closed_to_some(self.endpoint));
            found.extend(gate.map(|gate| self.tells("the search", gate.entity, gate.field, span)));
        }
        found
    }

    /// Filters and orders are for those who may read the field in every row; there must be such callers.
    fn nobody_asks(&self, how: &str, gates: Vec<Gate<'_>>, span: Span) -> Option<Diagnostic> {
        let mut closed = gates.into_iter();
        let gate = closed
            .find(|gate| gate.is_closed_to_some(self.endpoint) && !gate.rule.names_callers())?;
        let field = &self.places.service[gate.entity].fields[gate.field].name;
        let rule = self.places.readers(gate.entity, gate.field);
        Some(report::nobody_asks(how, field, span, rule))
    }

    fn of_includes(&self) -> Vec<Diagnostic> {
        let Some(from) = self.endpoint.entity() else {
            return Vec::new();
        };
        let names = self.ast.and_then(|ast| ast.include.get());
        let includes = self.endpoint.includes().iter();
        includes
            .flat_map(|include| {
                let span = self.name_span(names, &include.name);
                self.of_include(from, include, span)
            })
            .collect()
    }

    /// Children that are included tell what they refer to.
    fn of_include(&self, from: EntityId, include: &Include, span: Span) -> Option<Diagnostic> {
        if matches!(include.hop, Hop::One(_)) {
            return None;
        }
        let service = self.places.service;
        let (along, _) = followed(service, from, include.hop);
        let (entity, field) = along.into_iter().find(|(entity, field)| {
            let readers = service[*entity].fields[*field].readers.as_ref();
            readers.is_some_and(|rule| !rule.covers(&self.endpoint.access, false))
        })?;
        let how = format!("including `{}`", include.name);
        Some(self.tells(&how, entity, field, span))
    }

    /// Parents in the path tell what the rows below them refer to, and set it.
    fn of_path(&self) -> Vec<Diagnostic> {
        let Some(id) = self.endpoint.entity() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let span = self.ast.and_then(|ast| ast.path.span());
        let span = span.unwrap_or(self.span);
        for segment in &self.endpoint.path.segments {
            let Segment::Parameter(parameter) = segment else {
                continue;
            };
            let Meaning::Parent { field, .. } = parameter.means else {
                continue;
            };
            let it = &self.places.service[id].fields[field];
            if self.closed(it.readers.as_ref()) {
                found.push(self.tells("the path", id, field, span));
            }
            let creates = matches!(self.endpoint.action, Action::Create(_));
            if creates && self.closed(it.writers.as_ref()) {
                let rule = self.places.writers(id, field);
                found.push(report::path_gives(&it.name, span, rule));
            }
        }
        found
    }

    fn of_create(&self, id: EntityId) -> Vec<Diagnostic> {
        let fields = self.places.service[id].fields.iter().enumerate();
        let needed = fields.filter(|(index, field)| {
            field.is_required()
                && field.write != Write::Never
                && !self.endpoint.fills(*index, field)
                && self.closed(field.writers.as_ref())
        });
        needed
            .map(|(index, field)| {
                let rule = self.places.writers(id, index);
                report::cannot_give(&self.endpoint.name, &field.name, self.span, rule)
            })
            .collect()
    }

    fn of_output(&self) -> Option<Diagnostic> {
        let output = match &self.endpoint.action {
            Action::Command(it) => &it.output,
            Action::Free(it) => &it.output,
            _ => return None,
        };
        let Output::Object(id) = output else {
            return None;
        };
        let entity = self.restricted_in(*id)?;
        let span = self.ast.and_then(|ast| ast.output.span());
        let name = &self.places.service[entity].name;
        Some(report::inside_of_output(name, span.unwrap_or(self.span)))
    }

    /// An entity that some callers do not see all of, in an object.
    fn restricted_in(&self, id: ObjectId) -> Option<EntityId> {
        let service = self.places.service;
        service[id].fields.iter().find_map(|field| {
            let mut ty = &field.ty;
            while let Type::List(list) = ty {
                ty = &list.item;
            }
            match ty {
                Type::Entity(id) => service.has_readers(*id).then_some(*id),
                Type::Object(id) => self.restricted_in(*id),
                _ => None,
            }
        })
    }

    /// Whether somebody who may call does not meet the rule.
    fn closed(&self, rule: Option<&Access>) -> bool {
        let creates = matches!(self.endpoint.action, Action::Create(_));
        rule.is_some_and(|rule| {
            let rule = if creates {
                rule.on_create()
            } else {
                rule.clone()
            };
            !rule.covers(&self.endpoint.access, true)
        })
    }

    fn tells(&self, how: &str, entity: EntityId, field: usize, span: Span) -> Diagnostic {
        let name = &self.places.service[entity].fields[field].name;
        report::would_tell(how, name, span, self.places.readers(entity, field))
    }

    fn filter_span(&self, name: &str) -> Span {
        let filter = self.ast.and_then(|ast| ast.filter.get());
        let mut names = filter.into_iter().flat_map(|it| &it.0);
        let found = names.find(|(it, _)| it.value == name);
        found.map_or(self.span, |(it, _)| it.span)
    }

    /// A name in a list of the endpoint; references are called by their name or by that of their column.
    fn name_span(&self, names: Option<&Vec<ast::Name>>, name: &str) -> Span {
        let mut names = names.into_iter().flatten();
        let found = names.find(|it| it.value == name || format!("{}_id", it.value) == name);
        found.map_or(self.span, |it| it.span)
    }
}
