//! Rows that a create makes beside its own.

use serde_json::{Value, json};

use super::body::{self, Body};
use super::create::{Create, Draft};
use crate::entity::{Entity, Field, Part};
use crate::service::{Answer, Service};

impl Create {
    /// All come back in their order, refer to the new row, and are there.
    pub async fn makes(&self, service: &Service, key: &str) {
        let part = self.part(key);
        let mut draft = self.draft(service).await;
        let items = part.items(service, part.max.min(3)).await;
        draft.body.insert(key.to_owned(), part.whole(items.clone()));
        let before = self.everything(service, part).await;
        let answer = self.send(service, &draft).await;
        let made = self.stands(service, &answer, &draft).await;
        let rows = match &made[key] {
            Value::Array(rows) => rows.clone(),
            one => vec![one.clone()],
        };
        assert_eq!(rows.len(), items.len(), "{answer:?}");
        let back = part.entity.column(part.column).key;
        for (row, item) in rows.iter().zip(&items) {
            body::echoes(row, item, part.entity.fields);
            assert_eq!(row[back], made["id"], "{answer:?}");
        }
        let after = self.everything(service, part).await;
        assert_eq!(after.0.len(), before.0.len() + 1);
        assert_eq!(after.1.len(), before.1.len() + items.len());
    }

    /// What is refused in a part is refused at its place, and with it the whole request.
    pub async fn keeps_every_rule_of(&self, service: &Service, key: &str) {
        let part = self.part(key);
        let valid = self.draft(service).await;
        let items = part.items(service, part.max.min(2)).await;
        let before = self.everything(service, part).await;
        let last = items.len() - 1;
        let at = match part.single {
            true => key.to_owned(),
            false => format!("{key}[{last}]"),
        };
        let mut faults: Vec<(&str, Option<Value>, String, &str)> = Vec::new();
        for (field, edge) in body::edges(part.fields()) {
            if let Some(fault) = edge.fault {
                let place = format!("{at}.{}{}", field.key, edge.place);
                faults.push((field.key, Some(edge.value), place, fault));
            }
        }
        for field in part.fields().filter(|field| field.is_required()) {
            faults.push((field.key, None, format!("{at}.{}", field.key), "required"));
        }
        for (key, value) in body::protected(part.entity, |field| part.takes(field)) {
            faults.push((key, Some(value), format!("{at}.{key}"), "unknown_key"));
        }
        for (key, value, place, fault) in faults {
            let mut items = items.clone();
            match value {
                Some(value) => items[last].insert(key.to_owned(), value),
                None => items[last].remove(key),
            };
            let answer = self.send_with(service, &valid, part, items).await;
            answer.fault(&place, fault);
        }
        for (whole, place, fault) in part.misfits(&items[0]) {
            let mut draft = valid.clone();
            draft.body.insert(key.to_owned(), whole);
            self.send(service, &draft).await.fault(&place, fault);
        }
        assert_eq!(self.everything(service, part).await, before);
        self.fills_in(service, &valid, part).await;

        for (field, edge) in body::edges(part.fields()) {
            if edge.fault.is_some() {
                continue;
            }
            service.database.clear(part.entity).await;
            service.database.clear(self.place.entity).await;
            let draft = self.draft(service).await;
            let mut items = part.items(service, 1).await;
            items[0].insert(field.key.to_owned(), edge.value.clone());
            let answer = self.send_with(service, &draft, part, items).await;
            if field.is_checked() && answer.breaks_a_check() {
                continue;
            }
            let made = answer.is(self.status).under(self.one);
            let row = if part.single {
                &made[key]
            } else {
                &made[key][0]
            };
            let empty = field.empty_as_null && edge.value == "";
            let expected = if empty { &Value::Null } else { &edge.value };
            assert_eq!(&row[field.key], expected, "{answer:?}");
        }
    }

    /// Values that are right by themselves, and break a check of the part together; as JSON text.
    pub async fn refuses_broken_in(
        &self,
        service: &Service,
        key: &str,
        values: &[(&str, &str)],
        at: &str,
    ) {
        let part = self.part(key);
        let draft = self.draft(service).await;
        let mut items = part.items(service, 1).await;
        for (key, value) in values {
            let value = serde_json::from_str(value).expect("a value is JSON");
            items[0].insert((*key).to_owned(), value);
        }
        let before = self.everything(service, part).await;
        let answer = self.send_with(service, &draft, part, items).await;
        let item = if part.single { "" } else { "[0]" };
        answer.fault(&format!("{key}{item}.{at}"), "check");
        assert_eq!(self.everything(service, part).await, before);
    }

