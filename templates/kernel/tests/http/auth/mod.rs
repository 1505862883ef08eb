//! Who calls, and who is let in.

mod claims;
#[cfg_attr(feature = "auth_jwt", path = "jwt.rs")]
#[cfg_attr(feature = "auth_paseto", path = "paseto.rs")]
mod format;
mod rules;
#[cfg(feature = "auth_jwt")]
mod served;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use kernel::app::{App, Clock, SystemClock};
use kernel::auth::{Issuer, Rows, Settings};
use kernel::contract::{Access, Contract, Rule};
use kernel::http::{self, Call, Reply};
use kernel::problem::Problem;
use kernel::types::Id;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::support::{Answer, GET, Journal, POST, Service, service};

/// The entity of actors.
struct Person;

const fn endpoint(path: &'static str, rules: &'static [Rule]) -> Contract {
    Contract {
        path,
        access: Access::Any(rules),
        ..GET
    }
}

const OPEN: Contract = Contract {
    path: "/open",
    ..GET
};
const WELCOME: Contract = endpoint("/welcome", &[Rule::Public]);
const SIGNED_IN: Contract = endpoint("/signed-in", &[Rule::Authenticated]);
const STAFF: Contract = endpoint("/staff", &[Rule::Role("staff"), Rule::Role("admin")]);
const OWN: Contract = endpoint("/own", &[Rule::Row("owner")]);
const OWN_OR_STAFF: Contract =
    endpoint("/own-or-staff", &[Rule::Row("owner"), Rule::Role("staff")]);
const WRITE: Contract = Contract {
    access: Access::Any(&[Rule::Authenticated]),
    ..POST
};

/// Says who called, and what they reach.
async fn who(call: Call<Journal>) -> Result<Reply, Problem> {
    let rows = match call.rows::<Id<Person>>() {
        Rows::All => json!("all"),
        Rows::Of(id) => json!(id),
    };
    let actor = call.context().caller().actor();
    assert_eq!(actor, call.caller().actor());
    let subject = actor.map(|actor| actor.subject().to_owned());
    let row = actor.and_then(|actor| actor.id::<Id<Person>>());
    let seen = json!({ "subject": subject, "rows": rows, "row": row });
    Ok(Reply::ok(&seen).version(1))
}

async fn write(call: Call<Journal>) -> Result<Reply, Problem> {
    call.form()?;
    Ok(Reply::created("/things/1", &()))
}

/// A service that believes these, with a table of revoked tokens.
async fn believing(auth: Settings) -> Service {
    static MAKING: Mutex<()> = Mutex::const_new(());
    let routes = [&OPEN, &WELCOME, &SIGNED_IN, &STAFF, &OWN, &OWN_OR_STAFF];
    let routes = routes
        .into_iter()
        .fold(Router::<App<Journal>>::new(), |all, contract| {
            all.merge(http::route(contract, who))
        });
    let routes = routes.merge(http::route(&WRITE, write));
    let service = service(routes, |settings| settings.auth = auth).await;
    let time = if cfg!(feature = "postgres") {
        "timestamptz"
    } else {
        "integer"
    };
    let table = format!(
        "create table if not exists revoked_tokens (jti text primary key, expires_at {time} not null)"
    );
    let _one_at_a_time = MAKING.lock().await;
    let mut unit = service
        .app
        .pool()
        .begin(kernel::contract::Unit::Statement)
        .await
        .unwrap();
    let made = sqlx::raw_sql(sqlx::AssertSqlSafe(table))
        .execute(unit.connection())
        .await;
    unit.finish::<_, Problem>(Ok(made.unwrap())).await.unwrap();
    service
}

async fn fresh() -> (Service, Issuer) {
    let issuer = Issuer::fresh();
    (believing(issuer.settings()).await, issuer)
}

impl Service {
    async fn with_headers(&self, path: &str, values: &[&str]) -> Answer {
        let request = values.iter().fold(Request::get(path), |request, value| {
            request.header("authorization", *value)
        });
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    async fn with_token(&self, path: &str, token: &str) -> Answer {
        self.with_headers(path, &[&format!("Bearer {token}")]).await
    }
}

/// The body without what differs from request to request.
fn told(answer: &Answer) -> Value {
    let mut body = answer.json();
    for name in ["request_id", "instance"] {
        body.as_object_mut().unwrap().remove(name);
    }
    body
}

/// Asserts that a token is refused as all bad ones are, whoever is welcome without one.
async fn refused(service: &Service, token: &str, why: &str) {
    for path in ["/welcome", "/signed-in", "/staff", "/own"] {
        is_bad(&service.with_token(path, token).await, why);
    }
}

#[track_caller]
fn is_bad(answer: &Answer, why: &str) {
    assert_eq!(answer.status, 401, "{why}: {answer:?}");
    assert_eq!(answer.problem(401), "unauthenticated");
    assert_eq!(
        answer.header("www-authenticate"),
        Some(r#"Bearer realm="api", error="invalid_token""#),
        "{why}"
    );
    assert_eq!(
        told(answer),
        json!({ "type": "/problems/unauthenticated", "title": "This needs a valid token", "status": 401 }),
        "{why}"
    );
}

/// Seconds since 1970.
fn now() -> i64 {
    SystemClock.now().micros() / 1_000_000
}
