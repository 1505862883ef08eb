//! For which tenant somebody calls.

use std::pin::Pin;

use axum::http::HeaderMap;
use uuid::Uuid;

use super::Reach;
use crate::db::{Connection, Failure};
use crate::problem::{FORBIDDEN, MALFORMED, Problem, UNAUTHENTICATED};

/// Finds the tenant that a key names, for the actor whose row is given; `None` where there is none, or the actor has no part
/// in it.
pub type FindTenant = for<'c> fn(&'c mut Connection, &'c str, Option<Uuid>) -> FoundTenant<'c>;

/// What [`FindTenant`] will have found.
pub type FoundTenant<'c> = Pin<Box<dyn Future<Output = Result<Option<Uuid>, Failure>> + Send + 'c>>;

/// Where a request holds the key of its tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TenantSource {
    /// In this claim of its token.
    Claim(&'static str),
    /// In this header.
    Header(&'static str),
}

/// What a service says of its tenants.
#[derive(Debug, Clone, Copy)]
pub struct Tenancy {
    /// Where requests name theirs.
    pub from: TenantSource,
    /// How it is found.
    pub find: FindTenant,
    #[cfg(feature = "row_security")]
    /// The role of the database that sees the rows of one tenant alone.
    pub role: &'static str,
}

impl Tenancy {
    /// The claim that tokens carry, where they do.
    pub(super) fn claim(&self) -> Option<&'static str> {
        match self.from {
            TenantSource::Claim(claim) => Some(claim),
            TenantSource::Header(_) => None,
        }
    }

    /// What the request itself names, beside its token.
    ///
    /// # Errors
    /// 400 where that cannot be read.
    pub(super) fn named<'h>(&self, headers: &'h HeaderMap) -> Result<Option<&'h str>, Problem> {
        let TenantSource::Header(name) = self.from else {
            return Ok(None);
        };
        let mut values = headers.get_all(name).iter();
        let (value, more) = (values.next(), values.next());
        let malformed = |fault: &str| Problem::new(MALFORMED).detail(format!("{name} {fault}"));
        if more.is_some() {
            return Err(malformed("is given more than once"));
        }
        let text = value.map(|value| value.to_str()).transpose();
        text.map_err(|_| malformed("is not ASCII"))
    }

    /// Lets nobody in who calls for no tenant.
    ///
    /// # Errors
    /// 401 for nobody in particular; 400 where the header is missing; 403 where the tenant is, or has no part for the caller.
    pub(super) fn require(&self, reach: &Reach, named: Option<&str>) -> Result<(), Problem> {
        let Some(actor) = reach.caller().actor() else {
            return Err(Problem::new(UNAUTHENTICATED));
        };
        match (actor.tenant, self.from, named) {
            (Some(_), ..) => Ok(()),
            (None, TenantSource::Header(name), None) => {
                Err(Problem::new(MALFORMED).detail(format!("{name} is missing")))
            }
            _ => Err(Problem::new(FORBIDDEN)),
        }
    }
}
