//! Who may do what: every kind of caller, on rows that are there and on rows that are not.

use std::fmt::Debug;

use serde_json::{Value, json};

use crate::entity::{Entity, Hop};
use crate::seed::Row;
use crate::service::{Answer, Service};

/// One of the rules that let a caller in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Public,
    Authenticated,
    Role(&'static str),
    Owner,
    /// No rule but a promise: a row that somebody does not reach is 403 where it is there.
    Told,
    /// For the rows that meet a condition, in pieces of SQL.
    When(&'static [Piece]),
    /// The same, for those alone who have signed in.
    Row(&'static [Piece]),
    /// For those at the end of a way from the row; what they see is said by `When` or `Row`.
    Member(&'static [Hop]),
}

/// A column by which a condition lets the tester in.
#[derive(Debug, Clone, Copy)]
pub struct Granted {
    pub entity: &'static Entity,
    pub column: &'static str,
    /// As JSON text; `None` for the id of the tester.
    pub value: Option<&'static str>,
}

/// A piece of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Sql(&'static str),
    /// The id of the caller's row, the caller's subject, whether the caller has a role.
    Id,
    Subject,
    HasRole(&'static str),
}

/// What a condition asks of a caller; nothing of nobody in particular.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub id: Option<String>,
    pub subject: Option<String>,
    pub roles: Vec<&'static str>,
}

const CURRENT: &str = "\"1\"";
const STALE: &str = "\"99\"";

/// A valid request.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub method: &'static str,
    pub uri: String,
    pub body: Option<Value>,
    /// The row that it is about, which is the tester's own; `None` where it is about none.
    pub row: Option<Row>,
    /// The status of success; `None` where that is up to logic.
    pub status: Option<u16>,
}

/// Somebody who calls.
#[derive(Debug, Clone, Copy)]
enum Who {
    Anonymous,
    Expired,
    Forged,
    Other(Option<&'static str>),
    Owner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Allowed,
    Unauthenticated,
    Forbidden,
    Hidden,
    /// 403 for the row, where a rule about callers would have let them in.
    Told,
}

/// Whom the rules let in gets what was asked for; everybody else is told what the rules say, and changes nothing.
pub(super) async fn hold(service: &Service, rules: &[Rule], ask: impl AsyncFn() -> Asked) {
    for who in everybody(service) {
        let asked = ask().await;
        let (token, known) = token(service, who).await;
        let meets = meets(service, rules, asked.row.as_ref(), &known).await;
        let expected = outcome(who, rules, asked.row.is_some(), meets);
        answers(service, &asked, &token, expected, &who).await;
    }
}

/// Somebody who sees a row gets what was asked for; to others it is not there.
pub(super) async fn shows(
    service: &Service,
    rules: &[Rule],
    asked: &Asked,
    (token, known): &(String, Known),
) {
    let row = asked.row.as_ref().expect("a request about a row");
    let expected = if sees(service, rules, row, known).await {
        Outcome::Allowed
    } else {
        hidden(rules)
    };
    answers(service, asked, token, expected, &(known, row)).await;
}

/// Only who is let in hears of what else is wrong with a request.
async fn answers(
    service: &Service,
    asked: &Asked,
    token: &str,
    expected: Outcome,
    who: &dyn Debug,
) {
    let before = rows(service, asked).await;
    let mut faulty = asked.clone();
    match &mut faulty.body {
        Some(body) => *body = json!({ "unexpected": 1 }),
        None => {
            let sign = if asked.uri.contains('?') { '&' } else { '?' };
            faulty.uri.push_str(&format!("{sign}unexpected=1"));
        }
    }
    let answer = send(service, &faulty, CURRENT, token).await;
    match expected {
        Outcome::Allowed => _ = answer.problem(422, "validation_failed"),
        // What is wrong with a query is found before a row is.
        Outcome::Hidden | Outcome::Told if asked.body.is_none() => {}
        _ => check(&answer, asked, expected, who),
    }
    if asked.names_a_version() {
        let answer = send(service, asked, STALE, token).await;
        match expected {
            Outcome::Allowed => _ = answer.is(412),
            _ => check(&answer, asked, expected, who),
        }
    }
    let answer = send(service, asked, CURRENT, token).await;
    check(&answer, asked, expected, who);
    if expected != Outcome::Allowed {
        assert_eq!(rows(service, asked).await, before, "{who:?}: {answer:?}");
    }
}

/// What one may not see cannot be told from what is not there.
pub(super) async fn hide(service: &Service, asked: &Asked, nowhere: &Asked, rules: &[Rule]) {
    let (token, known) = service.somebody(&[]).await;
    if meets(service, rules, asked.row.as_ref(), &known).await {
        return;
    }
    let hidden = send(service, asked, CURRENT, &token).await;
    let absent = send(service, nowhere, CURRENT, &token).await;
    if rules.contains(&Rule::Told) {
        hidden.problem(403, "forbidden");
        absent.problem(404, "not_found");
        return;
    }
    assert_eq!(told(&hidden), told(&absent), "{hidden:?} {absent:?}");
}

/// All but what differs from request to request, and with the path that the answer names.
pub(super) fn told(answer: &Answer) -> (u16, Vec<(String, String)>, Value) {
    let headers = answer.headers.iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), format!("{value:?}")))
        .filter(|(name, _)| {
            !["x-request-id", "traceparent", "content-length"].contains(&name.as_str())
        });
    let mut body = answer.body.clone();
    if let Some(members) = body.as_object_mut() {
        members.remove("request_id");
        members.remove("instance");
    }
    (answer.status, headers.collect(), body)
}