    /// The last part refers to a row that is not there: nothing is made.
    pub async fn refuses_missing_in(&self, service: &Service, key: &str, column: &str, code: &str) {
        let part = self.part(key);
        let draft = self.draft(service).await;
        let mut items = part.items(service, part.max.min(3)).await;
        let field = part.entity.column(column);
        let last = items.len() - 1;
        items[last].insert(field.key.to_owned(), field.kind.sample(0));
        let before = self.everything(service, part).await;
        let answer = self.send_with(service, &draft, part, items).await;
        answer.problem(409, code);
        assert_eq!(self.everything(service, part).await, before);
    }

    /// The last part has the values of the first in these columns: nothing is made.
    pub async fn refuses_taken_in(
        &self,
        service: &Service,
        key: &str,
        columns: &[&str],
        code: &str,
    ) {
        let part = self.part(key);
        let draft = self.draft(service).await;
        let mut items = part.items(service, 2).await;
        for column in columns {
            let key = part.entity.column(column).key;
            if let Some(value) = items[0].get(key).cloned() {
                items[1].insert(key.to_owned(), value);
            }
        }
        let before = self.everything(service, part).await;
        let answer = self.send_with(service, &draft, part, items).await;
        answer.problem(409, code);
        assert_eq!(self.everything(service, part).await, before);
    }

    /// What is left out of a part becomes its default, or null.
    async fn fills_in(&self, service: &Service, valid: &Draft, part: &Part) {
        let mut items = part.items(service, part.min.max(1)).await;
        let absent: Vec<_> = part.fields().filter(|it| !it.is_required()).collect();
        for field in &absent {
            items[0].remove(field.key);
        }
        let answer = self.send_with(service, valid, part, items).await;
        if answer.breaks_a_check() {
            return;
        }
        let row = &answer.is(self.status).under(self.one)[part.key];
        let row = if part.single { row } else { &row[0] };
        for field in absent {
            if field.is_now() {
                assert!(row[field.key].is_string(), "{}: {answer:?}", field.key);
                continue;
            }
            let default = field.default.unwrap_or("null");
            let default: Value = serde_json::from_str(default).expect("a default is JSON");
            assert_eq!(row[field.key], default, "{}: {answer:?}", field.key);
        }
    }

    fn part(&self, key: &str) -> &'static Part {
        let part = self.parts.iter().find(|part| part.key == key);
        part.expect("a part of the endpoint")
    }

    async fn send_with(
        &self,
        service: &Service,
        draft: &Draft,
        part: &Part,
        items: Vec<Body>,
    ) -> Answer {
        let mut draft = draft.clone();
        draft.body.insert(part.key.to_owned(), part.whole(items));
        self.send(service, &draft).await
    }

    async fn everything(&self, service: &Service, part: &Part) -> (Vec<String>, Vec<String>) {
        let rows = |entity: &'static Entity| service.database.rows(entity);
        (rows(self.place.entity).await, rows(part.entity).await)
    }
}

impl Part {
    fn fields(&self) -> impl Iterator<Item = &'static Field> {
        let fields = self.entity.fields.iter();
        fields.filter(|field| self.takes(field))
    }

    /// What a body brings: one object, or a list of them.
    fn whole(&self, mut items: Vec<Body>) -> Value {
        match self.single {
            true => items.pop().map_or(Value::Null, Value::Object),
            false => json!(items),
        }
    }

    /// What does not fit as a whole, with place and code.
    fn misfits(&self, item: &Body) -> Vec<(Value, String, &'static str)> {
        let at = self.key.to_owned();
        let mut misfits = vec![(json!(7), at.clone(), "type")];
        if self.single {
            return misfits;
        }
        let first = format!("{at}[0]");
        misfits.push((Value::Null, at.clone(), "null"));
        misfits.push((json!([null]), first.clone(), "null"));
        misfits.push((json!([7]), first, "type"));
        let many = vec![item; self.max + 1];
        misfits.push((json!(many), at.clone(), "too_many_items"));
        if self.min > 0 {
            let few = vec![item; self.min - 1];
            misfits.push((json!(few), at, "too_few_items"));
        }
        misfits
    }
}
