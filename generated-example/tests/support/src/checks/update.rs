//! Endpoints that change rows.

use serde_json::{Value, json};

use super::body;
use super::place::{Place, Placed};
use crate::entity::{Field, Write};
use crate::kind::Kind;
use crate::service::{Answer, Service};

/// How many writers race.
const WRITERS: usize = 16;

#[derive(Debug)]
pub struct Update {
    pub method: &'static str,
    pub place: Place,
    pub status: u16,
    /// The key of the row in the answer; empty where the body is the row.
    pub one: &'static str,
}

impl Update {
    /// What is sent is changed, and nothing else.
    pub async fn succeeds(&self, service: &Service) {
        let found = self.place.row(service).await;
        let n = service.next(self.place.entity.table);
        let mut body = body::of(service, n, self.fields()).await;
        body.extend(body::links(service, n, self.place.entity.many).await);
        let answer = self
            .send(service, &found.uri, &Value::Object(body.clone()))
            .await;
        let row = answer.is(self.status).under(self.one);
        body::echoes(row, &body, self.place.entity.fields);
        for field in self.place.entity.fields {
            let told = !STAMPS.contains(&field.column) && !field.is_conditional();
            if !self.accepts(field) && told {
                assert_eq!(&row[field.key], found.row.get(field.column), "{answer:?}");
            }
        }
        if self.place.entity.versioned() {
            assert_eq!(row["version"], 2, "{answer:?}");
            let tag = answer.header("etag");
            assert!(self.place.entity.is_tag(tag, 2), "{answer:?}");
        }
    }

    /// What is absent stays; what is null becomes null.
    pub async fn keeps_what_is_absent(&self, service: &Service) {
        for field in self.fields() {
            // There may be more fields than values for what must be unique.
            service.database.clear(self.place.entity).await;
            let fresh = self.place.row(service).await;
            let mut expected = fresh.row.json();
            let mut body = json!({});
            if field.optional {
                body[field.key] = Value::Null;
                expected[field.key] = Value::Null;
            }
            let answer = self.send(service, &fresh.uri, &body).await;
            if field.is_checked() && answer.breaks_a_check() {
                continue;
            }
            let row = answer.is(self.status).under(self.one);
            for field in self.place.entity.fields {
                if !STAMPS.contains(&field.column) && !field.is_conditional() {
                    assert_eq!(
                        row[field.key], expected[field.key],
                        "{}: {answer:?}",
                        field.key
                    );
                }
            }
        }
    }

    /// At every bound a value is taken, beyond it refused, and with it the whole request.
    pub async fn keeps_every_rule(&self, service: &Service) {
        let found = self.place.row(service).await;
        let before = service.database.rows(self.place.entity).await;
        for (field, edge) in body::edges(self.fields()) {
            let Some(fault) = edge.fault else { continue };
            let body = json!({ field.key: edge.value });
            let answer = self.send(service, &found.uri, &body).await;
            answer.fault(&format!("{}{}", field.key, edge.place), fault);
        }
        for many in self.place.entity.many {
            for edge in body::link_edges(many) {
                let body = json!({ many.key: edge.value });
                let answer = self.send(service, &found.uri, &body).await;
                answer.fault(
                    &format!("{}{}", many.key, edge.place),
                    edge.fault.unwrap_or_default(),
                );
            }
        }
        assert_eq!(service.database.rows(self.place.entity).await, before);

        for (field, edge) in body::edges(self.fields()) {
            if edge.fault.is_some() {
                continue;
            }
            // There may be few values for what must be unique.
            service.database.clear(self.place.entity).await;
            let found = self.place.row(service).await;
            let body = json!({ field.key: edge.value });
            let answer = self.send(service, &found.uri, &body).await;
            if field.is_checked() && answer.breaks_a_check() {
                continue;
            }
            let made = &answer.is(self.status).under(self.one)[field.key];
            if field.is_conditional() {
                continue;
            }
            let empty = field.empty_as_null && edge.value == "";
            assert_eq!(
                made,
                if empty { &Value::Null } else { &edge.value },
                "{answer:?}"
            );
        }
    }

