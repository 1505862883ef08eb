//! Endpoints that make rows.

use kernel::app::{Clock, SystemClock};
use kernel::types::{Date, Scalar, Timestamp};
use serde_json::{Value, json};

use super::body::{self, Body};
use super::place::{Place, fill};
use crate::entity::{Field, Part, Write};
use crate::kind::Kind;
use crate::seed::{Row, segment};
use crate::service::{Answer, Service};

/// How many writers race.
const WRITERS: usize = 16;

#[derive(Debug)]
pub struct Create {
    pub method: &'static str,
    pub place: Place,
    pub status: u16,
    /// The key of the row in the answer; empty where the body is the row.
    pub one: &'static str,
    /// Where the new row is, with keys of the answer as parameters; empty where no endpoint gets one.
    pub location: &'static str,
    /// Rows that the body may bring along.
    pub parts: &'static [Part],
}

/// A request that is valid, and may be spoilt.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) uri: String,
    pub(super) body: Body,
    pub(super) parents: Vec<Row>,
}

impl Create {
    /// What was sent comes back, and is found where `Location` says.
    pub async fn succeeds(&self, service: &Service) {
        let draft = self.draft(service).await;
        let answer = self.send(service, &draft).await;
        self.stands(service, &answer, &draft).await;
    }

    /// The new row, which is found where `Location` says.
    pub(super) async fn stands(&self, service: &Service, answer: &Answer, draft: &Draft) -> Value {
        let made = answer.is(self.status).under(self.one).clone();
        body::echoes(&made, &draft.body, self.place.entity.fields);
        if self.place.entity.versioned() {
            assert_eq!(made["version"], 1, "{answer:?}");
            let tag = answer.header("etag");
            // Parts may change without the row.
            let plain = self.parts.is_empty();
            assert!(!plain || self.place.entity.is_tag(tag, 1), "{answer:?}");
        }
        if !self.location.is_empty() {
            let location = self.located(&made, &draft.parents);
            assert_eq!(
                answer.header("location"),
                Some(location.as_str()),
                "{answer:?}"
            );
            let mut alone = made.clone();
            if let Some(row) = alone.as_object_mut() {
                row.retain(|key, _| self.parts.iter().all(|part| part.key != key));
            }
            let found = service.get(&location).await;
            assert_eq!(found.is(200).under(self.one), &alone);
        }
        made
    }

    /// What is left out becomes its default, or null.
    pub async fn fills_in_what_is_absent(&self, service: &Service) {
        let mut draft = self.draft(service).await;
        let fields: Vec<_> = self.fields().collect();
        for field in &fields {
            if !field.is_required() {
                draft.body.remove(field.key);
            }
        }
        for many in self.place.entity.many {
            draft.body.remove(many.key);
        }
        let began = SystemClock.now();
        let answer = self.send(service, &draft).await;
        if fields.iter().any(|field| field.is_checked()) && answer.breaks_a_check() {
            return;
        }
        let made = answer.is(self.status).under(self.one);
        let absent = fields
            .iter()
            .filter(|field| !draft.body.contains_key(field.key));
        for field in absent {
            if field.is_now() {
                let value = &made[field.key];
                assert!(is_since(value, began), "{}: {answer:?}", field.key);
                continue;
            }
            let default = field.default.unwrap_or("null");
            let default: Value = serde_json::from_str(default).expect("a default is JSON");
            assert_eq!(made[field.key], default, "{}: {answer:?}", field.key);
        }
    }

    /// At every bound a value is taken, beyond it refused, and with it the whole request.
    pub async fn keeps_every_rule(&self, service: &Service) {
        let valid = self.draft(service).await;
        let before = service.database.rows(self.place.entity).await;
        for (field, edge) in body::edges(self.fields()) {
            let Some(fault) = edge.fault else { continue };
            let place = format!("{}{}", field.key, edge.place);
            self.refuses(
                service,
                &valid,
                field.key,
                Some(edge.value),
                (&place, fault),
            )
            .await;
        }
        for field in self.fields().filter(|field| field.is_required()) {
            self.refuses(service, &valid, field.key, None, (field.key, "required"))
                .await;
        }
        for many in self.place.entity.many {
            for edge in body::link_edges(many) {
                let place = format!("{}{}", many.key, edge.place);
                let fault = edge.fault.unwrap_or_default();
                self.refuses(service, &valid, many.key, Some(edge.value), (&place, fault))
                    .await;
            }
        }
        assert_eq!(service.database.rows(self.place.entity).await, before);

        for (field, edge) in body::edges(self.fields()) {
            if edge.fault.is_some() {
                continue;
            }
            // There may be few values for what must be unique.
            service.database.clear(self.place.entity).await;
            let mut draft = self.draft(service).await;
            draft.body.insert(field.key.to_owned(), edge.value.clone());
            let answer = self.send(service, &draft).await;
            if field.is_checked() && answer.breaks_a_check() {
                continue;
            }
            let made = &answer.is(self.status).under(self.one)[field.key];
            let empty = field.empty_as_null && edge.value == "";
            assert_eq!(
                made,
                if empty { &Value::Null } else { &edge.value },
                "{answer:?}"
            );
        }
        for field in self.fields().filter(|field| field.trim) {
            let mut draft = self.draft(service).await;
            let text = draft.body[field.key]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            draft
                .body
                .insert(field.key.to_owned(), json!(format!(" \t{text}\n")));
            let answer = self.send(service, &draft).await;
            assert_eq!(
                answer.is(self.status).under(self.one)[field.key],
                text.trim(),
                "{answer:?}"
            );
        }
    }

