//! Commands and free-form endpoints, as far as their contract says what they do.

use serde_json::{Value, json};

use super::body;
use super::place::{Place, Placed, fill};
use super::update::stale;
use crate::entity::Field;
use crate::kind::Kind;
use crate::seed::segment;
use crate::service::{Answer, Service};

#[derive(Debug)]
pub struct Call {
    pub method: &'static str,
    pub path: &'static str,
    /// Where its row is; `None` where it has none.
    pub place: Option<Place>,
    /// Parameters of the path that are no keys.
    pub values: &'static [(&'static str, Kind)],
    pub query: &'static [Field],
    pub input: &'static [Field],
    /// What its row holds so that it succeeds, as JSON text by column; `true` for a reference that leads to a row.
    pub held: &'static [(&'static str, &'static str)],
    /// What its body holds so that it succeeds, by key.
    pub sent: &'static [(&'static str, &'static str)],
    /// Of success, with these; `None` where that is up to logic.
    pub status: Option<u16>,
}

impl Call {
    /// A valid request, and its answer.
    pub async fn answer(&self, service: &Service) -> Answer {
        let (uri, _) = self.uri(service).await;
        let uri = self.with_query(&uri, &body::of(service, 0, self.query).await);
        self.send(service, &uri, self.body(service).await.as_ref())
            .await
    }

    /// At every bound a value is taken, beyond it refused.
    pub async fn keeps_every_rule(&self, service: &Service) {
        let (uri, _) = self.uri(service).await;
        let query = body::of(service, 0, self.query).await;
        let whole = self.with_query(&uri, &query);
        let valid = self.body(service).await.unwrap_or_default();
        for (field, edge) in body::edges(self.input) {
            let mut body = valid.clone();
            body[field.key] = edge.value;
            let answer = self.send(service, &whole, Some(&body)).await;
            let place = format!("{}{}", field.key, edge.place);
            if edge.fault.is_some() || !answer.breaks_a_check() {
                check(&answer, &place, edge.fault);
            }
        }
        for field in self.input.iter().filter(|field| field.is_required()) {
            let mut body = valid.clone();
            body.as_object_mut()
                .map(|members| members.remove(field.key));
            self.send(service, &whole, Some(&body))
                .await
                .fault(field.key, "required");
        }
        let body = self.body(service).await;
        for (field, edge) in body::edges(self.query)
            .into_iter()
            .filter(|(field, edge)| is_text(field, &edge.value))
        {
            let mut query = query.clone();
            query.insert(field.key.to_owned(), edge.value);
            let answer = self
                .send(service, &self.with_query(&uri, &query), body.as_ref())
                .await;
            check(&answer, field.key, edge.fault);
        }
        for field in self.query.iter().filter(|field| field.is_required()) {
            let mut query = query.clone();
            query.remove(field.key);
            let answer = self
                .send(service, &self.with_query(&uri, &query), body.as_ref())
                .await;
            answer.fault(field.key, "required");
        }
    }

    /// Keys and parameters that nobody knows.
    pub async fn refuses_strangers(&self, service: &Service) {
        let (uri, _) = self.uri(service).await;
        let mut query = body::of(service, 0, self.query).await;
        match self.body(service).await {
            Some(mut body) => {
                body["unexpected"] = json!(1);
                let uri = self.with_query(&uri, &query);
                self.send(service, &uri, Some(&body))
                    .await
                    .fault("unexpected", "unknown_key");
            }
            None => {
                query.insert("unexpected".into(), json!(1));
                let uri = self.with_query(&uri, &query);
                self.send(service, &uri, None)
                    .await
                    .fault("unexpected", "unknown_parameter");
            }
        }
    }

    /// What is not there is 404, whatever the body says.
    pub async fn finds_nothing_elsewhere(&self, service: &Service) {
        let place = self.place.expect("a command has a row");
        let body = self.body(service).await;
        for uri in place.nowhere(service).await {
            let query = body::of(service, 0, self.query).await;
            let uri = self.with_query(&uri, &query);
            self.send(service, &uri, body.as_ref())
                .await
                .problem(404, "not_found");
            if body.is_some() {
                let answer = self
                    .send(service, &uri, Some(&json!({ "unexpected": 1 })))
                    .await;
                answer.problem(404, "not_found");
            }
        }
    }

