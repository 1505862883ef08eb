//! How a service knows who calls.

use serde::Serialize;

use super::{Column, EntityId, Expr, Hop};

/// Where callers come from; a service without it knows nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Auth {
    pub tokens: Tokens,
    /// The roles that the service knows, as written.
    pub roles: Vec<String>,
    /// The row behind a token's subject, where there is one.
    pub actor: Option<ActorSource>,
}

/// The format of bearer tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tokens {
    /// PASETO v4.public.
    Paseto,
    /// JWT, signed by EdDSA, ES256 or RS256.
    Jwt,
}

/// The entity whose rows are callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ActorSource {
    pub entity: EntityId,
    /// Unique; holds the token's subject.
    pub by: Column,
    /// Whether a subject without a row gets one.
    pub provision: bool,
}

/// Who may call an endpoint: whoever any of the rules grants it; never empty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Access {
    pub rules: Vec<Rule>,
    /// Whether the caller is asked for in any case, since what comes along with the rows depends on it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub asks: bool,
    /// Whether it is about the rows of one tenant, which the caller must be of.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tenant: bool,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Anyone, signed in or not.
    Public,
    /// Anyone with a valid token.
    Authenticated,
    /// Whoever has the role.
    Role(String),
    /// Whoever the row belongs to; the entity of the endpoint has an owner.
    Owner,
    /// Anyone, signed in or not, for whom the row meets a condition.
    When {
        /// As written.
        text: String,
        condition: Expr,
    },
    /// Whoever is among the callers to whom relations lead from the row.
    Member {
        /// As written, without `member of`.
        text: String,
        /// From the row to the callers; never empty.
        way: Vec<Hop>,
        /// The same as a condition.
        condition: Expr,
    },
}

impl Rule {
    /// Whether it says which rows a caller reaches.
    pub fn is_about_rows(&self) -> bool {
        matches!(self, Self::Owner | Self::When { .. } | Self::Member { .. })
    }

    pub fn condition(&self) -> Option<&Expr> {
        match self {
            Self::When { condition, .. } | Self::Member { condition, .. } => Some(condition),
            _ => None,
        }
    }
}

impl Access {
    /// Anyone, without a look at who it is.
    pub fn public() -> Self {
        Self {
            rules: vec![Rule::Public],
            asks: false,
            tenant: false,
        }
    }

    /// Whether nobody is asked who he is.
    pub fn is_public(&self) -> bool {
        !self.asks && self.rules == [Rule::Public]
    }

    /// Which rows a caller reaches who was let in.
    pub fn reach(&self) -> Reach {
        let about_rows = self.rules.iter().filter(|rule| rule.is_about_rows());
        match about_rows.count() {
            0 => Reach::All,
            count if count == self.rules.len() => Reach::Some,
            _ => Reach::AllOrSome,
        }
    }

    fn has_condition(&self) -> bool {
        self.rules.iter().any(|rule| rule.condition().is_some())
    }

    /// Whether a condition may hold for somebody who has not signed in.
    pub fn asks_anyone(&self) -> bool {
        let mut rules = self.rules.iter();
        !self.tenant && rules.any(|rule| matches!(rule, Rule::When { .. }))
    }

    /// What somebody without a token gets.
    pub fn to_anonymous(&self) -> Granted {
        if self.rules.contains(&Rule::Public) {
            Granted::All
        } else if self.asks_anyone() {
            Granted::Some
        } else {
            Granted::Unauthenticated
        }
    }

    /// What an actor gets who has this role at most.
    pub fn to_actor(&self, role: Option<&str>) -> Granted {
        let all = self.rules.iter().any(|rule| match rule {
            Rule::Public | Rule::Authenticated => true,
            Rule::Role(name) => role == Some(name.as_str()),
            Rule::Owner | Rule::When { .. } | Rule::Member { .. } => false,
        });
        if all {
            Granted::All
        } else if self.has_condition() {
            Granted::Some
        } else if self.rules.contains(&Rule::Owner) {
            Granted::Own
        } else {
            Granted::Forbidden
        }
    }
}

/// Which rows a caller reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    All,
    /// Those that the rules about rows give.
    Some,
    /// All by some of the rules, and by the others those that the rules about rows give.
    AllOrSome,
}

/// What an endpoint gives a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Granted {
    /// Every row.
    All,
    /// The rows that are the caller's.
    Own,
    /// The rows that meet a condition.
    Some,
    /// 403.
    Forbidden,
    /// 401.
    Unauthenticated,
}
