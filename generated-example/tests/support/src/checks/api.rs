//! The API as a whole, against its description.

use std::collections::BTreeSet;

use kernel::contract::{Access, Rule};
use kernel::contract::{Contract, Method};
use serde_json::Value;

use super::place::fill;
use crate::document::{METHODS, Operation};
use crate::service::Service;

/// The routes of the service are those of the document.
pub fn is_described(service: &Service, contracts: &[&Contract]) {
    let told: BTreeSet<_> = service
        .document()
        .operations()
        .iter()
        .map(|operation| (operation.method, operation.path))
        .collect();
    let built = contracts.iter().map(|it| (verb(it.method), it.path));
    let built: BTreeSet<_> = built.collect();
    assert_eq!(built, told);
}

/// Whoever calls is asked for by every endpoint but these.
pub fn guards_all_but(contracts: &[&Contract], unguarded: &[&str]) {
    let open = |contract: &&&Contract| match contract.access {
        Access::Public => true,
        Access::Any(rules) => rules.contains(&Rule::Public),
    };
    let open: BTreeSet<_> = contracts.iter().filter(open).map(|it| it.id).collect();
    let known: BTreeSet<_> = unguarded.iter().copied().collect();
    let new: Vec<_> = open.difference(&known).collect();
    assert!(new.is_empty(), "open to all, and not in the list: {new:?}");
    let gone: Vec<_> = known.difference(&open).collect();
    assert!(
        gone.is_empty(),
        "guarded or gone, and still in the list: {gone:?}"
    );
}

/// Every operation takes its own example and answers as it says, though the rows that it names are not there.
pub async fn answers_as_described(service: &Service) {
    for operation in service.document().operations() {
        let headers = [("if-match", "\"1\"")];
        let answer = service
            .ask(
                operation.method,
                &uri(service, operation),
                &headers,
                example(operation),
            )
            .await;
        assert!(![400, 405, 415].contains(&answer.status), "{answer:?}");
    }
}

/// A subject without a row is nobody, unless it gets one.
pub async fn knows_new_callers(service: &Service) {
    for operation in service.document().operations() {
        if !operation.about["security"].is_null() {
            service
                .knows_new_callers(operation.method, &uri(service, operation))
                .await;
            return;
        }
    }
}

/// A body must be JSON, say so, and be an object of bearable size.
pub async fn refuses_what_is_no_json(service: &Service) {
    const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
    for operation in service.document().operations() {
        let Some(example) = example(operation) else {
            continue;
        };
        let uri = uri(service, operation);
        let large = format!("{{\"a\":\"{}\"}}", "a".repeat(1024 * 1024));
        let cases = [
            (JSON, "{".to_owned(), 400, "malformed"),
            (JSON, "{\"a\":1,}".to_owned(), 400, "malformed"),
            (JSON, String::new(), 400, "malformed"),
            (JSON, "[".repeat(50_000), 400, "malformed"),
            (JSON, large, 413, "body_too_large"),
            (
                &[("content-type", "text/plain")],
                example.to_string(),
                415,
                "unsupported_media_type",
            ),
            (&[], example.to_string(), 415, "unsupported_media_type"),
        ];
        for (headers, body, status, code) in cases {
            let answer = service.send(operation.method, &uri, headers, body).await;
            answer.problem(status, code);
        }
    }
}

/// Where a path has other methods, `Allow` names them.
pub async fn refuses_other_methods(service: &Service) {
    let operations = service.document().operations();
    for operation in &operations {
        let of_path = operations
            .iter()
            .filter(|other| other.path == operation.path);
        let mut known: BTreeSet<_> = of_path.map(|other| other.method).collect();
        let unknown = METHODS.iter().filter(|method| !known.contains(*method));
        let unknown: Vec<_> = unknown.collect();
        if known.contains("GET") {
            known.insert("HEAD");
        }
        for method in unknown {
            let answer = service
                .ask(method, &uri(service, *operation), &[], None)
                .await;
            if served_elsewhere(&operations, method, &uri(service, *operation)) {
                continue;
            }
            answer.problem(405, "method_not_allowed");
            let allowed = answer.header("allow").unwrap_or_default();
            let allowed: BTreeSet<_> = allowed.split(',').map(str::trim).collect();
            assert_eq!(allowed, known, "{answer:?}");
        }
    }
}

/// What no route leads to, and what cannot be decoded.
pub async fn refuses_other_paths(service: &Service) {
    service.get("/no/such/path").await.problem(404, "not_found");
    for operation in service.document().operations() {
        let Some((before, _)) = operation
            .path
            .split_once('{')
            .filter(|_| operation.method == "GET")
        else {
            continue;
        };
        let mut path = format!("{before}%ff");
        if let Some((_, after)) = operation.path.split_once('}') {
            path.push_str(after);
        }
        let answer = service.get(&filled(service, operation, &path)).await;
        answer.problem(400, "malformed");
    }
}

/// Whether another path, with words where this one has parameters, has the method.
fn served_elsewhere(operations: &[Operation<'_>], method: &str, uri: &str) -> bool {
    operations
        .iter()
        .any(|other| other.method == method && other.path == uri)
}

fn uri(service: &Service, operation: Operation<'_>) -> String {
    let mut uri = filled(service, operation, operation.path);
    let needed =
        parameters(service, operation).filter(|it| it["in"] == "query" && it["required"] == true);
    for (at, parameter) in needed.enumerate() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let between = if at == 0 { '?' } else { '&' };
        uri.push_str(&format!(
            "{between}{name}={}",
            sample(service, &parameter["schema"])
        ));
    }
    uri
}

fn filled(service: &Service, operation: Operation<'_>, path: &str) -> String {
    let of_path = parameters(service, operation).filter(|it| it["in"] == "path");
    of_path.fold(path.to_owned(), |path, parameter| {
        let name = parameter["name"].as_str().unwrap_or_default();
        fill(&path, name, &sample(service, &parameter["schema"]))
    })
}

fn parameters<'s>(
    service: &'s Service,
    operation: Operation<'s>,
) -> impl Iterator<Item = &'s Value> {
    let all = operation.about["parameters"]
        .as_array()
        .into_iter()
        .flatten();
    all.map(|parameter| service.document().resolve(parameter))
}

/// A value that the schema takes, in most cases.
fn sample(service: &Service, schema: &Value) -> String {
    let schema = service.document().resolve(schema);
    let word = schema["enum"][0].as_str();
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("integer"), _) => schema["minimum"]
            .as_i64()
            .unwrap_or_default()
            .max(1)
            .to_string(),
        (Some("boolean"), _) => "true".to_owned(),
        (_, Some("uuid")) => "00000000-0000-4000-8000-000000000000".to_owned(),
        (_, Some("date")) => "2026-01-01".to_owned(),
        (_, Some("date-time")) => "2026-01-01T00:00:00Z".to_owned(),
        _ => word.unwrap_or("sample").to_owned(),
    }
}

fn verb(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

fn example<'d>(operation: Operation<'d>) -> Option<&'d Value> {
    operation
        .about
        .pointer("/requestBody/content/application~1json/example")
}
