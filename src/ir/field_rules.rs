//! Who may read and write the fields of a row: rules of endpoints and of fields, compared.

use super::{Access, Action, Column, Endpoint, Entity, EntityId, Field, FieldPath, Hop, Include};
use super::{Link, Output, Rule, Service, Type, Write};

impl Rule {
    /// Whom it lets in, for people.
    pub fn audience(&self) -> String {
        match self {
            Self::Public => "anyone".to_owned(),
            Self::Authenticated => "anyone with a token".to_owned(),
            Self::Role(role) => format!("the role `{role}`"),
            Self::Owner => "the owner of the row".to_owned(),
            Self::When { text, .. } => format!("anyone, where `{text}`"),
            Self::Member { text, .. } => format!("members of `{text}`"),
        }
    }

    /// Whether it is decided by who calls, whatever the row.
    pub fn is_about_callers(&self) -> bool {
        !self.is_about_rows()
    }
}

impl Access {
    /// Whether who comes in by `entrance` meets this rule of a field in every row reached. `same` says whether both
    /// speak of the same rows; else a rule about a row says nothing of the other.
    pub fn covers(&self, entrance: &Access, same: bool) -> bool {
        let signed_in = self.rules.contains(&Rule::Authenticated);
        entrance.rules.iter().all(|rule| match rule {
            Rule::Public => false,
            Rule::Authenticated => signed_in,
            Rule::Role(_) => signed_in || self.rules.contains(rule),
            Rule::Owner => signed_in || same && self.rules.contains(rule),
            Rule::When { .. } => same && self.rules.contains(rule),
            Rule::Member { .. } => signed_in || same && self.rules.contains(rule),
        })
    }

    /// Whether some callers meet it in every row, because of who they are.
    pub fn names_callers(&self) -> bool {
        self.rules.iter().any(Rule::is_about_callers)
    }

    /// Whether it must be asked of each row.
    pub fn asks_rows(&self) -> bool {
        self.rules.iter().any(Rule::is_about_rows)
    }

    /// The same for a row that is being made, which belongs to whoever makes it and meets no condition yet.
    pub fn on_create(&self) -> Self {
        let rules = self.rules.iter().filter_map(|rule| match rule {
            Rule::Owner => Some(Rule::Authenticated),
            Rule::When { .. } | Rule::Member { .. } => None,
            other => Some(other.clone()),
        });
        Self {
            rules: rules.collect(),
            asks: self.asks,
            tenant: self.tenant,
        }
    }
}

/// A rule that lies on the way to what a list is filtered by.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'s> {
    pub rule: &'s Access,
    pub entity: EntityId,
    pub field: usize,
    /// Whether it is about the rows of the list.
    pub same: bool,
}

impl Service {
    /// Whether some callers do not see all fields of an entity.
    pub fn has_readers(&self, id: EntityId) -> bool {
        self[id].fields.iter().any(|field| field.readers.is_some())
    }

    /// Whether an include shows fields that some callers do not see: of its rows, or where it starts.
    pub fn include_has_readers(&self, from: EntityId, include: &Include) -> bool {
        let of_rows = self.embeds_rows(from, include) && self.has_readers(include.target);
        of_rows || self.include_reader(from, include).is_some()
    }

    /// The rule of the reference that an include follows.
    pub fn include_reader(&self, from: EntityId, include: &Include) -> Option<(usize, &Access)> {
        let Hop::One(field) = include.hop else {
            return None;
        };
        let readers = self[from].fields[field].readers.as_ref()?;
        Some((field, readers))
    }

    /// Whether an include carries whole rows, not natural keys.
    pub fn embeds_rows(&self, from: EntityId, include: &Include) -> bool {
        match include.hop {
            Hop::Many(index) => match self[from].many[index].link {
                Link::Plain { by, .. } => by == Column::Id,
                Link::Through { .. } => true,
            },
            Hop::One(_) | Hop::Back(_) => true,
        }
    }

    /// The entity whose rows an answer carries, where it carries rows.
    pub fn answered(&self, endpoint: &Endpoint) -> Option<EntityId> {
        match &endpoint.action {
            Action::Delete(_) => None,
            Action::Command(it) => row_of(&it.output),
            Action::Free(it) => row_of(&it.output),
            _ => endpoint.entity(),
        }
    }

    /// Whether an answer depends on who may read which field.
    pub fn answers_by_caller(&self, endpoint: &Endpoint) -> bool {
        let own = self.answered(endpoint);
        own.is_some_and(|id| self.has_readers(id))
            || endpoint.entity().is_some_and(|from| {
                let mut embeds = endpoint.embeds().into_iter();
                embeds.any(|it| self.include_has_readers(from, it))
            })
    }

