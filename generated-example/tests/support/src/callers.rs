//! Who calls in tests: somebody who has every role and owns what is made for them, and others who do not.

use std::sync::OnceLock;

use kernel::auth::{FindActor, Found, Issuer};
use kernel::db::Connection;
use kernel::types::Uuid;
use serde_json::{Value, json};

use crate::checks::access::{Granted, Known, Rule};
use crate::entity::{Entity, Hop};
use crate::seed::Row;
use crate::service::Service;

/// What the specs say of callers.
#[derive(Debug)]
pub struct Callers {
    pub roles: &'static [&'static str],
    pub rows: Option<Rows>,
}

/// The rows behind callers.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    pub entity: &'static Entity,
    /// The column of the subject.
    pub by: &'static str,
    pub find: FindActor,
    /// Makes a row for a subject that has none, where the specs say so.
    pub make: Option<FindActor>,
}

/// The subject of whoever calls where a test does not say.
const SELF: &str = "the-tester";
const SELF_ID: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_5e1f_0000);

/// How the service under test finds rows; one service a test binary.
static FIND: OnceLock<FindActor> = OnceLock::new();

/// The row of the tester is there for the service before it is made, so that lists do not show it unasked.
fn find<'c>(connection: &'c mut Connection, subject: &'c str) -> Found<'c> {
    if subject == SELF {
        return Box::pin(async { Ok(Some(SELF_ID)) });
    }
    let find = FIND.get().expect("a service that was started");
    find(connection, subject)
}

/// Takes the place of how the service finds rows.
pub(crate) fn stand_in(found: FindActor) -> FindActor {
    FIND.get_or_init(|| found);
    find
}

/// Rows that get the tester as a member when they are made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joined {
    pub entity: &'static Entity,
    /// From there to the tester: a reference alone, or a relation and what follows it.
    pub way: &'static [Hop],
}

/// Identities and their tokens.
pub(crate) struct Identities {
    pub callers: &'static Callers,
    pub issuer: Issuer,
    pub usual: String,
}

impl Identities {
    pub fn new(callers: &'static Callers) -> Self {
        let mut made = Self {
            callers,
            issuer: Issuer::fresh(),
            usual: String::new(),
        };
        made.usual = made.bearer(SELF, callers.roles, HOUR);
        made
    }

    /// `Authorization` by the claims of somebody, in the tester's tenant.
    fn bearer(&self, subject: &str, roles: &[&str], seconds: i64) -> String {
        let claims = self.issuer.claims(subject, roles, seconds);
        self.signed(&claims)
    }

    /// `Authorization` by these claims.
    pub fn signed(&self, claims: &Value) -> String {
        format!("Bearer {}", self.issuer.sign(claims))
    }
}

const HOUR: i64 = 3600;

impl Service {
    /// From now on the tester is a member of every row, by the first way that the rules know.
    #[must_use]
    pub fn joining(mut self, mut entity: &'static Entity, rules: &'static [Rule]) -> Self {
        let mut ways = rules.iter().filter_map(|rule| match rule {
            Rule::Member(way) => Some(*way),
            _ => None,
        });
        let mut way = ways.next().unwrap_or_default();
        while let [Hop::One { target, .. }, rest @ ..] = way
            && !rest.is_empty()
        {
            (entity, way) = (target, rest);
        }
        self.joined = Some(Joined { entity, way });
        self
    }

    /// From now on rows are made such that the conditions of the rules let the tester in.
    #[must_use]
    pub fn granting(mut self, granted: &'static [Granted]) -> Self {
        self.granted = granted;
        self
    }

    /// Of a row that is made: what a column must be for that.
    pub(crate) async fn grants_by(&self, entity: &Entity, column: &str) -> Option<Value> {
        let mut granted = self.granted.iter();
        let found = granted.find(|it| it.entity == entity && it.column == column)?;
        Some(match found.value {
            Some(json) => serde_json::from_str(json).expect("a value is JSON"),
            None => self.own_id().await,
        })
    }

    /// Of a row that is made: what it refers to the tester by.
    pub(crate) fn joins_by(&self, entity: &Entity, column: &str) -> bool {
        self.joined.is_some_and(|joined| {
            let by = matches!(joined.way, [Hop::One { column: by, .. }] if *by == column);
            by && joined.entity == entity
        })
    }

