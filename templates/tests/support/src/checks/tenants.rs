//! Rows of other tenants: nobody sees them, refers to them, or finds a value taken by them.

use serde_json::{Value, json};

use super::access::{Asked, told};
use super::api::filled_in;
use super::body;
use super::call::Call;
use super::create::Create;
use super::delete::Delete;
use super::get::Get;
use super::list::List;
use super::place::{Place, Placed};
use super::update::Update;
use crate::entity::Entity;
use crate::seed::Row;
use crate::service::{Answer, Service};

impl Get {
    /// A row of another tenant cannot be told from none.
    pub async fn keeps_to_its_tenant(&self, service: &Service) {
        let (tenant, found) = abroad(service, &self.place).await;
        hidden(service, &self.place, &self.asked_of(found)).await;
        // There it is, for the same caller.
        service.take_part(&tenant).await;
        let (_, found) = (service.into(&tenant), self.place.row(service).await);
        let answer = ask_for(service, Some(&tenant), &self.asked_of(found)).await;
        answer.is(200);
    }
}

impl Delete {
    /// A row of another tenant cannot be told from none.
    pub async fn keeps_to_its_tenant(&self, service: &Service) {
        let (_, found) = abroad(service, &self.place).await;
        hidden(service, &self.place, &self.asked_of(found)).await;
    }

    /// A tenant who has rows stays.
    pub async fn refuses_while_it_has(&self, service: &Service, of: &'static Entity, code: &str) {
        let found = self.place.row(service).await;
        service.into(&found.row);
        service.row(of, &[]).await;
        let before = service.database.rows(self.place.entity).await;
        let answer = ask_for(service, None, &self.asked_of(found)).await;
        answer.problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }
}

impl Update {
    /// A row of another tenant cannot be told from none.
    pub async fn keeps_to_its_tenant(&self, service: &Service) {
        let (_, found) = abroad(service, &self.place).await;
        let asked = self.asked_of(service, found).await;
        hidden(service, &self.place, &asked).await;
    }

    /// What another tenant has is missing here.
    pub async fn refuses_foreign(&self, service: &Service, column: &str, code: &str) {
        let field = self.place.entity.column(column);
        let value = foreign(service, self.place.entity, column).await;
        let found = self.place.row(service).await;
        let mut asked = self.asked_of(service, found).await;
        asked.body = Some(json!({ field.key: value }));
        refused(service, &asked, code).await;
    }

    /// The same of an n:m relation.
    pub async fn refuses_foreign_link(&self, service: &Service, key: &str, code: &str) {
        let value = foreign_link(service, self.place.entity, key).await;
        let found = self.place.row(service).await;
        let mut asked = self.asked_of(service, found).await;
        asked.body = Some(json!({ key: [value] }));
        refused(service, &asked, code).await;
    }
}

impl Call {
    /// A row of another tenant cannot be told from none.
    pub async fn keeps_to_its_tenant(&self, service: &Service) {
        let place = self.place.expect("a command has a row");
        let (_, found) = abroad(service, &place).await;
        let asked = self.asked_of(service, found.uri.clone(), Some(found)).await;
        hidden(service, &place, &asked).await;
    }
}

impl List {
    /// Rows of other tenants do not show, and are not counted.
    pub async fn keeps_to_its_tenant(&self, service: &Service) {
        let tenant = service.abroad().await;
        let theirs = rows(service, &self.place).await;
        service.home();
        let own = rows(service, &self.place).await;
        let max = self.page.max;
        let all = service.get(&format!("{}?limit={max}", own[0].uri)).await;
        assert_eq!(self.ids(&all), ids(&own), "{all:?}");
        self.counts(&all, own.len());
        if !self.place.parents.is_empty() {
            let under = service.get(&theirs[0].uri).await;
            under.problem(404, "not_found");
        }
        // There they are, for the same caller.
        service.take_part(&tenant).await;
        let asked = Asked {
            method: "GET",
            uri: format!("{}?limit={max}", theirs[0].uri),
            body: None,
            row: None,
            status: Some(200),
        };
        let answer = ask_for(service, Some(&tenant), &asked).await;
        assert_eq!(self.ids(&answer), ids(&theirs), "{answer:?}");
        self.counts(&answer, theirs.len());
    }
}

