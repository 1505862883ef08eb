//! Who calls, and who may do what.

use super::{Expression, Name, Path};
use crate::source::Span;

block! {
    /// Who calls: bearer tokens, roles, and the rows behind their subjects. Without it every endpoint is public.
    pub struct Auth("the `auth` block") {
        /// The roles that tokens may carry and rules may name: `[customer, admin]`.
        roles: Vec<Name>,
        /// The kind of tokens; `paseto` when absent.
        tokens: Tokens,
        /// The entity whose rows stand for callers; rules about rows need it.
        actor: ActorSource,
    }
    required []
    later ["sessions", "api_keys", "accounts"]
}

block! {
    /// The row behind a token's subject.
    pub struct ActorSource("the `actor` block") {
        /// The entity: `accounts.User`.
        entity: Path,
        /// Its unique text field that holds the subject.
        by: Name,
        /// Whether a subject that has no row gets one; `false` when absent: who has none is answered 401.
        provision: bool,
    }
    required ["entity", "by"]
    later []
}

block! {
    /// A rule about rows: one of these keys.
    pub struct Conditional("an access rule") {
        /// The condition on the row, over its fields and `actor`.
        when: Expression,
        /// The way from the row to its members, one of whom must call: `watchers`, `ticket.watchers`.
        member: Expression,
    }
    required []
    later []
}

impl Conditional {
    /// The keys of which exactly one is given.
    pub const KINDS: &'static [&'static str] = &["when", "member"];
}

words! {
    /// The kind of bearer tokens.
    pub enum Tokens("a kind of tokens") {
        /// PASETO, version 4, public.
        Paseto = "paseto",
        /// JSON Web Tokens, signed with EdDSA, ES256 or RS256.
        Jwt = "jwt",
    }
}

/// A rule, or a list of which any grants; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub grants: Vec<(Grant, Span)>,
}

/// One rule. Rules that the language knows but the compiler does not yet are refused while decoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Anyone, signed in or not.
    Public,
    /// Anyone with a valid token.
    Authenticated,
    /// Whom the row belongs to.
    Owner,
    /// Whoever has the role.
    Role(String),
    /// Anyone, for whom the row meets the condition.
    When(Expression),
    /// Whoever is among those to whom relations lead from the row: `ticket.watchers`.
    Member(Expression),
}

impl Grant {
    /// The rules that are no role; no role may have their names.
    pub const WORDS: &'static [&'static str] = &["public", "authenticated", "owner"];

    /// What the rules mean, for the reference.
    pub const MEANINGS: &'static [(&'static str, &'static str)] = &[
        ("`public`", "Anyone, signed in or not."),
        ("`authenticated`", "Anyone with a valid token."),
        (
            "`owner`",
            "The caller to whom the row belongs (`owner` of the entity). Others see nothing of the row: a list is without it, \
             and a call on it is answered 404. Of a `create` it means `authenticated`: who makes a row owns it.",
        ),
        (
            "`{ when: … }`",
            "Anyone, signed in or not, for the rows that meet a [condition](../expressions.md) over the row and `actor`: \
             `{ when: visible || author == actor.id }`. Others see nothing of the row, as with `owner`.",
        ),
        (
            "`member of …`",
            "The callers to whom the way leads from the row, along references and relations by their names: `member of watchers`, \
             `member of ticket.watchers`; `{ member: ticket.watchers }` is the same. It ends at the entity of `auth.actor`. Others \
             see nothing of the row, as with `owner`.",
        ),
        (
            "a role",
            "Anyone whose token carries the role, which `auth.roles` lists.",
        ),
    ];

    /// As the spec writes it.
    pub fn word(&self) -> &str {
        match self {
            Self::Public => "public",
            Self::Authenticated => "authenticated",
            Self::Owner => "owner",
            Self::Role(role) => role,
            Self::When(condition) => &condition.text,
            Self::Member(way) => &way.text,
        }
    }
}