/// Whether somebody sees a row.
pub(super) async fn sees(service: &Service, rules: &[Rule], row: &Row, known: &Known) -> bool {
    let owner = row
        .entity
        .owner()
        .and_then(|column| row.get(column).as_str());
    let owns = owner.is_some() && owner == known.id.as_deref();
    let sees = grants(rules, known) || owns && rules.contains(&Rule::Owner);
    sees || meets(service, rules, Some(row), known).await
}

/// Whether the rules let somebody in whatever the row.
pub(super) fn grants(rules: &[Rule], known: &Known) -> bool {
    rules.iter().any(|rule| match rule {
        Rule::Public => true,
        Rule::Authenticated => known.subject.is_some(),
        Rule::Role(role) => known.roles.contains(role),
        _ => false,
    })
}

fn everybody(service: &Service) -> Vec<Who> {
    let mut all = vec![Who::Anonymous, Who::Expired, Who::Forged, Who::Other(None)];
    all.extend(service.roles().iter().map(|role| Who::Other(Some(role))));
    all.push(Who::Owner);
    all
}

/// Whether the row meets the condition of the rules for a caller, asked of the database beside the service.
async fn meets(service: &Service, rules: &[Rule], row: Option<&Row>, known: &Known) -> bool {
    let condition = rules.iter().find_map(|rule| match rule {
        Rule::When(pieces) | Rule::Row(pieces) => Some(*pieces),
        _ => None,
    });
    match (condition, row) {
        (Some(pieces), Some(row)) => service.database.meets(row, pieces, known).await,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

async fn token(service: &Service, who: Who) -> (String, Known) {
    match who {
        Who::Anonymous => (String::new(), Known::default()),
        Who::Expired => (service.as_expired(), Known::default()),
        Who::Forged => {
            let token = service.as_self(service.roles());
            let (head, tail) = token.split_at(token.len() - 20);
            let other = if tail.starts_with('A') { 'B' } else { 'A' };
            (format!("{head}{other}{}", &tail[1..]), Known::default())
        }
        Who::Other(role) => service.somebody(role.as_slice()).await,
        Who::Owner => (service.as_self(&[]), service.known_self(&[])),
    }
}

fn outcome(who: Who, rules: &[Rule], has_row: bool, meets: bool) -> Outcome {
    if rules.is_empty() {
        // Nobody is asked who they are.
        return Outcome::Allowed;
    }
    let role = match who {
        Who::Anonymous if rules.contains(&Rule::Public) => return Outcome::Allowed,
        Who::Expired | Who::Forged => return Outcome::Unauthenticated,
        Who::Anonymous if asks_anyone(rules) => None,
        Who::Anonymous => return Outcome::Unauthenticated,
        Who::Other(role) => role,
        Who::Owner => None,
    };
    let by_actor = rules.iter().any(|rule| match rule {
        Rule::Public => true,
        Rule::Authenticated => !matches!(who, Who::Anonymous),
        Rule::Role(name) => role == Some(name),
        _ => false,
    });
    if by_actor || meets {
        return Outcome::Allowed;
    }
    if conditional(rules) {
        return hidden(rules);
    }
    match (rules.contains(&Rule::Owner), who) {
        (false, _) => Outcome::Forbidden,
        (true, Who::Owner) => Outcome::Allowed,
        (true, _) if has_row => hidden(rules),
        (true, _) => Outcome::Allowed,
    }
}

/// What a row is that somebody does not reach.
fn hidden(rules: &[Rule]) -> Outcome {
    if rules.contains(&Rule::Told) {
        Outcome::Told
    } else {
        Outcome::Hidden
    }
}

fn conditional(rules: &[Rule]) -> bool {
    let mut rules = rules.iter();
    rules.any(|rule| matches!(rule, Rule::When(_) | Rule::Row(_)))
}

/// Whether a condition may hold for somebody who has not signed in.
pub(super) fn asks_anyone(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| matches!(rule, Rule::When(_)))
}

#[track_caller]
fn check(answer: &Answer, asked: &Asked, expected: Outcome, who: &dyn Debug) {
    match expected {
        Outcome::Allowed => match asked.status {
            Some(status) => assert_eq!(answer.status, status, "{who:?}: {answer:?}"),
            None => assert!(
                ![401, 403, 404, 422].contains(&answer.status),
                "{who:?}: {answer:?}"
            ),
        },
        Outcome::Unauthenticated => {
            answer.problem(401, "unauthenticated");
            let challenge = answer.header("www-authenticate").unwrap_or_default();
            assert!(challenge.starts_with("Bearer"), "{who:?}: {answer:?}");
        }
        Outcome::Forbidden => {
            answer.problem(403, "forbidden");
        }
        Outcome::Told => {
            answer.problem(403, "forbidden");
        }
        Outcome::Hidden => {
            answer.problem(404, "not_found");
        }
    }
}

/// The rows that the request might change.
async fn rows(service: &Service, asked: &Asked) -> Vec<String> {
    match &asked.row {
        Some(row) => service.database.rows(row.entity).await,
        None => Vec::new(),
    }
}

/// Sends a request as somebody; without a token as nobody.
async fn send(service: &Service, asked: &Asked, version: &str, token: &str) -> Answer {
    let mut headers = vec![("authorization", token)];
    if asked.names_a_version() {
        headers.push(("if-match", version));
    }
    let body = asked.body.as_ref();
    service.ask(asked.method, &asked.uri, &headers, body).await
}

impl Asked {
    fn names_a_version(&self) -> bool {
        self.method != "GET" && self.row.as_ref().is_some_and(|row| row.entity.versioned())
    }
}
