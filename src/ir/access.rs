//! How a service knows who calls.

use serde::Serialize;

use super::{Column, EntityId};

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
