//! What each kind of endpoint is asked, to see who may.

use serde_json::Value;

use super::access::{self, Asked, Rule};
use super::body;
use super::call::Call;
use super::create::Create;
use super::delete::Delete;
use super::get::Get;
use super::list::List;
use super::place::Place;
use super::update::Update;
use crate::service::Service;

impl Get {
    /// Every kind of caller gets what the rules say.
    pub async fn lets_in(&self, service: &Service, rules: &[Rule]) {
        access::hold(service, rules, async || self.asked(service).await).await;
    }

    /// A row of somebody else cannot be told from none.
    pub async fn hides(&self, service: &Service) {
        hide(service, self.asked(service).await, &self.place).await;
    }

    async fn asked(&self, service: &Service) -> Asked {
        let found = self.place.row(service).await;
        Asked {
            method: "GET",
            uri: found.uri,
            body: None,
            row: Some(found.row),
            status: Some(200),
        }
    }
}

impl Delete {
    /// Every kind of caller gets what the rules say.
    pub async fn lets_in(&self, service: &Service, rules: &[Rule]) {
        access::hold(service, rules, async || self.asked(service).await).await;
    }

    /// A row of somebody else cannot be told from none.
    pub async fn hides(&self, service: &Service) {
        hide(service, self.asked(service).await, &self.place).await;
    }

    async fn asked(&self, service: &Service) -> Asked {
        let found = self.place.row(service).await;
        Asked {
            method: self.method,
            uri: found.uri,
            body: None,
            row: Some(found.row),
            status: Some(self.status),
        }
    }
}

impl Update {
    /// Every kind of caller gets what the rules say.
    pub async fn lets_in(&self, service: &Service, rules: &[Rule]) {
        access::hold(service, rules, async || self.asked(service).await).await;
    }

    /// A row of somebody else cannot be told from none.
    pub async fn hides(&self, service: &Service) {
        hide(service, self.asked(service).await, &self.place).await;
    }

    async fn asked(&self, service: &Service) -> Asked {
        let found = self.place.row(service).await;
        let n = service.next(self.place.entity.table);
        let body = body::of(service, n, self.fields()).await;
        Asked {
            method: self.method,
            uri: found.uri,
            body: Some(Value::Object(body)),
            row: Some(found.row),
            status: Some(self.status),
        }
    }
}

impl Create {
    /// Every kind of caller gets what the rules say.
    pub async fn lets_in(&self, service: &Service, rules: &[Rule]) {
        access::hold(service, rules, async || self.asked(service).await).await;
    }

    /// The new row belongs to whoever makes it, and nobody can give it to another.
    pub async fn belongs_to_its_maker(&self, service: &Service, column: &str) {
        let owner = self.place.entity.column(column);
        let mut draft = self.draft(service).await;
        let answer = self.send(service, &draft).await;
        let made = answer.is(self.status).under(self.one);
        assert_eq!(made[owner.key], service.own_id().await, "{answer:?}");
        let another = owner.kind.sample(0);
        draft.body.insert(owner.key.to_owned(), another);
        let answer = self.send(service, &draft).await;
        answer.fault(owner.key, "unknown_key");
    }

    async fn asked(&self, service: &Service) -> Asked {
        let draft = self.draft(service).await;
        Asked {
            method: self.method,
            uri: draft.uri,
            body: Some(Value::Object(draft.body)),
            row: None,
            status: Some(self.status),
        }
    }
}

impl Call {
    /// Every kind of caller gets what the rules say.
    pub async fn lets_in(&self, service: &Service, rules: &[Rule]) {
        access::hold(service, rules, async || self.asked(service).await).await;
    }

    /// A row of somebody else cannot be told from none.
    pub async fn hides(&self, service: &Service) {
        let place = self.place.expect("a command has a row");
        hide(service, self.asked(service).await, &place).await;
    }

    async fn asked(&self, service: &Service) -> Asked {
        let (uri, placed) = self.uri(service).await;
        let query = body::of(service, 0, self.query).await;
        Asked {
            method: self.method,
            uri: self.with_query(&uri, &query),
            body: self.body(service).await,
            row: placed.map(|placed| placed.row),
            status: None,
        }
    }
}

impl List {
    /// Every kind of caller gets what the rules say.
    pub async fn lets_in(&self, service: &Service, rules: &[Rule]) {
        access::hold(service, rules, async || {
            let parents = self.place.parents(service).await;
            Asked {
                method: "GET",
                uri: self.place.uri(&parents, ""),
                body: None,
                row: None,
                status: Some(200),
            }
        })
        .await;
    }

    /// Who sees one's own rows alone sees them all, counts them alone, and walks from one to the next.
    pub async fn narrows(&self, service: &Service) {
        let owner = self.place.entity.owner().expect("rows with owners");
        let parents = self.place.parents(service).await;
        let (token, other) = service.as_other(&[]).await;
        let mut theirs = Vec::new();
        for at in 0..6 {
            let given = [(owner, other.clone())];
            let given = if at % 2 == 0 { &given[..] } else { &[] };
            let placed = self.place.row_under(service, parents.clone(), given).await;
            if at % 2 == 0 {
                theirs.push(placed.row.id().clone());
            }
        }
        let uri = self.place.uri(&parents, "");
        let headers = [("authorization", token.as_str())];
        let whole = format!("{uri}?limit={}", self.page.max);
        let answer = service.ask("GET", &whole, &headers, None).await;
        assert_eq!(self.ids(&answer), theirs, "{answer:?}");
        self.counts(&answer, theirs.len());
        assert_eq!(self.walk_with(service, &uri, "", &headers).await, theirs);
    }
}

/// Asks for a row of the tester, and where none is, as somebody else.
async fn hide(service: &Service, there: Asked, place: &Place) {
    for nowhere in place.nowhere(service).await {
        let query = there.uri.split_once('?').map(|(_, query)| query);
        let uri = query.map_or(nowhere.clone(), |query| format!("{nowhere}?{query}"));
        let absent = Asked {
            uri,
            ..there.clone()
        };
        access::hide(service, &there, &absent).await;
    }
}
