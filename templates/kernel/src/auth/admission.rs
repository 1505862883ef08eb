//! By which right a caller comes in.

use uuid::Uuid;

use super::{Actor, Caller, Rows};
use crate::contract::Rule;
use crate::problem::{FORBIDDEN, Problem};

/// A caller that an endpoint lets in.
pub(crate) struct Admission {
    pub(crate) caller: Caller,
    /// Whether a rule gave all rows; else the row rules say which.
    everywhere: bool,
}

impl Admission {
    /// Anybody, where nobody was asked who they are.
    pub(crate) fn anonymous() -> Self {
        Self {
            caller: Caller::Anonymous,
            everywhere: true,
        }
    }

    /// What the row rules of an endpoint are to be asked for.
    pub(crate) fn rows<I: From<Uuid>>(&self) -> Rows<I> {
        if self.everywhere {
            return Rows::All;
        }
        let id = self.caller.actor().and_then(Actor::id);
        Rows::Of(id.expect("BUG: let in by a row rule, without a row"))
    }

    /// By the first of the rules that holds.
    ///
    /// # Errors
    /// 403 where none does.
    pub(super) fn by(rules: &[Rule], caller: Caller) -> Result<Self, Problem> {
        let actor = caller.actor();
        let everywhere = rules.iter().any(|rule| gives_all(*rule, actor));
        let has_row = actor.is_some_and(|actor| actor.row.is_some());
        let in_part = has_row && rules.iter().any(|rule| matches!(rule, Rule::Row(_)));
        if everywhere || in_part {
            Ok(Self { caller, everywhere })
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
        Rule::Row(_) => false,
    }
}