    /// Whether the caller must be known, if only for some of the fields.
    pub fn asks_who(&self, endpoint: &Endpoint) -> bool {
        let writes = endpoint.body_fields(self);
        !endpoint.access.is_public()
            || self.answers_by_caller(endpoint)
            || endpoint.writes_rows() && writes.iter().any(|field| field.writers.is_some())
            || self.has_gates(endpoint)
    }

    /// The fields of an update whose rules only the row decides for some who may call.
    pub fn judged_writes(&self, endpoint: &Endpoint) -> Vec<usize> {
        let Action::Update(update) = &endpoint.action else {
            return Vec::new();
        };
        let fields = self[update.entity].fields.iter().enumerate();
        let judged = fields.filter(|(index, field)| {
            let closed = |rule: &Access| rule.asks_rows() && !rule.covers(&endpoint.access, true);
            field.write == Write::Always
                && !endpoint.fills(*index, field)
                && field.writers.as_ref().is_some_and(closed)
        });
        judged.map(|(index, _)| index).collect()
    }

    fn has_gates(&self, endpoint: &Endpoint) -> bool {
        let Action::List(list) = &endpoint.action else {
            return false;
        };
        let sorts = list.sort.iter();
        let sorts = sorts.filter_map(|key| self.gate(list.entity, key.column));
        let filters = list.filters.iter();
        let filters = filters.flat_map(|filter| self.gates(list.entity, &filter.path));
        filters
            .chain(sorts)
            .any(|gate| gate.is_closed_to_some(endpoint))
    }

    /// The rule of a column of the list itself.
    pub fn gate(&self, entity: EntityId, column: Column) -> Option<Gate<'_>> {
        let Column::Field(field) = column else {
            return None;
        };
        let rule = self[entity].fields[field].readers.as_ref()?;
        Some(Gate {
            rule,
            entity,
            field,
            same: true,
        })
    }

    /// The rules on the way to a column, its own included.
    pub fn gates(&self, start: EntityId, path: &FieldPath) -> Vec<Gate<'_>> {
        let (mut gates, mut at) = (Vec::new(), start);
        for (place, hop) in path.hops.iter().enumerate() {
            let (followed, next) = followed(self, at, *hop);
            for (entity, field) in followed {
                let rule = self[entity].fields[field].readers.as_ref();
                gates.extend(rule.map(|rule| Gate {
                    rule,
                    entity,
                    field,
                    same: place == 0 && entity == start && matches!(hop, Hop::One(_)),
                }));
            }
            at = next;
        }
        gates.extend(self.gate(path.entity, path.column).map(|gate| Gate {
            same: path.hops.is_empty(),
            ..gate
        }));
        gates
    }
}

/// The references that a hop goes along, and where it ends.
pub fn followed(service: &Service, at: EntityId, hop: Hop) -> (Vec<(EntityId, usize)>, EntityId) {
    match hop {
        Hop::One(field) => match &service[at].fields[field].ty {
            Type::Reference(reference) => (vec![(at, field)], reference.target),
            _ => unreachable!("BUG: a hop along what is no reference"),
        },
        Hop::Back(index) => {
            let back = &service[at].referenced_by[index];
            (vec![(back.entity, back.field)], back.entity)
        }
        Hop::Many(index) => {
            let many = &service[at].many[index];
            let along = match many.link {
                Link::Plain { .. } => vec![],
                Link::Through { entity, near, far } => vec![(entity, near), (entity, far)],
            };
            (along, many.target)
        }
    }
}

fn row_of(output: &Output) -> Option<EntityId> {
    match output {
        Output::Entity(id) | Output::Entities(id) => Some(*id),
        Output::Empty | Output::Object(_) => None,
    }
}

impl Gate<'_> {
    /// Whether not everybody who may call passes it.
    pub fn is_closed_to_some(&self, endpoint: &Endpoint) -> bool {
        !self.rule.covers(&endpoint.access, self.same)
    }
}

impl Endpoint {
    /// Whether its body sets fields of a row.
    pub fn writes_rows(&self) -> bool {
        matches!(self.action, Action::Create(_) | Action::Update(_))
    }
}

impl Field {
    /// Whether it is for the row alone to say who writes it, and not for its owner.
    pub fn is_written_by_condition(&self) -> bool {
        let writers = self.writers.as_ref();
        writers.is_some_and(|it| it.rules.iter().all(|rule| rule.condition().is_some()))
    }
}

impl Entity {
    /// The fields that some callers do not see, by their index.
    pub fn restricted(&self) -> impl Iterator<Item = (usize, &Field, &Access)> {
        let fields = self.fields.iter().enumerate();
        fields.filter_map(|(index, field)| Some((index, field, field.readers.as_ref()?)))
    }
}
