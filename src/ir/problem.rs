//! What may go wrong in an endpoint, from its contract: the one list that code, openapi.json, docs and tests share.

use super::{Action, Column, EntityId, ErrorId, FeatureId, Field, Service, Write};
use super::{Endpoint, Link, Meaning, OnDelete, Segment, Type, Versioning};
use serde::Serialize;

/// An error that a feature declares under `errors:`.
#[derive(Debug, Clone, Serialize)]
pub struct DeclaredError {
    pub feature: FeatureId,
    /// `PascalCase`; its code is the same in `snake_case`.
    pub name: String,
    pub status: u16,
    pub title: String,
    pub description: String,
    pub fields: Vec<Field>,
}

/// One way in which an endpoint may refuse, beside those that the pipeline gives every endpoint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// 401: the row that stands for the caller, and that the new row would refer to, is gone.
    CallerGone,
    /// 403: the tenant that the new row would belong to is gone.
    TenantGone,
    /// 404: no such row, or no such parent in the path.
    NotFound,
    /// 403: the row is there, and not for this caller.
    Forbidden,
    /// 412: the row has another version than `If-Match` says.
    Stale,
    /// 428: `If-Match` is missing.
    VersionRequired,
    /// 409: a unique constraint, by its index in the entity's `uniques`.
    Taken { entity: EntityId, unique: usize },
    /// 409: the row that a reference names is missing.
    ReferenceMissing { entity: EntityId, field: usize },
    /// 409: a row that an n:m relation names is missing.
    LinkMissing { entity: EntityId, many: usize },
    /// 409: rows that refer to this one forbid its deletion.
    StillReferenced { entity: EntityId },
    /// 409: the row is in a state that the endpoint does not move it from; the field of the state.
    WrongState { entity: EntityId, field: usize },
    /// 409: what a field would become lies outside of its bounds; `input` is the first field of the body in it.
    OutOfRange {
        entity: EntityId,
        field: usize,
        input: Option<usize>,
    },
    /// 422: a check of the entity, by its index; `field` is the first in it that the body may set.
    Broken {
        entity: EntityId,
        check: usize,
        field: usize,
    },
    /// 422: a field that the row keeps from this caller.
    FieldForbidden { entity: EntityId, field: usize },
    /// An error of the spec.
    Declared(ErrorId),
    /// 501: the logic is not written yet.
    Unwritten,
}

/// As the kernel words it; so is the next one.
pub const UNAUTHENTICATED: &str = "This needs a valid token";
pub const FORBIDDEN: &str = "You may not do this";

impl Endpoint {
    /// The entity that the endpoint is about, where it is about one.
    pub fn entity(&self) -> Option<EntityId> {
        match &self.action {
            Action::List(it) => Some(it.entity),
            Action::Get(it) => Some(it.entity),
            Action::Create(it) => Some(it.entity),
            Action::Update(it) => Some(it.entity),
            Action::Delete(it) => Some(it.entity),
            Action::Command(it) => Some(it.entity),
            Action::Free(_) => None,
        }
    }

    /// Whether the path names a parent row.
    pub fn has_parent(&self) -> bool {
        self.path.segments.iter().any(|segment| {
            matches!(segment, Segment::Parameter(p) if matches!(p.means, Meaning::Parent { .. }))
        })
    }

    /// What its logic and its SQL may answer, in a fixed order.
    pub fn refusals(&self, service: &Service) -> Vec<Refusal> {
        let mut all = Vec::new();
        match &self.action {
            Action::List(_) if self.has_parent() => all.push(Refusal::NotFound),
            Action::List(_) => {}
            Action::Get(_) => all.push(Refusal::NotFound),
            Action::Create(it) => {
                if self.has_parent() {
                    all.push(Refusal::NotFound);
                }
                if service[it.entity].owner.is_some() {
                    all.push(Refusal::CallerGone);
                }
                let tenant = service[it.entity].tenant.as_ref();
                all.extend(tenant.map(|_| Refusal::TenantGone));
                all.extend(self.write_refusals(service, it.entity, |write| write != Write::Never));
                super::part::add_refusals(&it.parts, service, &mut all);
            }
            Action::Update(it) => {
                all.push(Refusal::NotFound);
                all.extend(version_refusals(service, it.entity));
                let judged = service.judged_writes(self).into_iter();
                all.extend(judged.map(|field| Refusal::FieldForbidden {
                    entity: it.entity,
                    field,
                }));
                all.extend(self.write_refusals(service, it.entity, |write| write == Write::Always));
            }
            Action::Delete(it) => {
                all.push(Refusal::NotFound);
                all.extend(version_refusals(service, it.entity));
                if restricts(service, it.entity) {
                    all.push(Refusal::StillReferenced { entity: it.entity });
                }
            }
            Action::Command(it) => {
                all.push(Refusal::NotFound);
                all.extend(version_refusals(service, it.entity));
                all.extend(super::change::refusals(service, it));
            }
            Action::Free(_) => all.push(Refusal::Unwritten),
        }
        all.extend(self.tells.then_some(Refusal::Forbidden));
        all.extend(self.errors.iter().map(|id| Refusal::Declared(*id)));
        all
    }

