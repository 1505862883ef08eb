//! The document as a whole.

use super::schemas::Components;
use super::tenants;
use crate::ir::{Access, Auth, Endpoint, Granted, Method, Rule, Segment, Service, Tokens};
use serde_json::{Map, Value, json};

/// OpenAPI 3.1 of a service.
pub fn document(service: &Service) -> Value {
    let mut components = Components::new(service);
    let mut paths: Map<String, Value> = Map::new();
    for (index, endpoint) in service.endpoints.iter().enumerate() {
        let operation = components.operation(index);
        let path = paths
            .entry(path(service, endpoint))
            .or_insert_with(|| json!({}));
        path[method(endpoint.method)] = operation;
    }
    let mut info = json!({"title": service.name});
    if !service.description.is_empty() {
        info["description"] = json!(service.description);
    }
    info["version"] = json!("0.1.0");
    let mut document = json!({
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": "/"}],
        "security": [],
        "tags": tags(service),
        "paths": paths,
        "components": {
            "schemas": components.schemas,
            "responses": components.responses,
        },
    });
    if let Some(auth) = &service.auth {
        let mut bearer = scheme(auth);
        if let Some(claim) = tenants::claim(service) {
            bearer["description"] = json!(claim);
        }
        document["components"]["securitySchemes"] = json!({ "bearer": bearer });
    }
    document
}

fn scheme(auth: &Auth) -> Value {
    let format = match auth.tokens {
        Tokens::Paseto => "PASETO",
        Tokens::Jwt => "JWT",
    };
    json!({"type": "http", "scheme": "bearer", "bearerFormat": format})
}

/// Who may, for people; nothing where that is anyone.
fn audience(access: &Access) -> Option<String> {
    let rules: Vec<String> = access.rules.iter().map(Rule::audience).collect();
    let whose = if access.tenant {
        ", within the tenant of the caller"
    } else {
        ""
    };
    (!access.is_public()).then(|| format!("For {}{whose}.", rules.join(", ")))
}

/// Without a token as well, where the anonymous may get something.
fn security(access: &Access) -> Value {
    let bearer = json!({"bearer": []});
    if access.to_anonymous() == Granted::Unauthenticated {
        json!([bearer])
    } else {
        json!([{}, bearer])
    }
}

impl Components<'_> {
    fn operation(&mut self, index: usize) -> Value {
        let service = self.service;
        let endpoint = &service.endpoints[index];
        let mut operation = json!({
            "operationId": self.names.operation(index),
            "tags": [service[endpoint.feature].name],
            "summary": endpoint.summary,
        });
        let said = Some(endpoint.description.clone()).filter(|said| !said.is_empty());
        let about: Vec<String> = said.into_iter().chain(audience(&endpoint.access)).collect();
        if !about.is_empty() {
            operation["description"] = json!(about.join("\n\n"));
        }
        if service.asks_who(endpoint) {
            operation["security"] = security(&endpoint.access);
        }
        let parameters = self.parameters(endpoint);
        if !parameters.is_empty() {
            operation["parameters"] = Value::Array(parameters);
        }
        if endpoint.has_body() {
            operation["requestBody"] = self.request_body(index);
        }
        operation["responses"] = self.responses(index);
        operation
    }
}

fn tags(service: &Service) -> Vec<Value> {
    let used = service
        .features
        .iter()
        .filter(|feature| !feature.endpoints.is_empty());
    used.map(|feature| match feature.description.as_str() {
        "" => json!({"name": feature.name}),
        text => json!({"name": feature.name, "description": text}),
    })
    .collect()
}

fn path(service: &Service, endpoint: &Endpoint) -> String {
    let mut path = service.api.prefix.clone();
    for segment in &endpoint.path.segments {
        path.push('/');
        match segment {
            Segment::Literal(word) => path.push_str(word),
            Segment::Parameter(it) => path.push_str(&format!("{{{}}}", it.name)),
        }
    }
    path
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
    }
}