    /// A value that breaks a check of the entity together with what the row holds; as JSON text.
    pub async fn refuses_broken(
        &self,
        service: &Service,
        held: &[(&'static str, &str)],
        (key, value): (&str, &str),
        at: &str,
    ) {
        let parse = |text: &str| -> Value { serde_json::from_str(text).expect("a value is JSON") };
        let held = held.iter().map(|(column, value)| (*column, parse(value)));
        let held: Vec<_> = held.collect();
        let parents = self.place.parents(service).await;
        let found = self.place.row_under(service, parents, &held).await;
        let before = service.database.rows(self.place.entity).await;
        let body = json!({ key: parse(value) });
        self.send(service, &found.uri, &body)
            .await
            .fault(at, "check");
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// Keys that nobody knows, and those that only the service sets.
    pub async fn refuses_strangers(&self, service: &Service) {
        let found = self.place.row(service).await;
        let before = service.database.rows(self.place.entity).await;
        for (key, value) in body::protected(self.place.entity, |field| self.accepts(field)) {
            let answer = self.send(service, &found.uri, &json!({ key: value })).await;
            answer.fault(key, "unknown_key");
        }
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// What is not there is 404, whatever the body says.
    pub async fn finds_nothing_elsewhere(&self, service: &Service) {
        for uri in self.place.nowhere(service).await {
            for body in [json!({}), json!({ "unexpected": 1 })] {
                self.send(service, &uri, &body)
                    .await
                    .problem(404, "not_found");
            }
        }
    }

    /// Another row has these values.
    pub async fn refuses_taken(&self, service: &Service, columns: &[&'static str], code: &str) {
        let mut filled = Vec::new();
        for column in columns {
            // Null is never taken.
            let field = self.place.entity.column(column);
            if let (Kind::To(target), true) = (field.kind, field.optional) {
                filled.push((*column, service.row(target, &[]).await.id().clone()));
            }
        }
        let parents = self.place.parents(service).await;
        let other = self.place.row_under(service, parents, &filled).await;
        let mut body = json!({});
        let mut given = Vec::new();
        for column in columns {
            let field = self.place.entity.column(column);
            let value = other.row.get(column).clone();
            if self.accepts(&field) {
                body[field.key] = value;
            } else {
                given.push((*column, value));
            }
        }
        let found = self.place.row_under(service, other.parents, &given).await;
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &found.uri, &body)
            .await
            .problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// A reference to a row that is not there.
    pub async fn refuses_missing(&self, service: &Service, column: &str, code: &str) {
        let field = self.place.entity.column(column);
        let body = json!({ field.key: field.kind.sample(0) });
        self.conflicts(service, &body, code).await;
    }

    /// An n:m relation to a row that is not there.
    pub async fn refuses_missing_link(&self, service: &Service, key: &str, code: &str) {
        let many = self.place.entity.many.iter().find(|many| many.key == key);
        let many = many.expect("a relation of the entity");
        let body = json!({ key: [many.target.column(many.by).kind.sample(700)] });
        self.conflicts(service, &body, code).await;
    }

    /// A write that names a version other than the current one is lost on nobody.
    pub async fn checks_the_version(&self, service: &Service) {
        let found = self.place.row(service).await;
        let body = json!({});
        stale(service, self.method, &found, Some(&body)).await;
        let answer = service
            .ask(
                self.method,
                &found.uri,
                &[("if-match", "\"1\"")],
                Some(&body),
            )
            .await;
        let tag = answer.is(self.status).header("etag");
        assert!(self.place.entity.is_tag(tag, 2), "{answer:?}");
        let answer = service
            .ask(
                self.method,
                &found.uri,
                &[("if-match", "\"1\"")],
                Some(&body),
            )
            .await;
        answer.problem(412, "stale_version");
        let unnamed = service.ask(self.method, &found.uri, &[], Some(&body)).await;
        if unnamed.status != 428 {
            unnamed.is(self.status);
        }
    }

    /// A write must name the version it is based on, or say that any will do.
    pub async fn needs_a_version(&self, service: &Service) {
        let found = self.place.row(service).await;
        let answer = service
            .ask(self.method, &found.uri, &[], Some(&json!({})))
            .await;
        answer.problem(428, "version_required");
        let any = [("if-match", "*")];
        let answer = service
            .ask(self.method, &found.uri, &any, Some(&json!({})))
            .await;
        answer.is(self.status);
    }

    /// Of many that change the same version at once, one does.
    pub async fn lets_one_of_many_win(&self, service: &Service) {
        let found = self.place.row(service).await;
        let requests = vec![(found.uri, json!({})); WRITERS];
        let answers = service
            .all_at_once(self.method, requests, &[("if-match", "\"1\"")])
            .await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|it| it.status == self.status);
        lost.iter().for_each(|answer| {
            answer.problem(412, "stale_version");
        });
        assert_eq!(won.len(), 1, "{answers:#?}");
    }

    async fn conflicts(&self, service: &Service, body: &Value, code: &str) {
        let found = self.place.row(service).await;
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &found.uri, body)
            .await
            .problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.place
            .entity
            .fields
            .iter()
            .filter(|field| self.accepts(field))
    }

    fn accepts(&self, field: &Field) -> bool {
        let from_path = self
            .place
            .parents
            .iter()
            .any(|parent| parent.column == field.column);
        field.write == Write::Always && !from_path && !field.is_written_by_condition()
    }

    /// Every field that somebody may change.
    pub(super) fn written(&self) -> impl Iterator<Item = &'static Field> {
        let fields = self.place.entity.fields.iter();
        fields.filter(|field| self.accepts(field) || field.is_written_by_condition())
    }

    /// Names the version that rows begin with.
    async fn send(&self, service: &Service, uri: &str, body: &Value) -> Answer {
        let headers: &[(&str, &str)] = if self.place.entity.versioned() {
            &[("if-match", "\"1\"")]
        } else {
            &[]
        };
        service.ask(self.method, uri, headers, Some(body)).await
    }
}

/// Columns that change with every write.
const STAMPS: [&str; 2] = ["updated_at", "version"];

/// Asserts that no other version than the current one will do.
pub(super) async fn stale(service: &Service, method: &str, found: &Placed, body: Option<&Value>) {
    let before = service.database.rows(found.row.entity).await;
    for tag in ["\"2\"", "\"0\"", "W/\"1\"", "\"one\""] {
        let answer = service
            .ask(method, &found.uri, &[("if-match", tag)], body)
            .await;
        answer.problem(412, "stale_version");
    }
    let answer = service
        .ask(method, &found.uri, &[("if-match", "1")], body)
        .await;
    answer.problem(400, "malformed");
    assert_eq!(service.database.rows(found.row.entity).await, before);
}
