//! By which right a caller comes in, and which rows it reaches.

use uuid::Uuid;

use super::{Actor, Caller, Rows};
use crate::contract::Rule;
use crate::problem::{FORBIDDEN, Problem, UNAUTHENTICATED};

/// A caller that an endpoint lets in, as the conditions on rows ask for it. Nobody in particular has no id, no subject and
/// no role.
#[derive(Debug, Clone)]
pub struct Reach {
    caller: Caller,
    /// Whether a rule gave all rows; else the row rules say which.
    everywhere: bool,
}

impl Reach {
    /// Anybody, where nobody was asked who they are.
    pub(crate) const fn anonymous() -> Self {
        Self {
            caller: Caller::Anonymous,
            everywhere: true,
        }
    }

    /// Whether all rows are reached, whatever the conditions on rows say.
    #[must_use]
    pub fn all(&self) -> bool {
        self.everywhere
    }

    /// The id of the row behind the caller.
    #[must_use]
    pub fn id<I: From<Uuid>>(&self) -> Option<I> {
        self.caller.actor().and_then(Actor::id)
    }

    /// The name under which the issuer of tokens knows the caller.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.caller.actor().map(Actor::subject)
    }

    /// Whether the caller has a role.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.caller
            .actor()
            .is_some_and(|actor| actor.has_role(role))
    }

    /// The same caller by the rules of other rows.
    #[must_use]
    pub fn over(&self, rules: &[Rule]) -> Self {
        let actor = self.caller.actor();
        Self {
            caller: self.caller.clone(),
            everywhere: rules.iter().any(|rule| gives_all(*rule, actor)),
        }
    }

    /// Whether the caller has any of these roles.
    #[must_use]
    pub fn has_any_role(&self, roles: &[&str]) -> bool {
        roles.iter().any(|role| self.has_role(role))
    }

    /// Whether the caller has shown who they are.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.caller.actor().is_some()
    }

    #[cfg(feature = "tenancy")]
    /// The tenant for whom the caller calls.
    ///
    /// # Panics
    /// Where the contract does not ask for one.
    #[must_use]
    pub fn tenant(&self) -> Uuid {
        let tenant = self.caller.actor().and_then(Actor::tenant);
        tenant.expect("BUG: a contract that asks for no tenant")
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What the row rules of an endpoint are to be asked for, where they are about owners alone.
    pub(crate) fn rows<I: From<Uuid>>(&self) -> Rows<I> {
        if self.everywhere {
            return Rows::All;
        }
        Rows::Of(self.id().expect("BUG: let in by a row rule, without a row"))
    }

    /// By the first of the rules that holds.
    ///
    /// # Errors
    /// 403 where none does; 401 where nobody in particular calls, who might do so with a token.
    pub(super) fn by(rules: &[Rule], caller: Caller) -> Result<Self, Problem> {
        let actor = caller.actor();
        let everywhere = rules.iter().any(|rule| gives_all(*rule, actor));
        let has_row = actor.is_some_and(|actor| actor.row.is_some());
        let in_part = rules.iter().any(|rule| match rule {
            Rule::Row(_) => has_row,
            Rule::When(_) => true,
            _ => false,
        });
        if everywhere || in_part {
            Ok(Self { caller, everywhere })
        } else if actor.is_none() {
            Err(Problem::new(UNAUTHENTICATED))
        } else {
            Err(Problem::new(FORBIDDEN))
        }
    }
}

fn gives_all(rule: Rule, actor: Option<&Actor>) -> bool {
    match rule {
        Rule::Public => true,
        Rule::Authenticated => actor.is_some(),
        Rule::Role(role) => actor.is_some_and(|actor| actor.has_role(role)),
        Rule::Row(_) | Rule::When(_) => false,
    }
}
