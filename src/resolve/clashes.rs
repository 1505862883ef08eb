//! Declared errors that would be mistaken for those that follow from the spec by itself.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use crate::ast;
use crate::diagnostic::{Sink, endpoints as report};
use crate::ir::{Endpoint, ErrorId, FeatureId, Refusal, Service};

/// Compares codes within a feature, and variants within the `Error` of an endpoint.
pub(super) fn clashes(service: &Service, spec: &ast::Spec, sink: &mut Sink) {
    let mut derived: BTreeMap<FeatureId, BTreeSet<String>> = BTreeMap::new();
    let mut clashing: BTreeSet<ErrorId> = BTreeSet::new();
    for endpoint in &service.endpoints {
        let variants = variants(service, endpoint);
        let declared = endpoint.errors.iter().copied();
        clashing
            .extend(declared.filter(|id| variants.contains(&service[*id].name.to_snake_case())));
        let codes = derived.entry(endpoint.feature).or_default();
        let refusals = endpoint.refusals(service);
        let own = refusals
            .iter()
            .filter(|refusal| !matches!(refusal, Refusal::Declared(_)));
        codes.extend(own.map(|refusal| service.problem_kind(refusal).code));
    }
    for (index, error) in service.errors.iter().enumerate() {
        let codes = derived.get(&error.feature);
        let taken = codes.is_some_and(|codes| codes.contains(&error.name.to_snake_case()));
        if taken || clashing.contains(&ErrorId(index)) {
            let declared = spec.features[error.feature.0].body.errors.get();
            let entry =
                declared.and_then(|map| map.iter().find(|entry| entry.name.value == error.name));
            let why = "a constraint of the spec gives an endpoint an error of this name";
            sink.extend(entry.map(|entry| report::error_name(&error.name, why, entry.name.span)));
        }
    }
}

/// The variants that an endpoint's `Error` has by itself, in `snake_case`; within one endpoint they do without the
/// entity's name.
fn variants(service: &Service, endpoint: &Endpoint) -> BTreeSet<String> {
    let variant = |refusal: &Refusal| match refusal {
        Refusal::Taken { entity, unique } => Some(format!(
            "{}_taken",
            service.unique_words(*entity, *unique).1.join("_")
        )),
        Refusal::ReferenceMissing { entity, field } => {
            Some(format!("{}_missing", service[*entity].fields[*field].name))
        }
        Refusal::LinkMissing { entity, many } => {
            Some(format!("{}_missing", service[*entity].many[*many].name))
        }
        Refusal::Broken { entity, check, .. } => {
            Some(format!("{}_broken", service[*entity].checks[*check].name))
        }
        Refusal::FieldForbidden { entity, field } => Some(format!(
            "{}_forbidden",
            service[*entity].fields[*field].name
        )),
        Refusal::WrongState { .. } => Some("wrong_state".to_owned()),
        Refusal::OutOfRange { entity, field, .. } => Some(format!(
            "{}_out_of_range",
            service[*entity].fields[*field].name
        )),
        // Their names are reserved everywhere.
        Refusal::CallerGone
        | Refusal::TenantGone
        | Refusal::NotFound
        | Refusal::Forbidden
        | Refusal::Stale
        | Refusal::VersionRequired
        | Refusal::StillReferenced { .. }
        | Refusal::Unwritten
        | Refusal::Declared(_) => None,
    };
    if endpoint.errors.is_empty() {
        BTreeSet::new()
    } else {
        endpoint
            .refusals(service)
            .iter()
            .filter_map(variant)
            .collect()
    }
}
