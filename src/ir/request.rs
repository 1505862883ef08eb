//! What a request to an endpoint carries, and what an answer may embed.

use super::{
    Access, Action, Column, Endpoint, Entity, EntityId, Field, Hop, Include, Link, Many, Meaning,
};
use super::{Segment, Service, Type, Versioning, Write};

impl Many {
    /// How many links one request may set.
    pub const MAX_ITEMS: u32 = 10_000;
}

/// What stands under the name of an include.
#[derive(Debug, Clone, PartialEq)]
pub enum Embedded {
    /// One row; `optional`: or null.
    One { optional: bool },
    /// A list of rows.
    Rows,
    /// A list of natural keys of this type.
    Keys(Type),
}

impl Include {
    /// What a client gets when it asks for this.
    pub fn embedded(&self, service: &Service, entity: &Entity) -> Embedded {
        match self.hop {
            Hop::One(field) => Embedded::One {
                optional: entity.fields[field].optional,
            },
            Hop::Back(back) if entity.referenced_by[back].single => {
                Embedded::One { optional: true }
            }
            Hop::Back(_) => Embedded::Rows,
            Hop::Many(many) => match entity.many[many].link {
                Link::Plain {
                    by: Column::Field(key),
                    ..
                } => Embedded::Keys(service[self.target].fields[key].ty.clone()),
                Link::Plain { .. } | Link::Through { .. } => Embedded::Rows,
            },
        }
    }

    /// Who sees which of the embedded rows; `None` where nobody asks.
    pub fn sight<'s>(&self, service: &'s Service, entity: EntityId) -> Option<&'s Access> {
        match self.embedded(service, &service[entity]) {
            Embedded::Keys(_) => None,
            Embedded::One { .. } | Embedded::Rows => service[self.target].sight.as_ref(),
        }
    }
}

impl Endpoint {
    /// What it may embed.
    pub fn includes(&self) -> &[Include] {
        match &self.action {
            Action::List(it) => &it.include,
            Action::Get(it) => &it.include,
            Action::Create(it) => &it.include,
            Action::Update(it) => &it.include,
            Action::Delete(_) | Action::Command(_) | Action::Free(_) => &[],
        }
    }

    /// Whether it embeds rows of which not every caller sees all.
    pub fn embeds_in_part(&self, service: &Service) -> bool {
        let Some(entity) = self.entity() else {
            return false;
        };
        self.includes()
            .iter()
            .any(|include| include.sight(service, entity).is_some())
    }

    /// Fields of the query that the spec names; those of lists are not among them.
    pub fn query_fields(&self) -> &[Field] {
        match &self.action {
            Action::Command(it) => &it.query,
            Action::Free(it) => &it.query,
            _ => &[],
        }
    }

    /// Fields of the body: of the entity where it writes a row, else those that the spec names.
    pub fn body_fields<'s>(&'s self, service: &'s Service) -> Vec<&'s Field> {
        let written = |entity: EntityId, accepts: fn(Write) -> bool| -> Vec<&'s Field> {
            let fields = service[entity].fields.iter().enumerate();
            fields
                .filter(|(index, field)| accepts(field.write) && !self.fills(*index, field))
                .map(|(_, field)| field)
                .collect()
        };
        match &self.action {
            Action::Create(it) => written(it.entity, |write| write != Write::Never),
            Action::Update(it) => written(it.entity, |write| write == Write::Always),
            Action::Command(it) => it.input.iter().collect(),
            Action::Free(it) => it.input.iter().collect(),
            Action::List(_) | Action::Get(_) | Action::Delete(_) => vec![],
        }
    }

    /// Whether the service fills a field itself: from the path, or from another field.
    pub fn fills(&self, index: usize, field: &Field) -> bool {
        let from_path = self.path.segments.iter().any(|segment| {
            matches!(segment, Segment::Parameter(it)
                if matches!(it.means, Meaning::Parent { field, .. } if field == index))
        });
        from_path || field.derived_from.is_some()
    }

    /// The n:m relations that the body may set.
    pub fn body_links<'s>(&self, service: &'s Service) -> Vec<&'s Many> {
        let entity = match &self.action {
            Action::Create(it) => it.entity,
            Action::Update(it) => it.entity,
            _ => return vec![],
        };
        let many = service[entity].many.iter();
        many.filter(|many| matches!(many.link, Link::Plain { .. }))
            .collect()
    }

    /// Whether it reads a body.
    pub fn has_body(&self) -> bool {
        match &self.action {
            Action::Create(_) | Action::Update(_) => true,
            Action::Command(it) => !it.input.is_empty(),
            Action::Free(it) => !it.input.is_empty(),
            Action::List(_) | Action::Get(_) | Action::Delete(_) => false,
        }
    }

    /// How `If-Match` guards the row that it writes; `None` where it does not.
    pub fn guard(&self, service: &Service) -> Versioning {
        match &self.action {
            Action::Update(it) => service[it.entity].versioning,
            Action::Delete(it) => service[it.entity].versioning,
            Action::Command(it) => service[it.entity].versioning,
            _ => Versioning::None,
        }
    }
}
