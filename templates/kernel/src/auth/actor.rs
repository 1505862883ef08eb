//! Who calls, as a typed value: nothing outside of this module knows where it came from.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use crate::types::Id;

/// Somebody who has shown who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub(super) subject: Box<str>,
    pub(super) roles: Box<[Box<str>]>,
    pub(super) row: Option<Uuid>,
}

impl Actor {
    /// An actor that no token made, for tests of logic.
    #[must_use]
    pub fn new(subject: &str, roles: &[&str], row: Option<Uuid>) -> Self {
        Self {
            subject: subject.into(),
            roles: roles.iter().map(|role| (*role).into()).collect(),
            row,
        }
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

    /// The row behind them, where the service keeps one. `T` is the entity of actors, whatever is asked for.
    #[must_use]
    pub fn row<T>(&self) -> Option<Id<T>> {
        self.row.map(Id::from)
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

/// Which rows of an endpoint with row rules a caller reaches.
pub enum Rows<T> {
    /// All of them.
    All,
    /// Those that a row rule gives to this actor.
    Of(Id<T>),
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Rows<T> {}

impl<T> fmt::Debug for Rows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("All"),
            Self::Of(id) => write!(f, "Of({})", id.get()),
        }
    }
}
