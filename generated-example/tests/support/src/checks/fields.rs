//! Who may read and write which field: every kind of caller, on rows of every sort.
//!
//! Enters: what an endpoint answers to callers whom it lets in. Leaves: the proof that the keys of a row are those that the
//! caller may read, and that what they may not write is refused and changes nothing.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::access::{self, Known, Rule};
use super::body;
use super::call::Call;
use super::create::Create;
use super::get::Get;
use super::include::Include;
use super::list::List;
use super::place::Placed;
use super::sorts;
use super::update::Update;
use crate::entity::{Entity, Field, Hop};
use crate::seed::Row;
use crate::service::{Answer, Service};

/// Rows of each sort that are enough to tell callers apart.
const ROWS: usize = 8;

impl Get {
    /// Nobody sees a field that they may not read, and who may sees it.
    pub async fn withholds(&self, service: &Service, rules: &[Rule]) {
        let (callers, somebody) = callers(service, rules).await;
        for (token, known) in &callers {
            for placed in self.seen_by(service, &somebody).await {
                for query in questions(self.include) {
                    let uri = format!("{}{query}", placed.uri);
                    let answer = ask(service, "GET", &uri, token, None).await;
                    if answer.status == 200 {
                        let row = answer.under(self.one);
                        shown(service, &answer, self.place.entity, row, known).await;
                        included(service, &answer, self, row, known).await;
                    }
                }
            }
        }
    }

    async fn seen_by(&self, service: &Service, somebody: &Known) -> Vec<Placed> {
        if self.place.key.0.is_empty() {
            return vec![self.place.row(service).await];
        }
        sorts::of_place(service, &self.place, somebody, ROWS).await
    }
}

