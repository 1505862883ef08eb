//! The service of one test: its router on a database of its own, asked without a socket.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt as _;
use kernel::app::{App, Environment};
use kernel::config::Settings;
use kernel::db::{Migration, Pool};
use kernel::problem;
use kernel::telemetry::Telemetry;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::callers::{Callers, Identities, Joined, stand_in};
use crate::checks::access::Granted;
use crate::database::Database;
use crate::document::Document;

/// A running service.
pub struct Service {
    router: Router,
    document: &'static Document,
    pub database: Database,
    pub(crate) identities: Identities,
    pub(crate) joined: Option<Joined>,
    pub(crate) granted: &'static [Granted],
    counts: Mutex<BTreeMap<&'static str, usize>>,
}

/// One answer, with what was asked.
#[derive(Clone)]
pub struct Answer {
    pub asked: String,
    pub sent: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Service {
    /// Starts one. Every answer is held against `openapi`, the text of `openapi.json`.
    pub async fn start<S: Send + Sync + 'static>(
        migrations: &'static [Migration],
        openapi: &'static str,
        callers: &'static Callers,
        services: S,
        router: impl FnOnce(App<S>) -> Router,
    ) -> Self {
        let database = Database::fresh(migrations).await;
        let pool = Pool::connect(database.settings()).await;
        let identities = Identities::new(callers);
        let settings = Settings {
            auth: identities.issuer.settings(),
            ..Settings::default()
        };
        let environment = Environment::new(settings, services);
        let app = App::new(
            environment,
            pool.expect("a database"),
            &Telemetry::off(),
            problem::render,
        );
        let app = match callers.rows {
            Some(rows) => {
                let app = app.actors(stand_in(rows.find));
                match rows.make {
                    Some(make) => app.provision(make),
                    None => app,
                }
            }
            None => app,
        };
        Self {
            router: router(app),
            document: Document::of(openapi),
            database,
            identities,
            joined: None,
            granted: &[],
            counts: Mutex::default(),
        }
    }

    /// Counts up, for values that no other row has.
    pub(crate) fn next(&self, table: &'static str) -> usize {
        let mut counts = self
            .counts
            .lock()
            .expect("no test has failed while counting");
        let count = counts.entry(table).or_default();
        *count += 1;
        *count - 1
    }

    pub(crate) fn document(&self) -> &'static Document {
        self.document
    }

    pub async fn get(&self, uri: &str) -> Answer {
        self.ask("GET", uri, &[], None).await
    }

    pub async fn post(&self, uri: &str, body: &Value) -> Answer {
        self.ask("POST", uri, &[], Some(body)).await
    }

    /// Sends a request, with a JSON body where there is one.
    pub async fn ask(
        &self,
        method: &str,
        uri: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let mut all = headers.to_vec();
        if body.is_some() {
            all.push(("content-type", "application/json"));
        }
        let text = body.map(Value::to_string).unwrap_or_default();
        self.send(method, uri, &all, text).await
    }

    /// Sends a request as it is.
    pub async fn send(
        &self,
        method: &str,
        uri: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let headers = &self.signed(headers);
        let answer = send(self.router.clone(), method, uri, headers, body).await;
        self.document.check(method, uri, &answer);
        answer
    }

    /// With the tester's token, unless another is given; an empty one is none.
    fn signed<'h>(&'h self, headers: &[(&'h str, &'h str)]) -> Vec<(&'h str, &'h str)> {
        let mut all = headers.to_vec();
        if all.iter().all(|(name, _)| *name != "authorization") {
            all.push(("authorization", &self.identities.usual));
        }
        all.retain(|header| *header != ("authorization", ""));
        all
    }

    /// Sends requests that differ in nothing but their bodies, all at once.
    pub async fn all_at_once(
        &self,
        method: &'static str,
        requests: Vec<(String, Value)>,
        headers: &'static [(&'static str, &'static str)],
    ) -> Vec<Answer> {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        let all = self.signed(&all);
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let all: Vec<(String, String)> = all.iter().map(owned).collect();
        let mut running = tokio::task::JoinSet::new();
        for (uri, body) in requests {
            let (router, headers) = (self.router.clone(), all.clone());
            running.spawn(async move {
                let headers = headers.iter();
                let headers = headers.map(|(name, text)| (name.as_str(), text.as_str()));
                let headers: Vec<_> = headers.collect();
                let answer = send(router, method, &uri, &headers, body.to_string()).await;
                (uri, answer)
            });
        }
        let answers = running.join_all().await;
        answers
            .into_iter()
            .map(|(uri, answer)| {
                self.document.check(method, &uri, &answer);
                answer
            })
            .collect()
    }
}

async fn send(
    router: Router,
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: String,
) -> Answer {
    let sent: String = body.chars().take(2_000).collect();
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).expect("a request");
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a whole answer").to_bytes();
    Answer {
        asked: format!("{method} {uri} {headers:?}"),
        sent,
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&bytes).as_ref())),
    }
}

impl Answer {
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Asserts the status of success.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// Asserts a problem of this status and code, with all that every problem has.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{self:?}"
        );
        assert_eq!(self.body["status"], status, "{self:?}");
        assert_eq!(self.body["type"], format!("/problems/{code}"), "{self:?}");
        assert_eq!(
            self.body["request_id"].as_str(),
            self.header("x-request-id"),
            "{self:?}"
        );
        assert!(
            self.body["title"].is_string() && self.body["instance"].is_string(),
            "{self:?}"
        );
        self
    }

    /// Whether nothing is wrong but that a check of the entity is broken.
    #[must_use]
    pub fn breaks_a_check(&self) -> bool {
        let errors = self.body["errors"].as_array();
        self.status == 422
            && errors.is_some_and(|errors| errors.iter().all(|error| error["code"] == "check"))
    }

    /// Asserts that a field, or one inside of it, was found fault with.
    #[track_caller]
    pub fn fault(&self, field: &str, code: &str) -> &Self {
        self.problem(422, "validation_failed");
        let errors = self.body["errors"].as_array().into_iter().flatten();
        let mut errors = errors.map(|error| (error["field"].as_str(), error["code"].as_str()));
        assert!(
            errors.any(|error| error == (Some(field), Some(code))),
            "no fault {code} at {field}: {self:?}"
        );
        self
    }

    /// What stands under a key of the body; the body itself under an empty one.
    #[must_use]
    #[track_caller]
    pub fn under(&self, key: &str) -> &Value {
        if key.is_empty() {
            return &self.body;
        }
        self.body
            .get(key)
            .unwrap_or_else(|| panic!("no {key}: {self:?}"))
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.to_string();
        let body: String = body.chars().take(4_000).collect();
        write!(f, "{} {} -> {} {body}", self.asked, self.sent, self.status)
    }
}
