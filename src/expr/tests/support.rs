//! A service to write expressions for.

use crate::diagnostic::{Diagnostic, Sink};
use crate::expr::{Actor, Scope, check, parse};
use crate::ir::{EntityId, Expr, Service};
use crate::source::{SourceMap, Sources, Span};

const ROLES: [&str; 2] = ["support", "admin"];

pub struct World {
    pub service: Service,
}

impl World {
    pub fn new(spec: &str) -> Self {
        let mut sink = Sink::default();
        let sources = Sources::in_memory(
            ("backgen.yaml", "service: s"),
            [("specs/shop.yaml", spec)],
            &mut sink,
        );
        let spec = crate::parse::parse_spec(&sources, &mut sink);
        let service = crate::resolve::resolve(&spec, &mut sink);
        let service = service.unwrap_or_else(|| panic!("{:#?}", sink.sorted()));
        Self { service }
    }

    pub fn entity(&self, name: &str) -> EntityId {
        let at = self.service.entities.iter().position(|it| it.name == name);
        EntityId(at.unwrap())
    }

    pub fn check(&self, entity: &str, text: &str) -> Result<Expr, Vec<Diagnostic>> {
        let features: Vec<&str> = self
            .service
            .features
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        let entities: Vec<_> = self.service.entities.iter().collect();
        let roles = ROLES.map(str::to_owned);
        let id = self.entity(entity);
        let scope = Scope {
            what: "a test",
            features: &features,
            entities: &entities,
            enums: &self.service.enums,
            entity: Some(id),
            rows: true,
            input: Some(&self.service[id].fields),
            actor: Some(Actor {
                entity: Some(id),
                roles: &roles,
                is_known: false,
            }),
            now: true,
            reported: &|_, _| false,
            computed: &|_, _| false,
        };
        let mut map = SourceMap::default();
        let span = Span::new(map.add("x", text), 0..text.len());
        let mut found = Vec::new();
        let expr =
            parse(text, span, true, &mut found).and_then(|ast| check(&ast, &scope, &mut found));
        match expr {
            Some(expr) if found.is_empty() => Ok(expr),
            _ => Err(found),
        }
    }
}