impl List {
    /// Nobody sees a field that they may not read, and who may sees it.
    pub async fn withholds(&self, service: &Service, rules: &[Rule]) {
        let (callers, somebody) = callers(service, rules).await;
        let rows = sorts::of_place(service, &self.place, &somebody, ROWS).await;
        let mut seen = 0;
        for (token, known) in &callers {
            for placed in &rows {
                for query in questions(self.include) {
                    let uri = self.place.uri(&placed.parents, "");
                    let answer = ask(service, "GET", &format!("{uri}{query}"), token, None).await;
                    if answer.status != 200 {
                        continue;
                    }
                    for row in self.items(&answer) {
                        shown(service, &answer, self.place.entity, row, known).await;
                        for include in self.include {
                            embedded(service, &answer, self.place.entity, include, row, known)
                                .await;
                        }
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 0, "nobody sees a row");
    }

    /// Who may not read what a parameter is about does not know of it. Each of the gates must let them through.
    pub async fn keeps_filter(
        &self,
        service: &Service,
        rules: &[Rule],
        name: &str,
        gates: &[&[Rule]],
    ) {
        self.keeps(service, rules, gates, &format!("{name}=1"), |answer| {
            has_fault(answer, name, "unknown_parameter")
        })
        .await;
    }

    /// The same for a word of `sort`.
    pub async fn keeps_sort(
        &self,
        service: &Service,
        rules: &[Rule],
        word: &str,
        gates: &[&[Rule]],
    ) {
        self.keeps(service, rules, gates, &format!("sort={word}"), |answer| {
            has_fault(answer, "sort", "not_in_enum")
                || has_fault(answer, "sort", "unknown_parameter")
        })
        .await;
    }

    async fn keeps(
        &self,
        service: &Service,
        rules: &[Rule],
        gates: &[&[Rule]],
        query: &str,
        is_unknown: impl Fn(&Answer) -> bool,
    ) {
        let placed = self.place.row(service).await;
        let uri = self.place.uri(&placed.parents, "");
        for (token, known) in &callers(service, rules).await.0 {
            if ask(service, "GET", &uri, token, None).await.status != 200 {
                continue;
            }
            let answer = ask(service, "GET", &format!("{uri}?{query}"), token, None).await;
            let may = gates.iter().all(|gate| access::grants(gate, known));
            assert_eq!(is_unknown(&answer), !may, "{known:?}: {answer:?}");
        }
    }
}

impl Create {
    /// Nobody sees a field that they may not read, and who may sees it.
    pub async fn withholds(&self, service: &Service, rules: &[Rule]) {
        for (token, known) in &callers(service, rules).await.0 {
            let draft = self.open_draft(service).await;
            let body = Value::Object(draft.body);
            let answer = ask(service, self.method, &draft.uri, token, Some(&body)).await;
            if answer.status == self.status {
                let row = answer.under(self.one);
                shown(service, &answer, self.place.entity, row, known).await;
            }
        }
    }

    /// Who names a field that they may not write makes no row; who may write it makes one.
    pub async fn refuses_forbidden(&self, service: &Service, rules: &[Rule]) {
        for (token, known) in &callers(service, rules).await.0 {
            for field in self.fields().filter(|field| !field.writers.is_empty()) {
                let draft = self.open_draft(service).await;
                let mut body = draft.body;
                let given = body::of(service, service.next(self.place.entity.table), [field]).await;
                body.extend(given);
                let before = service.database.rows(self.place.entity).await;
                let body = Value::Object(body);
                let answer = ask(service, self.method, &draft.uri, token, Some(&body)).await;
                if answer.status == 401 || answer.status == 403 {
                    break;
                }
                // Who makes a row owns it; it meets no condition yet.
                let owns = known.subject.is_some() && field.writers.contains(&Rule::Owner);
                if owns || access::grants(field.writers, known) {
                    answer.is(self.status);
                } else {
                    answer.fault(field.key, "forbidden_field");
                    assert_eq!(service.database.rows(self.place.entity).await, before);
                }
            }
        }
    }
}

impl Update {
    /// Nobody sees a field that they may not read, and who may sees it.
    pub async fn withholds(&self, service: &Service, rules: &[Rule]) {
        let (callers, somebody) = callers(service, rules).await;
        for (token, known) in &callers {
            for placed in sorts::of_place(service, &self.place, &somebody, ROWS).await {
                let body = json!({});
                let answer = ask(service, self.method, &placed.uri, token, Some(&body)).await;
                if answer.status == self.status {
                    let row = answer.under(self.one);
                    shown(service, &answer, self.place.entity, row, known).await;
                }
            }
        }
    }

    /// Who names a field that they may not write changes nothing; who may write it changes the row.
    pub async fn refuses_forbidden(&self, service: &Service, rules: &[Rule]) {
        let (callers, somebody) = callers(service, rules).await;
        for (token, known) in &callers {
            for placed in sorts::of_place(service, &self.place, &somebody, ROWS).await {
                let body = json!({});
                let answer = ask(service, self.method, &placed.uri, token, Some(&body)).await;
                if answer.status != self.status {
                    continue;
                }
                for field in self.written().filter(|field| !field.writers.is_empty()) {
                    let n = service.next(self.place.entity.table);
                    let body = Value::Object(body::of(service, n, [field]).await);
                    let before = service.database.rows(self.place.entity).await;
                    let may = access::sees(service, field.writers, &placed.row, known).await;
                    if may && self.place.entity.versioned() {
                        let stale = [("authorization", token.as_str()), ("if-match", "\"99\"")];
                        let uri = &placed.uri;
                        let answer = service.ask(self.method, uri, &stale, Some(&body)).await;
                        answer.problem(412, "stale_version");
                    }
                    let answer = ask(service, self.method, &placed.uri, token, Some(&body)).await;
                    if may {
                        answer.is(self.status);
                    } else {
                        answer.fault(field.key, "forbidden_field");
                        assert_eq!(service.database.rows(self.place.entity).await, before);
                    }
                }
            }
        }
    }
}

impl Call {
    /// Nobody sees a field that they may not read, and who may sees it, where the logic answers with rows.
    pub async fn withholds(
        &self,
        service: &Service,
        rules: &[Rule],
        entity: &'static Entity,
        key: &str,
    ) {
        for (token, known) in &callers(service, rules).await.0 {
            let (uri, _) = self.uri(service).await;
            let query = body::of(service, 0, self.query).await;
            let uri = self.with_query(&uri, &query);
            let body = self.body(service).await;
            let answer = ask(service, self.method, &uri, token, body.as_ref()).await;
            if !(200..300).contains(&answer.status) {
                continue;
            }
            match answer.under(key).as_array() {
                Some(rows) => {
                    for row in rows {
                        shown(service, &answer, entity, row, known).await;
                    }
                }
                None => shown(service, &answer, entity, answer.under(key), known).await,
            }
        }
    }
}

/// Everybody whom some rule may let in: the tester and somebody, with each role and with none, and nobody in particular;
/// and what is known of the somebody.
async fn callers(service: &Service, rules: &[Rule]) -> (Vec<(String, Known)>, Known) {
    let (_, somebody) = service.somebody(&[]).await;
    let mut all = sorts::callers(service, &somebody, rules);
    let tester = service.known_self(&[]);
    all.push(service.with_roles(&tester, &[]));
    let roles = service.roles().iter();
    all.extend(roles.map(|role| service.with_roles(&tester, &[role])));
    if rules.contains(&Rule::Public) {
        all.push((String::new(), Known::default()));
    }
    (all, somebody)
}

/// Without and with what may be included.
fn questions(include: &[Include]) -> Vec<String> {
    let names: Vec<&str> = include.iter().map(|include| include.name).collect();
    let mut all = vec![String::new()];
    if !names.is_empty() {
        all.push(format!("?include={}", names.join(",")));
    }
    all
}

/// The keys of a row in an answer are those that its caller may read.
async fn shown(
    service: &Service,
    answer: &Answer,
    entity: &'static Entity,
    seen: &Value,
    known: &Known,
) {
    let row = row(entity, seen);
    for field in entity.fields.iter().filter(|it| !it.readers.is_empty()) {
        let expected = access::sees(service, field.readers, &row, known).await;
        let there = seen.get(field.key).is_some();
        assert_eq!(there, expected, "{} for {known:?}: {answer:?}", field.key);
    }
}

async fn included(service: &Service, answer: &Answer, get: &Get, seen: &Value, known: &Known) {
    for include in get.include {
        embedded(service, answer, get.place.entity, include, seen, known).await;
    }
}

/// The same of the rows that it embeds; they are not there where the reference is not.
async fn embedded(
    service: &Service,
    answer: &Answer,
    entity: &'static Entity,
    include: &Include,
    seen: &Value,
    known: &Known,
) {
    let found = seen.get(include.name);
    if let Hop::One { column, .. } = include.hop {
        let field = entity.column(column);
        if !field.readers.is_empty() && seen.get(field.key).is_none() {
            assert_eq!(found, None, "{} for {known:?}: {answer:?}", include.name);
        }
    }
    if !include.by.is_empty() {
        return;
    }
    let rows = match found {
        Some(Value::Array(rows)) => rows.as_slice(),
        Some(row @ Value::Object(_)) => std::slice::from_ref(row),
        _ => &[],
    };
    for row in rows {
        shown(service, answer, include.hop.target(), row, known).await;
    }
}

/// What an answer tells of a row.
fn row(entity: &'static Entity, seen: &Value) -> Row {
    let mut values = BTreeMap::from([("id", seen["id"].clone())]);
    for Field { column, key, .. } in entity.fields {
        values.insert(column, seen.get(key).cloned().unwrap_or_default());
    }
    Row::told(entity, values)
}

fn has_fault(answer: &Answer, field: &str, code: &str) -> bool {
    let errors = answer.body["errors"].as_array().into_iter().flatten();
    errors
        .into_iter()
        .any(|error| error["field"] == field && error["code"] == code)
}

async fn ask(
    service: &Service,
    method: &str,
    uri: &str,
    token: &str,
    body: Option<&Value>,
) -> Answer {
    let mut headers = vec![("authorization", token)];
    if method != "GET" {
        headers.push(("if-match", "*"));
    }
    service.ask(method, uri, &headers, body).await
}
