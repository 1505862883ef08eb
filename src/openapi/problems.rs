//! Answers that are problems.

use super::names::Part;
use super::samples;
use super::scalars::{self, Schema};
use super::schemas::{Components, Side};
use crate::ir::UNAUTHENTICATED;
use crate::ir::{Endpoint, ErrorId, FORBIDDEN, Granted, ProblemKind, Refusal, Service};
use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the pipeline may answer on any endpoint.
const ALWAYS: &[(u16, &str, &str)] = &[
    (400, "malformed", "The request cannot be read"),
    (414, "uri_too_long", "The address is too long"),
    (422, "validation_failed", "The request breaks the rules"),
    (500, "internal", "Something went wrong on our side"),
    (
        503,
        "unavailable",
        "The service cannot take this on right now",
    ),
    (503, "timeout", "The answer was not ready in time"),
];
/// And where there is a body.
const WITH_BODY: &[(u16, &str, &str)] = &[
    (
        408,
        "request_timeout",
        "The request took too long to arrive",
    ),
    (413, "body_too_large", "The body is too large"),
    (
        415,
        "unsupported_media_type",
        "The body must be application/json",
    ),
];
/// And where there is a path parameter, since what is no key is nobody's.
const WITH_KEY: (u16, &str, &str) = (404, "not_found", "There is nothing here");

/// One problem.
struct Case {
    kind: ProblemKind,
    /// The component of what has members of its own.
    own: Option<Part>,
    /// These in an example.
    members: Map<String, Value>,
}

impl Case {
    fn plain(kind: ProblemKind) -> Self {
        Self {
            kind,
            own: None,
            members: Map::new(),
        }
    }
}

impl Components<'_> {
    /// `responses` that are problems, by status.
    pub fn problems(&mut self, endpoint: &Endpoint) -> BTreeMap<u16, Value> {
        let mut cases: BTreeMap<u16, Vec<Case>> = BTreeMap::new();
        let mut add = |case: Case| {
            let same = cases.entry(case.kind.status).or_default();
            if same.iter().all(|it| it.kind.code != case.kind.code) {
                same.push(case);
            }
        };
        let general = general(endpoint).chain(by_access(self.service, endpoint));
        general.map(Case::plain).for_each(&mut add);
        for refusal in endpoint.refusals(self.service) {
            add(self.case(endpoint, &refusal));
        }
        cases
            .into_iter()
            .map(|(status, cases)| (status, self.response(&cases)))
            .collect()
    }

    fn case(&self, endpoint: &Endpoint, refusal: &Refusal) -> Case {
        let mut case = Case::plain(self.service.problem_kind(refusal));
        match refusal {
            Refusal::Declared(id) => {
                let fields = &self.service[*id].fields;
                case.own = (!fields.is_empty()).then_some(Part::Error(*id));
                case.members = samples::of_fields(self.service, fields).unwrap_or_default();
            }
            Refusal::WrongState { entity, field } => {
                case.own = Some(Part::State(*entity, *field));
                case.members = self.state_example(endpoint);
            }
            _ => {}
        }
        case
    }

    /// Those that only the kernel states are the same everywhere, and shared.
    fn response(&mut self, cases: &[Case]) -> Value {
        let response = self.describe_problems(cases);
        if cases.iter().any(|case| !case.kind.kernel) {
            return response;
        }
        let name = cases[0].kind.code.to_upper_camel_case();
        let reference = json!({"$ref": format!("#/components/responses/{name}")});
        self.responses.insert(name, response);
        reference
    }

    fn describe_problems(&mut self, cases: &[Case]) -> Value {
        let titles: Vec<_> = cases.iter().map(|case| case.kind.title.as_str()).collect();
        let examples: BTreeMap<_, _> = cases
            .iter()
            .map(|case| (case.kind.code.as_str(), problem_example(case)))
            .collect();
        let mut response = json!({
            "description": titles.join(". "),
            "content": {
                "application/problem+json": {
                    "schema": self.problem_schema(cases),
                    "examples": examples,
                },
            },
        });
        if cases[0].kind.status == 401 {
            response["headers"] = json!({
                "WWW-Authenticate": {
                    "description": "That a bearer token is needed (RFC 6750).",
                    "schema": {"type": "string"},
                },
            });
        }
        if cases[0].kind.status == 503 {
            response["headers"] = json!({
                "Retry-After": {
                    "description": "Seconds after which to try again.",
                    "schema": {"type": "integer", "format": "int64", "minimum": 0, "maximum": 86400},
                },
            });
        }
        response
    }

    /// `Problem`, or those of its kinds that have members of their own.
    fn problem_schema(&mut self, cases: &[Case]) -> Value {
        self.schemas.entry("Problem".into()).or_insert_with(problem);
        self.schemas.entry("Fault".into()).or_insert_with(fault);
        let mut choices = Vec::new();
        for case in cases {
            let schema = match case.own {
                Some(part) => self.refer(part),
                None => json!({"$ref": "#/components/schemas/Problem"}),
            };
            if !choices.contains(&schema) {
                choices.push(schema);
            }
        }
        match choices.len() {
            1 => choices.remove(0),
            _ => json!({"anyOf": choices}),
        }
    }

    /// A problem with the members that its error declares.
    pub(super) fn declared_problem(&mut self, id: ErrorId) -> Schema {
        let error = &self.service[id];
        let mut schema = scalars::object(problem());
        let mut required = vec![json!("type"), json!("title"), json!("status")];
        for field in &error.fields {
            let name = self.service.api.json_name(&field.column_name());
            let member = self.field(field, Side::Answer);
            schema["properties"][&name] = member;
            required.push(json!(name));
        }
        schema["required"] = Value::Array(required);
        let text = match error.description.as_str() {
            "" => format!("{}.", error.title),
            text => text.to_owned(),
        };
        schema.insert("description".into(), json!(text));
        schema
    }
}

