//! How a request names its tenant.

use serde_json::{Value, json};

use crate::ir::{Endpoint, Service, TenantFrom};

/// The header of an endpoint that works for one tenant, where it names it.
pub fn header(service: &Service, endpoint: &Endpoint) -> Option<Value> {
    let tenancy = service.tenancy.as_ref()?;
    let TenantFrom::Header(name) = &tenancy.from else {
        return None;
    };
    endpoint.access.tenant.then(|| {
        let one = service[tenancy.entity].snake().replace('_', " ");
        json!({
            "name": name,
            "in": "header",
            "required": true,
            "description": format!("The key of the {one} whose rows the request is about."),
            "schema": {"type": "string", "minLength": 1},
        })
    })
}

/// What a token says of the tenant, for people.
pub fn claim(service: &Service) -> Option<String> {
    let tenancy = service.tenancy.as_ref()?;
    let TenantFrom::Claim(claim) = &tenancy.from else {
        return None;
    };
    let one = service[tenancy.entity].snake().replace('_', " ");
    Some(format!(
        "The claim `{claim}` holds the key of the {one} whose rows a request is about."
    ))
}
