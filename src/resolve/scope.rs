//! What the passes share: the spec, the symbols of each feature, the parts of the service made so far.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Taken;
use crate::ast::{self, EnumDecl, F, Field, Map, Name};
use crate::diagnostic::{Diagnostic, Sink};
use crate::ir::{self, EntityId, EnumId, ErrorId, FeatureId, ObjectId};
use crate::source::Span;

pub(super) struct Cx<'a> {
    pub spec: &'a ast::Spec,
    pub case: ir::Case,
    /// By feature.
    pub scopes: Vec<Scope<'a>>,
    /// By entity.
    pub drafts: Vec<Draft<'a>>,
    pub enums: Vec<ir::Enum>,
    pub objects: Vec<ir::Object>,
    pub errors: Vec<ir::DeclaredError>,
    pub endpoints: Vec<ir::Endpoint>,
    /// `None` where nobody is known, or it is bad.
    pub auth: Option<ir::Auth>,
    /// `None` where rows are for everybody, or it is bad.
    pub tenancy: Option<ir::Tenancy>,
    /// Rows that only their owners see, by some endpoint.
    pub private: BTreeSet<EntityId>,
    /// How many value objects are in the making, one inside the other.
    pub depth: usize,
    sink: &'a mut Sink,
    pub(super) features: BTreeMap<&'a str, FeatureId>,
    /// Names reported as unknown, so that each is reported once: in which feature, of which, the name.
    pub(super) missing: BTreeSet<(FeatureId, FeatureId, String)>,
    pub(super) unused_borders: BTreeSet<(FeatureId, FeatureId)>,
}

/// One feature.
pub(super) struct Scope<'a> {
    pub name: &'a str,
    pub body: &'a ast::Feature,
    pub uses: BTreeSet<FeatureId>,
    /// Entities, enums and value objects.
    pub symbols: BTreeMap<&'a str, Symbol<'a>>,
    pub errors: BTreeMap<&'a str, ErrorSymbol<'a>>,
    /// The type names that its code will have, folded.
    pub types: BTreeMap<String, (String, Span)>,
    /// Whether the file may have been unreadable: it says nothing, and parsing reported faults.
    unread: bool,
}

/// A name of a feature that types may use.
#[derive(Clone, Copy)]
pub(super) struct Symbol<'a> {
    pub span: Span,
    pub kind: SymbolKind<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum SymbolKind<'a> {
    Entity(EntityId),
    /// Made on first use.
    Enum(&'a EnumDecl, Option<EnumId>),
    Object(&'a Map<Field>, Made),
    /// Reported by parsing.
    Bad,
}

/// How far a value object has come: it is made when it is first used, and its fields before itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    NotYet,
    InTheMaking,
    Done(ObjectId),
}

#[derive(Clone, Copy)]
pub(super) struct ErrorSymbol<'a> {
    pub name: &'a Name,
    /// `None` where parsing reported it.
    pub decl: Option<&'a ast::ErrorDecl>,
    pub made: Option<ErrorId>,
}

/// An entity in the making.
pub(super) struct Draft<'a> {
    pub name: &'a Name,
    pub ast: &'a ast::Entity,
    pub entity: ir::Entity,
    /// What its fields and relations are called.
    pub members: BTreeMap<String, Member>,
    /// The JSON names that are taken.
    pub taken: Taken,
    /// By field of the entity: where its name stands.
    pub spans: Vec<Span>,
}

/// What a name inside an entity stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Column(ir::Column),
    /// Index into `many`.
    Many(usize),
    /// Index into `referenced_by`.
    Back(usize),
    /// Reported already.
    Bad,
}

impl<'a> Cx<'a> {
    pub fn new(spec: &'a ast::Spec, sink: &'a mut Sink) -> Self {
        let features = spec.features.iter().enumerate();
        let faults = sink.has_errors();
        Self {
            spec,
            case: ir::Case::Snake,
            scopes: spec
                .features
                .iter()
                .map(|feature| Scope::new(feature, faults))
                .collect(),
            drafts: Vec::new(),
            enums: Vec::new(),
            objects: Vec::new(),
            errors: Vec::new(),
            endpoints: Vec::new(),
            auth: None,
            tenancy: None,
            private: BTreeSet::new(),
            depth: 0,
            sink,
            features: features
                .map(|(index, feature)| (feature.name.as_str(), FeatureId(index)))
                .collect(),
            missing: BTreeSet::new(),
            unused_borders: BTreeSet::new(),
        }
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    pub fn has_errors(&self) -> bool {
        self.sink.has_errors()
    }

    pub fn feature_ids(&self) -> impl Iterator<Item = FeatureId> + use<> {
        (0..self.scopes.len()).map(FeatureId)
    }

    pub fn entity_ids(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..self.drafts.len()).map(EntityId)
    }