impl Create {
    /// A new row belongs to the tenant of its maker, and lies under nothing of another's.
    pub async fn keeps_to_its_tenant(&self, service: &Service) {
        let tenant = service.abroad().await;
        let mut draft = self.draft(service).await;
        service.home();
        let own = service.tenant().await;
        let foreign = draft.uri;
        draft = self.draft(service).await;
        let before = service.database.count_of(self.place.entity, &own).await;
        self.send(service, &draft).await.is(self.status);
        let after = service.database.count_of(self.place.entity, &own).await;
        assert_eq!(after, before + 1);
        if !self.place.parents.is_empty() {
            let mut draft = self.draft(service).await;
            draft.uri = foreign;
            let theirs = service
                .database
                .count_of(self.place.entity, tenant.id())
                .await;
            self.send(service, &draft).await.problem(404, "not_found");
            let now = service
                .database
                .count_of(self.place.entity, tenant.id())
                .await;
            assert_eq!(now, theirs);
        }
    }

    /// What another tenant has is missing here.
    pub async fn refuses_foreign(&self, service: &Service, column: &str, code: &str) {
        let field = self.place.entity.column(column);
        let value = foreign(service, self.place.entity, column).await;
        let mut draft = self.draft(service).await;
        draft.body.insert(field.key.to_owned(), value);
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &draft).await.problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// The same of an n:m relation.
    pub async fn refuses_foreign_link(&self, service: &Service, key: &str, code: &str) {
        let value = foreign_link(service, self.place.entity, key).await;
        let mut draft = self.draft(service).await;
        draft.body.insert(key.to_owned(), json!([value]));
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &draft).await.problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// A name that another tenant has makes a row of one's own.
    pub async fn makes_its_own(&self, service: &Service, key: &str) {
        let many = self.place.entity.many.iter().find(|many| many.key == key);
        let many = many.expect("a relation of the entity");
        let value = foreign_link(service, self.place.entity, key).await;
        let own = service.tenant().await;
        for _ in 0..2 {
            let mut draft = self.draft(service).await;
            draft.body.insert(key.to_owned(), json!([value]));
            self.send(service, &draft).await.is(self.status);
        }
        let made = service.database.count_of(many.target, &own).await;
        assert!(made > 0, "{key}");
    }

    /// What is taken by another tenant is free here.
    pub async fn lets_tenants_share(&self, service: &Service, columns: &[&'static str]) {
        let (given, mut draft) = self.clash(service, columns).await;
        service.abroad().await;
        let parents = self.place.parents(service).await;
        self.place.row_under(service, parents, &given).await;
        service.home();
        self.share(&mut draft, &given);
        self.send(service, &draft).await.is(self.status);
    }

    /// A slug that another tenant has is free here.
    pub async fn lets_tenants_share_slugs(&self, service: &Service, slug: &str, from: &str) {
        let columns = [slug, from].map(|name| self.place.entity.column(name).key);
        let first = self.draft(service).await;
        let made = self.send(service, &first).await;
        let tenant = service.abroad().await;
        service.take_part(&tenant).await;
        let mut second = self.draft(service).await;
        second.body[columns[1]] = first.body[columns[1]].clone();
        let asked = Asked {
            method: self.method,
            uri: second.uri,
            body: Some(Value::Object(second.body)),
            row: None,
            status: Some(self.status),
        };
        let answer = ask_for(service, Some(&tenant), &asked).await;
        let made = &made.is(self.status).under(self.one)[columns[0]];
        assert_eq!(&answer.is(self.status).under(self.one)[columns[0]], made);
    }
}

/// Whoever calls for no tenant, or for one in which they have no part, comes in nowhere.
pub async fn knows_tenants(service: &Service) {
    let tenants = service.tenants();
    let other = service.abroad().await;
    service.home();
    service.own_id().await;
    let key = other.get(tenants.by).clone();
    let missing = tenants.entity.column(tenants.by).kind.sample(700);
    for (method, path) in tenants.endpoints {
        let (uri, body) = filled_in(service, method, path);
        let ask = async |key: Option<&Value>| {
            let headers = service.calling_for(key);
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, text)| (*name, text.as_str()))
                .collect();
            service.ask(method, &uri, &headers, body).await
        };
        let unsaid = ask(None).await;
        let by_header = matches!(tenants.tenancy.from, kernel::auth::TenantSource::Header(_));
        if by_header {
            unsaid.problem(400, "malformed");
        } else {
            unsaid.problem(403, "forbidden");
            ask(Some(&json!(7))).await.problem(403, "forbidden");
        }
        let nowhere = ask(Some(&missing)).await;
        nowhere.problem(403, "forbidden");
        ask(Some(&json!("no such tenant")))
            .await
            .problem(403, "forbidden");
        let elsewhere = ask(Some(&key)).await;
        if tenants.members.is_some() {
            assert_eq!(told(&elsewhere), told(&nowhere), "{elsewhere:?}");
        } else {
            assert_ne!(elsewhere.status, 403, "{elsewhere:?}");
        }
        let anonymous = service
            .ask(method, &uri, &[("authorization", "")], body)
            .await;
        anonymous.problem(401, "unauthenticated");
    }
    if tenants.members.is_some() {
        service.take_part(&other).await;
        for (method, path) in tenants.endpoints {
            let (uri, body) = filled_in(service, method, path);
            let headers = service.calling_for(Some(&key));
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, text)| (*name, text.as_str()))
                .collect();
            let answer = service.ask(method, &uri, &headers, body).await;
            assert_ne!(answer.status, 403, "{answer:?}");
        }
    }
}