    /// Constraints that a write of the fields that `writes` accepts may break.
    fn write_refusals(
        &self,
        service: &Service,
        id: EntityId,
        writes: impl Fn(Write) -> bool,
    ) -> Vec<Refusal> {
        let entity = &service[id];
        let written = |index: usize| {
            let field = &entity.fields[index];
            writes(field.write) && !self.fills(index, field)
        };
        // What the path fills may clash as well; a slug that is derived gives way by itself.
        let may_clash = |column: &Column| match column {
            Column::Field(index) => {
                let field = &entity.fields[*index];
                writes(field.write) && field.derived_from.is_none()
            }
            _ => false,
        };
        let mut all = Vec::new();
        for (unique, constraint) in entity.uniques.iter().enumerate() {
            if constraint.columns.iter().any(may_clash) {
                all.push(Refusal::Taken { entity: id, unique });
            }
        }
        for (field, found) in entity.fields.iter().enumerate() {
            if matches!(found.ty, Type::Reference(_)) && written(field) {
                all.push(Refusal::ReferenceMissing { entity: id, field });
            }
        }
        for (many, relation) in entity.many.iter().enumerate() {
            if matches!(relation.link, Link::Plain { create: false, .. }) {
                all.push(Refusal::LinkMissing { entity: id, many });
            }
        }
        for (check, found) in entity.checks.iter().enumerate() {
            let columns = found.condition.columns().into_iter();
            let mut fields = columns.filter_map(|column| match column {
                Column::Field(index) if written(index) => Some(index),
                _ => None,
            });
            all.extend(fields.next().map(|field| Refusal::Broken {
                entity: id,
                check,
                field,
            }));
        }
        all
    }
}

fn version_refusals(service: &Service, entity: EntityId) -> Vec<Refusal> {
    match service[entity].versioning {
        Versioning::None => vec![],
        Versioning::Optional => vec![Refusal::Stale],
        Versioning::Required => vec![Refusal::Stale, Refusal::VersionRequired],
    }
}

fn restricts(service: &Service, id: EntityId) -> bool {
    let of_tenants = service
        .entities
        .iter()
        .any(|entity| entity.tenant.is_some());
    if of_tenants && service.tenants() == Some(id) {
        return true;
    }
    service[id].referenced_by.iter().any(|back| {
        let field = &service[back.entity].fields[back.field];
        matches!(&field.ty, Type::Reference(it) if it.on_delete == OnDelete::Restrict)
    })
}

/// The constant part of a problem: what `kernel::problem::Kind` is in the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemKind {
    /// `snake_case`, stable.
    pub code: String,
    pub status: u16,
    pub title: String,
    /// Whether the kernel states it, not the feature.
    pub kernel: bool,
}

impl Service {
    /// The constant part of a refusal.
    pub fn problem_kind(&self, refusal: &Refusal) -> ProblemKind {
        let kernel = |code: &str, status, title: &str| ProblemKind {
            code: code.into(),
            status,
            title: title.into(),
            kernel: true,
        };
        let conflict = |code: String, title: String| ProblemKind {
            code,
            status: 409,
            title,
            kernel: false,
        };
        match refusal {
            Refusal::CallerGone => kernel("unauthenticated", 401, UNAUTHENTICATED),
            Refusal::TenantGone => kernel("forbidden", 403, FORBIDDEN),
            Refusal::NotFound => kernel("not_found", 404, "There is nothing here"),
            Refusal::Forbidden => kernel("forbidden", 403, FORBIDDEN),
            Refusal::Stale => kernel("stale_version", 412, "This version is not the current one"),
            Refusal::VersionRequired => {
                kernel("version_required", 428, "This needs an If-Match header")
            }
            Refusal::Unwritten => kernel("not_implemented", 501, "This is not implemented yet"),
            Refusal::Taken { entity, unique } => {
                let (one, columns) = self.unique_words(*entity, *unique);
                let title = match columns.as_slice() {
                    [column] => format!("This {} is taken", spaced(column)),
                    several => format!(
                        "This combination of {} is taken",
                        spaced(&several.join(" and "))
                    ),
                };
                conflict(format!("{one}_{}_taken", columns.join("_")), title)
            }
            Refusal::ReferenceMissing { entity, field } => {
                let found = &self[*entity].fields[*field];
                let target = match &found.ty {
                    Type::Reference(reference) => self[reference.target].snake(),
                    _ => found.name.clone(),
                };
                let code = format!("{}_{}_missing", self[*entity].snake(), found.name);
                conflict(code, format!("There is no such {}", spaced(&target)))
            }
            Refusal::LinkMissing { entity, many } => {
                let many = &self[*entity].many[*many].name;
                let title = format!("One of the {} does not exist", spaced(many));
                conflict(format!("{}_{many}_missing", self[*entity].snake()), title)
            }
            Refusal::StillReferenced { entity } => {
                let one = self[*entity].snake();
                let title = format!("Other rows still refer to this {}", spaced(&one));
                conflict(format!("{one}_still_referenced"), title)
            }
            Refusal::WrongState { entity, field } | Refusal::OutOfRange { entity, field, .. } => {
                let (code, title) = super::change::words(self, refusal, (*entity, *field));
                conflict(code, title)
            }
            Refusal::Broken { .. } | Refusal::FieldForbidden { .. } => {
                kernel("validation_failed", 422, "The request breaks the rules")
            }
            Refusal::Declared(id) => {
                let error = &self[*id];
                ProblemKind {
                    code: heck::ToSnakeCase::to_snake_case(error.name.as_str()),
                    status: error.status,
                    title: error.title.clone(),
                    kernel: false,
                }
            }
        }
    }
}

fn spaced(words: &str) -> String {
    words.replace('_', " ")
}
