//! Who calls, as a typed value: nothing outside of this module knows where it came from.

use std::sync::Arc;

use uuid::Uuid;

/// Somebody who has shown who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub(super) subject: Box<str>,
    pub(super) roles: Box<[Box<str>]>,
    pub(super) row: Option<Uuid>,
    #[cfg(feature = "tenancy")]
    pub(super) tenant: Option<Uuid>,
}

impl Actor {
    /// An actor that no token made, for tests of logic.
    #[must_use]
    pub fn new(subject: &str, roles: &[&str], row: Option<Uuid>) -> Self {
        Self {
            subject: subject.into(),
            roles: roles.iter().map(|role| (*role).into()).collect(),
            row,
            #[cfg(feature = "tenancy")]
            tenant: None,
        }
    }

    #[cfg(feature = "tenancy")]
    /// The same, for a tenant.
    #[must_use]
    pub fn of(mut self, tenant: Uuid) -> Self {
        self.tenant = Some(tenant);
        self
    }

    #[cfg(feature = "tenancy")]
    /// The tenant for whom they call, where they have shown that they are of it.
    #[must_use]
    pub fn tenant(&self) -> Option<Uuid> {
        self.tenant
    }

    /// The name under which the issuer of tokens knows them.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Whether they have a role.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|it| **it == *role)
    }

    /// The id of the row behind them, where the service keeps one.
    #[must_use]
    pub fn id<I: From<Uuid>>(&self) -> Option<I> {
        self.row.map(I::from)
    }
}

/// Who calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Caller {
    /// Somebody who has not said.
    #[default]
    Anonymous,
    /// Somebody who has shown it.
    Actor(Arc<Actor>),
}

impl Caller {
    /// The actor, unless nobody in particular calls.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Anonymous => None,
            Self::Actor(actor) => Some(actor),
        }
    }
}

/// Which rows of an endpoint with row rules a caller reaches. `I` is the type of the ids of those who call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows<I> {
    /// All of them.
    All,
    /// Those that a row rule gives to this actor.
    Of(I),
}

impl<I> Rows<I> {
    /// Whose rows they must be; `None` where all are reached.
    #[must_use]
    pub fn owner(self) -> Option<I> {
        match self {
            Self::All => None,
            Self::Of(owner) => Some(owner),
        }
    }
}