/// A row of another tenant, which belongs to the tester as far as it belongs to anyone.
async fn abroad(service: &Service, place: &Place) -> (Row, Placed) {
    let tenant = service.abroad().await;
    let found = place.row(service).await;
    service.home();
    (tenant, found)
}

async fn rows(service: &Service, place: &Place) -> Vec<Placed> {
    let parents = place.parents(service).await;
    let mut all = Vec::new();
    for _ in 0..2.min(place.entity.room()) {
        all.push(place.row_under(service, parents.clone(), &[]).await);
    }
    all
}

fn ids(rows: &[Placed]) -> Vec<Value> {
    rows.iter().map(|placed| placed.row.id().clone()).collect()
}

/// Asserts that what is asked for is answered as if it were not there, and stays as it is.
async fn hidden(service: &Service, place: &Place, asked: &Asked) {
    let before = service.database.rows(place.entity).await;
    let mut spoilt = asked.clone();
    spoilt.body = asked.body.as_ref().map(|_| json!({ "unexpected": 1 }));
    let there = ask_for(service, None, asked).await;
    there.problem(404, "not_found");
    ask_for(service, None, &spoilt)
        .await
        .problem(404, "not_found");
    for uri in place.nowhere(service).await {
        let query = asked.uri.split_once('?').map(|(_, query)| query);
        let uri = query.map_or(uri.clone(), |query| format!("{uri}?{query}"));
        let absent = Asked {
            uri,
            ..asked.clone()
        };
        let absent = ask_for(service, None, &absent).await;
        assert_eq!(told(&there), told(&absent), "{there:?} {absent:?}");
    }
    let after = service.database.rows(place.entity).await;
    assert!(before.iter().all(|row| after.contains(row)), "{there:?}");
}

/// The key of a row of another tenant, for a reference.
async fn foreign(service: &Service, entity: &'static Entity, column: &str) -> Value {
    service.abroad().await;
    let field = entity.column(column);
    let row = body::of(service, 0, [&field]).await;
    service.home();
    row[field.key].clone()
}

/// The same for an n:m relation.
async fn foreign_link(service: &Service, entity: &'static Entity, key: &str) -> Value {
    let many = entity.many.iter().find(|many| many.key == key);
    let many = many.expect("a relation of the entity");
    service.abroad().await;
    let row = service.row(many.target, &[]).await;
    service.home();
    row.get(many.by).clone()
}

async fn refused(service: &Service, asked: &Asked, code: &str) {
    let entity = asked.row.as_ref().expect("a request about a row").entity;
    let before = service.database.rows(entity).await;
    ask_for(service, None, asked).await.problem(409, code);
    assert_eq!(service.database.rows(entity).await, before);
}

/// Asks as the tester, for another tenant where one is given.
async fn ask_for(service: &Service, tenant: Option<&Row>, asked: &Asked) -> Answer {
    let own = service.as_self(service.roles());
    let mut headers = match tenant {
        None => vec![("authorization", own)],
        Some(tenant) => service.calling_for(Some(tenant.get(service.tenants().by))),
    };
    let versioned = asked.row.as_ref().is_some_and(|row| row.entity.versioned());
    if asked.method != "GET" && versioned {
        headers.push(("if-match", "\"1\"".to_owned()));
    }
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let body = asked.body.as_ref();
    service.ask(asked.method, &asked.uri, &headers, body).await
}
