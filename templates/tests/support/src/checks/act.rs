//! Commands that change their row by themselves.

use std::ops::Deref;

use serde_json::{Value, json};

use super::call::{Call, parsed};
use super::place::{Place, Placed};
use crate::kind::Kind;
use crate::service::{Answer, Service};

/// How many requests race.
const WRITERS: usize = 16;
/// Columns that change with every write.
const STAMPS: [&str; 2] = ["updated_at", "version"];

#[derive(Debug)]
pub struct Act {
    pub call: Call,
    pub status: u16,
    /// The key of the row in the answer, empty where the body is the row; `None` where there is no body.
    pub one: Option<&'static str>,
    pub moves: Option<Moves>,
    /// By column: what it becomes, where the row and the body hold what the call says.
    pub sets: &'static [(&'static str, Becomes)],
}

/// A move of a state machine.
#[derive(Debug)]
pub struct Moves {
    pub column: &'static str,
    pub from: &'static [&'static str],
    pub to: &'static str,
    /// Of the problem where the row is in another state.
    pub code: &'static str,
}

/// What a column becomes.
#[derive(Debug)]
pub enum Becomes {
    /// This, as JSON text.
    Is(&'static str),
    /// What was sent under a key.
    Sent(&'static str),
    /// The time.
    Now,
    /// The id of whoever calls.
    Caller,
    Anything,
}

/// What a row and a body hold, as JSON text.
#[derive(Debug)]
pub struct Case {
    pub held: &'static [(&'static str, &'static str)],
    pub sent: &'static [(&'static str, &'static str)],
}

/// The answer beyond an edge: members of the problem, and the columns that they show.
#[derive(Debug)]
pub struct Stop {
    pub status: u16,
    pub code: &'static str,
    pub told: &'static [(&'static str, &'static str)],
}

/// What holds of every call.
impl Deref for Act {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.call
    }
}

impl Act {
    /// The row is changed as the specs say, and in nothing else.
    pub async fn succeeds(&self, service: &Service) {
        let place = self.place();
        // One that is like it, and stays as it is.
        self.placed(service, &place, self.held).await;
        let found = self.placed(service, &place, self.held).await;
        let body = self.body(service).await;
        let before = service.database.rows(place.entity).await;
        let answer = self.ask(service, &found, body.as_ref()).await;
        answer.is(self.status);
        let after = service.database.rows(place.entity).await;
        let changed = before.iter().filter(|row| !after.contains(row)).count();
        assert_eq!((changed, after.len()), (1, before.len()), "{answer:?}");
        let Some(key) = self.one else { return };
        let row = answer.under(key);
        for field in place.entity.fields {
            let (is, was) = (&row[field.key], found.row.get(field.column));
            let moved = self.moves.as_ref().filter(|it| it.column == field.column);
            let set = self.sets.iter().find(|(column, _)| *column == field.column);
            match (moved, set) {
                (Some(moves), _) => assert_eq!(is, moves.to, "{answer:?}"),
                (_, Some((_, becomes))) => {
                    self.becomes(service, becomes, (is, was), body.as_ref())
                        .await;
                }
                _ if STAMPS.contains(&field.column) => {}
                _ => assert_eq!(is, was, "{}: {answer:?}", field.key),
            }
        }
        if place.entity.versioned() {
            assert_eq!(row["version"], 2, "{answer:?}");
            let tag = answer.header("etag");
            assert!(place.entity.is_tag(tag, 2), "{answer:?}");
        }
    }

    async fn becomes(
        &self,
        service: &Service,
        it: &Becomes,
        (is, was): (&Value, &Value),
        body: Option<&Value>,
    ) {
        match it {
            Becomes::Is(value) => assert_eq!(*is, parsed(value), "{it:?}"),
            Becomes::Sent(key) => {
                let sent = body.map(|body| &body[*key]);
                assert_eq!(Some(is), sent, "{it:?}");
            }
            Becomes::Now => assert!(is.is_string() && is != was, "{is}"),
            Becomes::Caller => assert_eq!(*is, caller(service).await, "{it:?}"),
            Becomes::Anything => {}
        }
    }

    /// From each state that it begins in, it ends in one.
    pub async fn moves_from_each_state(&self, service: &Service) {
        let moves = self.moves();
        for state in moves.from {
            let found = self.in_state(service, state).await;
            let body = self.body(service).await;
            let answer = self.ask(service, &found, body.as_ref()).await;
            answer.is(self.status);
            if let Some(key) = self.one {
                let field = self.place().entity.column(moves.column);
                assert_eq!(answer.under(key)[field.key], moves.to, "{answer:?}");
            }
            // Where it is now, the second answer tells.
            let again = self.ask_any(service, &found, body.as_ref()).await;
            self.is_refused(&again, moves.to);
        }
    }

