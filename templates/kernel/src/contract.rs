//! What an endpoint promises, as data.
//!
//! Every endpoint states one [`Contract`] constant; the pipeline in [`crate::http`] reads it and does the rest. Nothing
//! here runs: a contract holds no logic and knows no handler.

use std::time::Duration;

use crate::problem::Problem;

/// All that the pipeline must know of an endpoint beside its handler.
#[derive(Debug, Clone, Copy)]
pub struct Contract {
    /// `feature.endpoint`: the label of its log lines and metrics.
    pub id: &'static str,
    /// The verb it answers to; an endpoint on `GET` also answers `HEAD`.
    pub method: Method,
    /// The path below the service's base path, parameters as `{name}`.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    #[cfg(feature = "tenancy")]
    /// Whether it works for the tenant of its caller, who must have one.
    pub tenant: bool,
    /// The status of an answer without a problem.
    pub success: u16,
    /// How its statements reach the database.
    pub unit: Unit,
    /// One of each problem that the endpoint itself may answer with.
    pub problems: fn() -> Vec<Problem>,
    /// The largest request body, in bytes; more is 413.
    pub body_limit: usize,
    /// The time from the request's head to its answer; more is 503 (408 while the body is still arriving).
    pub deadline: Duration,
}

impl Contract {
    /// What holds where a contract says nothing: a public read with 1 MiB of body and 10 seconds at most.
    pub const DEFAULT: Self = Self {
        id: "",
        method: Method::Get,
        path: "/",
        access: Access::Public,
        #[cfg(feature = "tenancy")]
        tenant: false,
        success: 200,
        unit: Unit::Read,
        problems: Vec::new,
        body_limit: 1024 * 1024,
        deadline: Duration::from_secs(10),
    };
}

/// The verbs an endpoint may answer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`, and `HEAD` with it.
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

/// Who may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    #[cfg(feature = "auth")]
    /// Whom any of the rules lets in.
    Any(&'static [Rule]),
}

#[cfg(feature = "auth")]
/// One of the rules that let a caller in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Anyone: a token is welcome and not needed.
    Public,
    /// Whoever has a good token.
    Authenticated,
    /// Whoever has a role.
    Role(&'static str),
    /// An actor for the rows that the rule gives to them; the rule as written, such as `owner`. It is decided in SQL.
    Row(&'static str),
    /// Anyone, with a token or without, for the rows that meet a condition; as written. It is decided in SQL.
    When(&'static str),
}

/// How the statements of one call are bound together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Reads alone: no transaction is opened, and the call ends with its client.
    Read,
    /// One statement that commits itself.
    Statement,
    /// Everything or nothing.
    Transaction,
}

impl Unit {
    /// Whether the call changes data, and so must end as it began even when its client is gone.
    #[must_use]
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Read)
    }
}