    /// A write that names a version other than the current one is lost on nobody.
    pub async fn checks_the_version(&self, service: &Service) {
        let (uri, placed) = self.uri(service).await;
        let mut placed = placed.expect("a command has a row");
        placed.uri = self.with_query(&uri, &body::of(service, 0, self.query).await);
        stale(
            service,
            self.method,
            &placed,
            self.body(service).await.as_ref(),
        )
        .await;
    }

    /// A write must name the version it is based on, or say that any will do.
    pub async fn needs_a_version(&self, service: &Service) {
        let (uri, _) = self.uri(service).await;
        let uri = self.with_query(&uri, &body::of(service, 0, self.query).await);
        let body = self.body(service).await;
        let answer = service.ask(self.method, &uri, &[], body.as_ref()).await;
        answer.problem(428, "version_required");
        let any = [("if-match", "*")];
        let answer = service.ask(self.method, &uri, &any, body.as_ref()).await;
        assert_ne!(answer.status, 428, "{answer:?}");
    }

    pub(super) async fn uri(&self, service: &Service) -> (String, Option<Placed>) {
        if let Some(place) = &self.place {
            let placed = self.placed(service, place, self.held).await;
            return (placed.uri.clone(), Some(placed));
        }
        let mut uri = self.path.to_owned();
        for (name, kind) in self.values {
            uri = fill(&uri, name, &segment(&kind.sample(0)));
        }
        (uri, None)
    }

    /// A row that holds certain values, where the path finds it.
    pub(super) async fn placed(
        &self,
        service: &Service,
        place: &Place,
        held: &[(&'static str, &str)],
    ) -> Placed {
        // Statements may refer to whoever calls.
        #[cfg(feature = "auth")]
        service.make_self().await;
        let mut given = Vec::new();
        for (column, value) in held {
            let value = match place.entity.column(column).kind {
                Kind::To(target) if *value == "true" => service.row(target, &[]).await.id().clone(),
                _ => parsed(value),
            };
            given.push((*column, value));
        }
        let parents = place.parents(service).await;
        place.row_under(service, parents, &given).await
    }

    pub(super) fn with_query(&self, uri: &str, query: &body::Body) -> String {
        let pairs = query
            .iter()
            .map(|(name, value)| format!("{name}={}", parameter(value)));
        let pairs: Vec<_> = pairs.collect();
        if pairs.is_empty() {
            return uri.to_owned();
        }
        format!("{uri}?{}", pairs.join("&"))
    }

    pub(super) async fn body(&self, service: &Service) -> Option<Value> {
        if self.input.is_empty() {
            return None;
        }
        let mut body = body::of(service, 0, self.input).await;
        let sent = self.sent.iter();
        body.extend(sent.map(|(key, value)| ((*key).to_owned(), parsed(value))));
        Some(Value::Object(body))
    }

    async fn send(&self, service: &Service, uri: &str, body: Option<&Value>) -> Answer {
        let versioned = self.place.is_some_and(|place| place.entity.versioned());
        let headers: &[(&str, &str)] = if versioned {
            &[("if-match", "\"1\"")]
        } else {
            &[]
        };
        service.ask(self.method, uri, headers, body).await
    }
}

pub(super) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("a value is JSON")
}

/// Asserts that a fault is found, or that none is.
fn check(answer: &Answer, place: &str, fault: Option<&str>) {
    match fault {
        Some(fault) => {
            answer.fault(place, fault);
        }
        None => assert!(![400, 422].contains(&answer.status), "{answer:?}"),
    }
}

/// Whether a value reads in a query as what it is in JSON.
fn is_text(field: &Field, value: &Value) -> bool {
    match field.kind {
        Kind::Int { .. } | Kind::Float { .. } | Kind::Serial => value.is_number(),
        Kind::Bool => value.is_boolean(),
        Kind::Object(_) | Kind::List { .. } | Kind::Json => false,
        Kind::To(target) if target.serial => value.is_number(),
        _ => value.is_string(),
    }
}

/// A list is one parameter, its items between commas.
fn parameter(value: &Value) -> String {
    let items = value
        .as_array()
        .map(|items| items.iter().map(segment).collect::<Vec<_>>().join(","));
    items.unwrap_or_else(|| segment(value))
}
