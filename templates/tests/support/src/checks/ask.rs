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
    pub async fn hides(&self, service: &Service, rules: &[Rule]) {
        hide(service, self.asked(service).await, &self.place, rules).await;
    }

    /// Everyone gets the row that stands for them.
    pub async fn shows_the_caller(&self, service: &Service) {
        let roles = service.roles();
        for _ in 0..2 {
            let (token, known) = service.somebody(roles).await;
            let headers = [("authorization", token.as_str())];
            let answer = service.ask("GET", self.place.path, &headers, None).await;
            let row = answer.is(200).under(self.one);
            assert_eq!(row["id"].as_str(), known.id.as_deref(), "{answer:?}");
        }
    }

    async fn asked(&self, service: &Service) -> Asked {
        if self.place.key.0.is_empty() {
            service.own_id().await;
        }
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
    pub async fn hides(&self, service: &Service, rules: &[Rule]) {
        hide(service, self.asked(service).await, &self.place, rules).await;
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
    pub async fn hides(&self, service: &Service, rules: &[Rule]) {
        hide(service, self.asked(service).await, &self.place, rules).await;
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
    pub async fn hides(&self, service: &Service, rules: &[Rule]) {
        let place = self.place.expect("a command has a row");
        hide(service, self.asked(service).await, &place, rules).await;
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

    /// Who sees some rows alone sees all of them, counts them alone, and walks from one to the next.
    pub async fn narrows(&self, service: &Service, rules: &[Rule]) {
        let parents = self.place.parents(service).await;
        let (token, known) = service.somebody(&[]).await;
        let owner = self.place.entity.owner().zip(known.id.as_ref());
        let given = owner.map(|(column, id)| (column, Value::from(id.as_str())));
        let mut seen = Vec::new();
        for at in 0..8 {
            let given = given.as_slice();
            let given = if at % 2 == 0 { given } else { &[] };
            let placed = self.place.row_under(service, parents.clone(), given).await;
            if access::sees(service, rules, &placed.row, &known).await {
                seen.push(placed.row.id().clone());
            }
        }
        let uri = self.place.uri(&parents, "");
        let headers = [("authorization", token.as_str())];
        let whole = format!("{uri}?limit={}", self.page.max);
        let answer = service.ask("GET", &whole, &headers, None).await;
        assert_eq!(self.ids(&answer), seen, "{answer:?}");
        self.counts(&answer, seen.len());
        assert_eq!(self.walk_with(service, &uri, "", &headers).await, seen);
    }
}

/// Asks for a row of the tester, and where none is, as somebody else.
async fn hide(service: &Service, there: Asked, place: &Place, rules: &[Rule]) {
    for nowhere in place.nowhere(service).await {
        let query = there.uri.split_once('?').map(|(_, query)| query);
        let uri = query.map_or(nowhere.clone(), |query| format!("{nowhere}?{query}"));
        let absent = Asked {
            uri,
            ..there.clone()
        };
        access::hide(service, &there, &absent, rules).await;
    }
}
