//! What the endpoints of a service use: the rest is not emitted, so that nothing is dead code.

use std::collections::BTreeSet;

use crate::ir::{Action, Endpoint, EntityId, EnumId, Field, ObjectId, Output, Service, Type};

/// Everything that some endpoint reaches.
#[derive(Debug, Default)]
pub struct Usage {
    /// Entities whose row type is read or written.
    pub rows: BTreeSet<EntityId>,
    /// Entities that are only named, by the id type of a reference.
    pub named: BTreeSet<EntityId>,
    /// Entities whose representation may carry included rows.
    pub views: BTreeSet<EntityId>,
    pub enums: BTreeSet<EnumId>,
    pub objects: BTreeSet<ObjectId>,
    /// Objects that a request carries.
    pub decoded: BTreeSet<ObjectId>,
}

impl Usage {
    pub fn of(service: &Service) -> Self {
        let mut usage = Self::default();
        for endpoint in &service.endpoints {
            usage.endpoint(service, endpoint);
        }
        usage
    }

    fn endpoint(&mut self, service: &Service, endpoint: &Endpoint) {
        for error in &endpoint.errors {
            self.fields(service, &service[*error].fields);
        }
        self.includes(service, endpoint);
        match &endpoint.action {
            Action::List(it) => {
                self.row(service, it.entity);
                for filter in &it.filters {
                    if let crate::ir::Column::Field(index) = filter.path.column {
                        self.ty(service, &service[filter.path.entity].fields[index].ty);
                    } else if filter.path.column == crate::ir::Column::Id {
                        self.named.insert(filter.path.entity);
                    }
                }
            }
            Action::Get(it) => self.row(service, it.entity),
            Action::Create(it) => {
                self.write(service, it.entity);
                for part in &it.parts {
                    self.decode(service, &service[part.entity()].fields);
                }
            }
            Action::Update(it) => self.write(service, it.entity),
            Action::Delete(it) => {
                self.named.insert(it.entity);
            }
            Action::Command(it) => {
                self.row(service, it.entity);
                self.call(service, &it.query, &it.input, &it.output);
            }
            Action::Free(it) => self.call(service, &it.query, &it.input, &it.output),
        }
    }

    fn call(&mut self, service: &Service, query: &[Field], input: &[Field], output: &Output) {
        self.fields(service, query);
        self.fields(service, input);
        self.decode(service, input);
        match output {
            Output::Entity(id) | Output::Entities(id) => self.row(service, *id),
            Output::Object(id) => self.ty(service, &Type::Object(*id)),
            Output::Empty => {}
        }
    }

    fn includes(&mut self, service: &Service, endpoint: &Endpoint) {
        let includes = endpoint.embeds();
        let Some(entity) = endpoint.entity().filter(|_| !includes.is_empty()) else {
            return;
        };
        self.views.insert(entity);
        for include in includes {
            if service.embeds_rows(entity, include) {
                self.row(service, include.target);
            }
        }
    }

    fn row(&mut self, service: &Service, id: EntityId) {
        if self.rows.insert(id) {
            self.fields(service, &service[id].fields);
            for computed in &service[id].computed {
                self.ty(service, &computed.field.ty);
            }
        }
    }

    fn write(&mut self, service: &Service, id: EntityId) {
        self.row(service, id);
        self.decode(service, &service[id].fields);
        for many in &service[id].many {
            self.named.insert(many.target);
        }
    }

    fn fields(&mut self, service: &Service, fields: &[Field]) {
        for field in fields {
            self.ty(service, &field.ty);
        }
    }

    fn ty(&mut self, service: &Service, ty: &Type) {
        match ty {
            Type::Scalar(_) => {}
            Type::Enum(id) => {
                self.enums.insert(*id);
            }
            Type::Object(id) => {
                if self.objects.insert(*id) {
                    self.fields(service, &service[*id].fields);
                }
            }
            Type::List(list) => self.ty(service, &list.item),
            Type::Reference(reference) => {
                self.named.insert(reference.target);
            }
            Type::Entity(id) => self.row(service, *id),
        }
    }

    fn decode(&mut self, service: &Service, fields: &[Field]) {
        for field in fields {
            let mut ty = &field.ty;
            while let Type::List(list) = ty {
                ty = &list.item;
            }
            if let Type::Object(id) = ty
                && self.decoded.insert(*id)
            {
                self.decode(service, &service[*id].fields);
            }
        }
    }
}