    /// In every other state nothing is changed, and the answer names both.
    pub async fn refuses_other_states(&self, service: &Service) {
        let moves = self.moves();
        let place = self.place();
        let Kind::Choice(words) = place.entity.column(moves.column).kind else {
            panic!("{} is no choice", moves.column);
        };
        for state in words.iter().filter(|word| !moves.from.contains(word)) {
            let found = self.in_state(service, state).await;
            let before = service.database.rows(place.entity).await;
            let body = self.body(service).await;
            let answer = self.ask(service, &found, body.as_ref()).await;
            self.is_refused(&answer, state);
            assert_eq!(service.database.rows(place.entity).await, before);
        }
    }

    /// Of many that make the same move at once, one does.
    pub async fn lets_one_of_many_move(&self, service: &Service) {
        let found = self.placed(service, &self.place(), self.held).await;
        let body = self.body(service).await.unwrap_or_default();
        let (won, lost) = self.race(service, &found, &body).await;
        assert_eq!(won, 1, "{lost:#?}");
        lost.iter()
            .for_each(|answer| self.is_refused(answer, self.moves().to));
    }

    /// At the edge of a condition the row is changed, beyond it nothing is.
    pub async fn stops_beyond(&self, service: &Service, at: Case, over: Case, stop: Stop) {
        let place = self.place();
        let found = self.placed(service, &place, at.held).await;
        let body = self.body_of(service, &at).await;
        let answer = self.ask(service, &found, body.as_ref()).await;
        answer.is(self.status);

        let found = self.placed(service, &place, over.held).await;
        let before = service.database.rows(place.entity).await;
        let body = self.body_of(service, &over).await;
        let answer = self.ask(service, &found, body.as_ref()).await;
        answer.problem(stop.status, stop.code);
        for (key, column) in stop.told {
            assert_eq!(answer.body[key], *found.row.get(column), "{answer:?}");
        }
        assert_eq!(service.database.rows(place.entity).await, before);
    }

    /// Of many at once those are let through that fit, and no more.
    pub async fn lets_through(&self, service: &Service, from: Case, times: usize, stop: Stop) {
        let found = self.placed(service, &self.place(), from.held).await;
        let body = self.body_of(service, &from).await.unwrap_or_default();
        let (won, lost) = self.race(service, &found, &body).await;
        assert_eq!(won, times, "{lost:#?}");
        lost.iter().for_each(|answer| {
            answer.problem(stop.status, stop.code);
        });
    }

    async fn race(&self, service: &Service, found: &Placed, body: &Value) -> (usize, Vec<Answer>) {
        let requests = vec![(found.uri.clone(), body.clone()); WRITERS];
        let headers: &[(&str, &str)] = if found.row.entity.versioned() {
            &[("if-match", "*")]
        } else {
            &[]
        };
        let answers = service.all_at_once(self.method, requests, headers).await;
        let (won, lost): (Vec<_>, Vec<_>) =
            answers.into_iter().partition(|it| it.status == self.status);
        (won.len(), lost)
    }

    #[track_caller]
    fn is_refused(&self, answer: &Answer, state: &str) {
        let moves = self.moves();
        answer.problem(409, moves.code);
        assert_eq!(answer.body["from"], state, "{answer:?}");
        assert_eq!(answer.body["to"], moves.to, "{answer:?}");
        let detail = answer.body["detail"].as_str().unwrap_or_default();
        let names_both = detail.contains(state) && detail.contains(moves.to);
        assert!(names_both, "{answer:?}");
    }

    async fn in_state(&self, service: &Service, state: &str) -> Placed {
        let column = self.moves().column;
        let state = json!(state).to_string();
        let others = self.held.iter().filter(|(held, _)| *held != column);
        let held = others.map(|(column, value)| (*column, *value));
        let held: Vec<_> = held.chain([(column, state.as_str())]).collect();
        self.placed(service, &self.place(), &held).await
    }

    async fn body_of(&self, service: &Service, case: &Case) -> Option<Value> {
        let mut body = self.body(service).await?;
        for (key, value) in case.sent {
            body[*key] = parsed(value);
        }
        Some(body)
    }

    /// Names the version that rows begin with.
    async fn ask(&self, service: &Service, found: &Placed, body: Option<&Value>) -> Answer {
        self.ask_with(service, found, body, "\"1\"").await
    }

    async fn ask_any(&self, service: &Service, found: &Placed, body: Option<&Value>) -> Answer {
        self.ask_with(service, found, body, "*").await
    }

    async fn ask_with(
        &self,
        service: &Service,
        found: &Placed,
        body: Option<&Value>,
        version: &str,
    ) -> Answer {
        let headers = [("if-match", version)];
        let versioned = usize::from(found.row.entity.versioned());
        let headers = &headers[..versioned];
        service.ask(self.method, &found.uri, headers, body).await
    }

    fn place(&self) -> Place {
        self.call.place.expect("a command has a row")
    }

    fn moves(&self) -> &Moves {
        self.moves.as_ref().expect("a command that moves its row")
    }
}

#[cfg(feature = "auth")]
async fn caller(service: &Service) -> Value {
    service.own_id().await
}

#[cfg(not(feature = "auth"))]
async fn caller(_: &Service) -> Value {
    Value::Null
}