    /// Makes the tester a member of a row that was made.
    pub(crate) async fn join(&self, row: &Row) {
        let Some(joined) = self.joined.filter(|it| it.entity == row.entity) else {
            return;
        };
        if let [hop, rest @ ..] = joined.way
            && !matches!(hop, Hop::One { .. })
        {
            let own = self.own_id().await;
            self.attach(row, hop, rest, "id", Some(own)).await;
        }
    }

    /// The roles that the service knows.
    #[must_use]
    pub fn roles(&self) -> &'static [&'static str] {
        self.identities.callers.roles
    }

    /// `Authorization` of the tester, with these roles alone.
    #[must_use]
    pub fn as_self(&self, roles: &[&str]) -> String {
        self.identities.bearer(SELF, roles, HOUR)
    }

    /// `Authorization` of the tester, once it was good.
    #[must_use]
    pub fn as_expired(&self) -> String {
        let all = self.identities.callers.roles;
        self.identities.bearer(SELF, all, -HOUR)
    }

    /// `Authorization` of somebody who owns nothing yet, with these roles alone, and what is known of them.
    pub(crate) async fn somebody(&self, roles: &[&'static str]) -> (String, Known) {
        let (subject, id) = match self.identities.callers.rows {
            None => ("another".to_owned(), None),
            Some(rows) => {
                let row = self.row(rows.entity, &[]).await;
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                (text(row.get(rows.by)), Some(text(row.id())))
            }
        };
        let known = Known {
            id,
            subject: Some(subject),
            roles: Vec::new(),
        };
        self.with_roles(&known, roles)
    }

    /// `Authorization` of somebody who is known, with these roles alone.
    pub(crate) fn with_roles(&self, known: &Known, roles: &[&'static str]) -> (String, Known) {
        let subject = known.subject.as_deref().unwrap_or_default();
        let token = self.identities.bearer(subject, roles, HOUR);
        let roles = roles.to_vec();
        let known = known.clone();
        (token, Known { roles, ..known })
    }

    /// Whether rows of an entity stand for callers.
    pub(crate) fn is_of_callers(&self, entity: &Entity) -> bool {
        let rows = self.identities.callers.rows;
        rows.is_some_and(|rows| rows.entity.table == entity.table)
    }

    /// What is known of the tester.
    pub(crate) fn known_self(&self, roles: &[&'static str]) -> Known {
        let rows = self.identities.callers.rows;
        Known {
            id: rows.map(|_| SELF_ID.to_string()),
            subject: Some(SELF.to_owned()),
            roles: roles.to_vec(),
        }
    }

    /// `Authorization` of somebody whom no row stands for yet.
    fn as_new(&self, subject: &str) -> String {
        let all = self.identities.callers.roles;
        self.identities.bearer(subject, all, HOUR)
    }

    /// A subject without a row is nobody, unless it gets one, and then one alone.
    pub async fn knows_new_callers(&self, method: &str, uri: &str) {
        let rows = self.identities.callers.rows.expect("callers with rows");
        let token = self.as_new("somebody new");
        let before = self.database.rows(rows.entity).await.len();
        for _ in 0..2 {
            let headers = [("authorization", token.as_str())];
            let answer = self.ask(method, uri, &headers, None).await;
            let made = self.database.rows(rows.entity).await.len() - before;
            assert_eq!(
                (answer.status == 401, made),
                (rows.make.is_none(), usize::from(rows.make.is_some())),
                "{answer:?}"
            );
        }
        // No table takes this.
        let token = self.as_new(&"a".repeat(5_000));
        let headers = [("authorization", token.as_str())];
        let answer = self.ask(method, uri, &headers, None).await;
        answer.problem(401, "unauthenticated");
    }

    /// Sees that the row of the tester is there, where callers have rows.
    pub(crate) async fn make_self(&self) {
        if self.identities.callers.rows.is_some() {
            self.own_id().await;
        }
    }

    /// The id of the tester, whose row is there from now on.
    pub async fn own_id(&self) -> Value {
        let id = json!(SELF_ID.to_string());
        let rows = self.identities.callers.rows.expect("owners have rows");
        if !self.database.has(rows.entity, &id).await {
            let given = [("id", id.clone()), (rows.by, json!(SELF))];
            self.row(rows.entity, &given).await;
        }
        id
    }
}