    /// Values that are right by themselves, and break a check of the entity together; as JSON text.
    pub async fn refuses_broken(&self, service: &Service, values: &[(&str, &str)], at: &str) {
        let mut draft = self.draft(service).await;
        for (key, value) in values {
            let value = serde_json::from_str(value).expect("a value is JSON");
            draft.body.insert((*key).to_owned(), value);
        }
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &draft).await.fault(at, "check");
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// Keys that nobody knows, and those that only the service sets.
    pub async fn refuses_strangers(&self, service: &Service) {
        let valid = self.draft(service).await;
        let before = service.database.rows(self.place.entity).await;
        for (key, value) in body::protected(self.place.entity, |field| self.accepts(field)) {
            self.refuses(service, &valid, key, Some(value), (key, "unknown_key"))
                .await;
        }
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// A row with the same values in these columns is in the way.
    pub async fn refuses_taken(&self, service: &Service, columns: &[&'static str], code: &str) {
        let (given, mut draft) = self.clash(service, columns).await;
        self.place
            .row_under(service, draft.parents.clone(), &given)
            .await;
        self.share(&mut draft, &given);
        self.send(service, &draft).await.problem(409, code);
    }

    /// Of many that want the same values at once, one gets them.
    pub async fn lets_one_of_many_win(
        &self,
        service: &Service,
        columns: &[&'static str],
        code: &str,
    ) {
        let (given, first) = self.clash(service, columns).await;
        let mut requests = Vec::new();
        // Rows beside each writer's own could need more values than there are for what must be unique.
        let spared = |field: &Field| {
            matches!(field.kind, Kind::To(_)) && field.optional && !columns.contains(&field.column)
        };
        for _ in 0..WRITERS {
            let fields = self.fields().filter(|field| !spared(field));
            let mut draft = self.draft_of(service, first.parents.clone(), fields).await;
            self.share(&mut draft, &given);
            requests.push((draft.uri, Value::Object(draft.body)));
        }
        let answers = service.all_at_once(self.method, requests, &[]).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|it| it.status == self.status);
        lost.iter().for_each(|answer| {
            answer.problem(409, code);
        });
        assert_eq!(won.len(), 1, "{answers:#?}");
    }

    /// A reference to a row that is not there.
    pub async fn refuses_missing(&self, service: &Service, column: &str, code: &str) {
        let mut draft = self.draft(service).await;
        let field = self.place.entity.column(column);
        draft
            .body
            .insert(field.key.to_owned(), field.kind.sample(0));
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &draft).await.problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// An n:m relation to a row that is not there.
    pub async fn refuses_missing_link(&self, service: &Service, key: &str, code: &str) {
        let mut draft = self.draft(service).await;
        let many = self.place.entity.many.iter().find(|many| many.key == key);
        let many = many.expect("a relation of the entity");
        let missing = many.target.column(many.by).kind.sample(700);
        draft.body.insert(key.to_owned(), json!([missing]));
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &draft).await.problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// There is nothing under a parent that is not there.
    pub async fn knows_its_parents(&self, service: &Service) {
        let draft = self.draft(service).await;
        for parent in self.place.parents {
            let missing = parent.target.column(parent.key).kind.sample(700);
            let path = fill(self.place.path, parent.parameter, &segment(&missing));
            let place = Place {
                path: "",
                ..self.place
            };
            let uri = place.filled(path, &draft.parents, "");
            let body = Value::Object(draft.body.clone());
            let answer = service.ask(self.method, &uri, &[], Some(&body)).await;
            answer.problem(404, "not_found");
        }
    }

    /// Two rows that read alike get slugs of their own.
    pub async fn tells_slugs_apart(&self, service: &Service, slug: &str, from: &str) {
        let (slug, from) = (
            self.place.entity.column(slug).key,
            self.place.entity.column(from).key,
        );
        let first = self.draft(service).await;
        let mut second = self.draft(service).await;
        second.body[from] = first.body[from].clone();
        let mut slugs = Vec::new();
        for draft in [first, second] {
            let answer = self.send(service, &draft).await;
            slugs.push(answer.is(self.status).under(self.one)[slug].clone());
        }
        assert_ne!(slugs[0], slugs[1]);
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
        field.write != Write::Never && !from_path && !field.is_written_by_condition()
    }

    pub(super) async fn draft(&self, service: &Service) -> Draft {
        let parents = self.place.parents(service).await;
        self.draft_of(service, parents, self.fields()).await
    }

    #[cfg(feature = "auth")]
    /// What everybody may send who may make a row.
    pub(super) async fn open_draft(&self, service: &Service) -> Draft {
        let parents = self.place.parents(service).await;
        let open = self
            .fields()
            .filter(|field| field.writers.is_empty() || field.is_required());
        self.draft_of(service, parents, open).await
    }

    async fn draft_of(
        &self,
        service: &Service,
        parents: Vec<Row>,
        fields: impl Iterator<Item = &'static Field>,
    ) -> Draft {
        let n = service.next(self.place.entity.table);
        #[cfg(feature = "auth")]
        if self.place.entity.owner().is_some() {
            service.own_id().await;
        }
        #[cfg(feature = "tenancy")]
        if self.place.entity.tenant.is_some() {
            service.tenant().await;
        }
        let mut body = body::of(service, n, fields).await;
        body.extend(body::links(service, n, self.place.entity.many).await);
        for part in self.parts.iter().filter(|part| part.min > 0) {
            let items = part.items(service, part.min).await;
            body.insert(part.key.to_owned(), json!(items));
        }
        Draft {
            uri: self.place.uri(&parents, ""),
            body,
            parents,
        }
    }

    /// Values for columns that are to clash, and a request.
    pub(super) async fn clash(
        &self,
        service: &Service,
        columns: &[&'static str],
    ) -> (Vec<(&'static str, Value)>, Draft) {
        let draft = self.draft(service).await;
        let of_body = columns.iter().filter_map(|column| {
            let field = self.place.entity.column(column);
            let value = match draft.body.get(field.key) {
                Some(value) => value.clone(),
                // What only the service sets begins with its default.
                None => serde_json::from_str(field.default?).ok()?,
            };
            Some((*column, value))
        });
        (of_body.collect(), draft)
    }

    pub(super) fn share(&self, draft: &mut Draft, given: &[(&'static str, Value)]) {
        for (column, value) in given {
            let key = self.place.entity.column(column).key;
            if let Some(member) = draft.body.get_mut(key) {
                *member = value.clone();
            }
        }
    }

    pub(super) async fn send(&self, service: &Service, draft: &Draft) -> Answer {
        let body = Value::Object(draft.body.clone());
        service.ask(self.method, &draft.uri, &[], Some(&body)).await
    }

    async fn refuses(
        &self,
        service: &Service,
        valid: &Draft,
        key: &str,
        value: Option<Value>,
        fault: (&str, &str),
    ) {
        let mut body = valid.body.clone();
        match value {
            Some(value) => body.insert(key.to_owned(), value),
            None => body.remove(key),
        };
        let answer = service
            .ask(self.method, &valid.uri, &[], Some(&Value::Object(body)))
            .await;
        answer.fault(fault.0, fault.1);
    }

    fn located(&self, made: &Value, parents: &[Row]) -> String {
        let place = Place {
            path: "",
            ..self.place
        };
        let mut location = place.filled(self.location.to_owned(), parents, "");
        for (key, value) in made.as_object().into_iter().flatten() {
            location = fill(&location, key, &segment(value));
        }
        location
    }
}

/// Whether a time lies between then and now, or a day does.
fn is_since(value: &Value, began: Timestamp) -> bool {
    let ended = SystemClock.now();
    let text = value.as_str().unwrap_or_default();
    match (Timestamp::parse(text), Date::parse(text)) {
        (Ok(time), _) => (began..=ended).contains(&time),
        (_, Ok(day)) => (Date::from(began)..=Date::from(ended)).contains(&day),
        _ => false,
    }
}