    pub fn scope(&self, id: FeatureId) -> &Scope<'a> {
        &self.scopes[id.0]
    }

    pub fn draft(&self, id: EntityId) -> &Draft<'a> {
        &self.drafts[id.0]
    }

    pub fn entity(&self, id: EntityId) -> &ir::Entity {
        &self.drafts[id.0].entity
    }

    /// The service, unless something is wrong.
    pub fn finish(self, name: String, api: ir::Api) -> Option<ir::Service> {
        if self.sink.has_errors() {
            return None;
        }
        let project = &self.spec.project;
        let mut service = ir::Service {
            name,
            description: project.description.get().cloned().unwrap_or_default(),
            database: match project.database.get() {
                Some(ast::Database::Postgres) => ir::Database::Postgres,
                Some(ast::Database::Sqlite) | None => ir::Database::Sqlite,
            },
            api,
            auth: self.auth,
            tenancy: self.tenancy,
            traces: project
                .telemetry
                .get()
                .and_then(|telemetry| telemetry.traces.get())
                .map(|ast::Traces::Otlp| ir::Traces::Otlp),
            features: self.scopes.iter().map(Scope::empty).collect(),
            entities: self.drafts.into_iter().map(|draft| draft.entity).collect(),
            enums: self.enums,
            objects: self.objects,
            errors: self.errors,
            endpoints: self.endpoints,
        };
        list(&mut service);
        Some(service)
    }
}

/// Tells every feature what is its own.
fn list(service: &mut ir::Service) {
    let ir::Service {
        features,
        entities,
        enums,
        objects,
        errors,
        endpoints,
        ..
    } = service;
    for (index, it) in entities.iter().enumerate() {
        features[it.feature.0].entities.push(EntityId(index));
    }
    for (index, it) in enums.iter().enumerate() {
        features[it.feature.0].enums.push(EnumId(index));
    }
    for (index, it) in objects.iter().enumerate().filter(|(_, it)| it.named) {
        features[it.feature.0].objects.push(ObjectId(index));
    }
    for (index, it) in errors.iter().enumerate() {
        features[it.feature.0].errors.push(ErrorId(index));
    }
    for (index, it) in endpoints.iter().enumerate() {
        features[it.feature.0].endpoints.push(ir::EndpointId(index));
    }
}

impl<'a> Scope<'a> {
    fn new(feature: &'a ast::FeatureSpec, faults: bool) -> Self {
        Self {
            name: &feature.name,
            body: &feature.body,
            uses: BTreeSet::new(),
            symbols: BTreeMap::new(),
            errors: BTreeMap::new(),
            types: BTreeMap::new(),
            unread: faults && feature.body == ast::Feature::default(),
        }
    }

    /// Whether names may be missing only because parsing could not read them.
    pub fn has_bad_block(&self) -> bool {
        self.unread
            || self.body.entities.is_bad()
            || self.body.enums.is_bad()
            || self.body.types.is_bad()
    }

    fn empty(&self) -> ir::Feature {
        ir::Feature {
            name: self.name.to_owned(),
            description: text(&self.body.description),
            uses: self.uses.iter().copied().collect(),
            entities: Vec::new(),
            enums: Vec::new(),
            objects: Vec::new(),
            errors: Vec::new(),
            endpoints: Vec::new(),
        }
    }
}

impl Draft<'_> {
    /// Whether names may be missing only because parsing could not read them.
    pub fn has_unread(&self) -> bool {
        self.ast.fields.is_bad() || self.ast.many.is_bad()
    }

    /// Whether a name is that of a computed field, which is no column.
    pub fn is_computed(&self, name: &str) -> bool {
        let computed = self.ast.computed.get();
        computed.is_some_and(|map| map.iter().any(|entry| entry.name.value == name))
    }
}

impl Symbol<'_> {
    pub fn is_entity(&self) -> bool {
        matches!(self.kind, SymbolKind::Entity(_))
    }
}

/// A text of the spec; empty where there is none.
pub(super) fn text(given: &F<String>) -> String {
    given.get().cloned().unwrap_or_default()
}