fn problem_example(case: &Case) -> Value {
    let kind = &case.kind;
    let mut problem = scalars::object(json!({
        "type": format!("/problems/{}", kind.code),
        "title": kind.title,
        "status": kind.status,
    }));
    if kind.code == "validation_failed" {
        let fault = json!({"field": "name", "code": "required", "message": "is required"});
        problem.insert("errors".into(), json!([fault]));
    }
    problem.extend(case.members.clone());
    json!({"value": problem})
}

/// What the pipeline answers callers who may not.
fn by_access(service: &Service, endpoint: &Endpoint) -> impl Iterator<Item = ProblemKind> {
    let access = &endpoint.access;
    let known = service
        .asks_who(endpoint)
        .then_some((401, "unauthenticated", UNAUTHENTICATED));
    let refused = access.tenant || access.to_actor(None) == Granted::Forbidden;
    let refused = refused.then_some((403, "forbidden", FORBIDDEN));
    known
        .into_iter()
        .chain(refused)
        .map(|(status, code, title)| ProblemKind {
            code: code.into(),
            status,
            title: title.into(),
            kernel: true,
        })
}

fn general(endpoint: &Endpoint) -> impl Iterator<Item = ProblemKind> {
    let has_key = endpoint
        .path
        .segments
        .iter()
        .any(|it| matches!(it, crate::ir::Segment::Parameter(_)));
    let with_body = WITH_BODY.iter().filter(|_| endpoint.has_body());
    let with_key = has_key.then_some(&WITH_KEY);
    ALWAYS
        .iter()
        .chain(with_body)
        .chain(with_key)
        .map(|(status, code, title)| ProblemKind {
            code: (*code).into(),
            status: *status,
            title: (*title).into(),
            kernel: true,
        })
}

/// RFC 9457, with what this service adds.
pub(super) fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457). Some problems have further members.",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {
                "type": "string",
                "format": "uri-reference",
                "description": "Names the kind of problem, and stays the same.",
            },
            "title": {"type": "string"},
            "status": {"type": "integer", "format": "int64", "minimum": 400, "maximum": 599},
            "detail": {"type": "string"},
            "instance": {"type": "string", "description": "The path that was asked for."},
            "request_id": {"type": "string", "description": "What the service's logs know it by."},
            "errors": {
                "type": "array",
                "description": "The faults of a request that breaks rules.",
                "items": {"$ref": "#/components/schemas/Fault"},
                "maxItems": 100,
            },
        },
        "additionalProperties": true,
    })
}

fn fault() -> Value {
    json!({
        "type": "object",
        "required": ["field", "code", "message"],
        "properties": {
            "field": {
                "type": "string",
                "description": "Where: `isbn`, `size.width_mm`, `tags[2]`; empty for the request as a whole.",
            },
            "code": {"type": "string", "description": "Which rule; stays the same."},
            "message": {"type": "string"},
        },
    })
}
