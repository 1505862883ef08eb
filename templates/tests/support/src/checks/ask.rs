//! What each kind of endpoint is asked, to see who may.

use serde_json::Value;

use super::access::{self, Asked, Rule};
use super::body;
use super::call::Call;
use super::create::Create;
use super::delete::Delete;
use super::get::Get;
use super::list::List;
use super::place::{Place, Placed};
use super::sorts;
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
        let ask = async |placed| self.asked_of(placed);
        sorts::show(service, &self.place, rules, ask).await;
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

    pub(super) async fn asked(&self, service: &Service) -> Asked {
        if self.place.key.0.is_empty() {
            service.own_id().await;
        }
        self.asked_of(self.place.row(service).await)
    }

    pub(super) fn asked_of(&self, found: Placed) -> Asked {
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
        let ask = async |placed| self.asked_of(placed);
        sorts::show(service, &self.place, rules, ask).await;
    }

    pub(super) async fn asked(&self, service: &Service) -> Asked {
        self.asked_of(self.place.row(service).await)
    }

    pub(super) fn asked_of(&self, found: Placed) -> Asked {
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
        let ask = async |placed| self.asked_of(service, placed).await;
        sorts::show(service, &self.place, rules, ask).await;
    }

    pub(super) async fn asked(&self, service: &Service) -> Asked {
        let found = self.place.row(service).await;
        self.asked_of(service, found).await
    }

    pub(super) async fn asked_of(&self, service: &Service, found: Placed) -> Asked {
        let n = service.next(self.place.entity.table);
        let open = self.fields().filter(|field| field.writers.is_empty());
        let body = body::of(service, n, open).await;
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
        service.somebody(&[]).await;
        let mut draft = self.draft(service).await;
        let answer = self.send(service, &draft).await;
        let made = answer.is(self.status).under(self.one);
        assert_eq!(made[owner.key], service.own_id().await, "{answer:?}");
        let another = owner.kind.sample(0);
        draft.body.insert(owner.key.to_owned(), another);
        let answer = self.send(service, &draft).await;
        answer.fault(owner.key, "unknown_key");
    }

    pub(super) async fn asked(&self, service: &Service) -> Asked {
        let draft = self.open_draft(service).await;
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
        let ask = async |placed: Placed| {
            let uri = placed.uri.clone();
            // Whether a row of any sort may be changed like this is up to what it holds.
            let asked = self.asked_of(service, uri, Some(placed)).await;
            Asked {
                status: None,
                ..asked
            }
        };
        sorts::show(service, &place, rules, ask).await;
    }

    pub(super) async fn asked(&self, service: &Service) -> Asked {
        let (uri, placed) = self.uri(service).await;
        self.asked_of(service, uri, placed).await
    }

    pub(super) async fn asked_of(
        &self,
        service: &Service,
        uri: String,
        placed: Option<Placed>,
    ) -> Asked {
        let query = body::of(service, 0, self.query).await;
        Asked {
            method: self.method,
            uri: self.with_query(&uri, &query),
            body: self.body(service).await,
            row: placed.map(|placed| placed.row),
            status: self.status,
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

    /// Everybody sees all the rows that they may see, counts them alone, and walks from one to the next.
    pub async fn narrows(&self, service: &Service, rules: &[Rule]) {
        let (_, known) = service.somebody(&[]).await;
        let mut all = sorts::of_place(service, &self.place, &known, self.page.max).await;
        if self.place.parents.is_empty() {
            let room = self.page.max.saturating_sub(all.len());
            let members = sorts::of_members(service, &self.place, &known, rules).await;
            all.extend(members.into_iter().take(room));
        } else {
            all.extend(sorts::of_members(service, &self.place, &known, rules).await);
        }
        for (token, known) in &sorts::callers(service, &known, rules) {
            for under in all.chunk_by(|a, b| a.uri == b.uri) {
                let mut seen = Vec::new();
                for placed in under {
                    if access::sees(service, rules, &placed.row, known).await {
                        seen.push(placed.row.id().clone());
                    }
                }
                let uri = &under[0].uri;
                let headers = [("authorization", token.as_str())];
                let whole = format!("{uri}?limit={}", self.page.max);
                let answer = service.ask("GET", &whole, &headers, None).await;
                assert_eq!(self.ids(&answer), seen, "{known:?}: {answer:?}");
                self.counts(&answer, seen.len());
                assert_eq!(self.walk_with(service, uri, "", &headers).await, seen);
            }
        }
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
