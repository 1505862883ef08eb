//! The stage of the pipeline that asks who calls.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, HeaderValue, header};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use super::cache::{Cache, Key};
use super::claims::{Claims, Fault};
use super::revoked::is_revoked;
#[cfg(feature = "tenancy")]
use super::tenancy::Tenancy;
use super::{Actor, Caller, Reach, Settings};
use crate::contract::{Rule, Unit};
use crate::db::{Connection, Failure, Pool};
use crate::problem::{Problem, TIMEOUT, UNAUTHENTICATED};
use crate::types::Timestamp;

/// Finds the row behind a subject; `None` where there is none.
pub type FindActor = for<'c> fn(&'c mut Connection, &'c str) -> Found<'c>;

/// What [`FindActor`] will have found.
pub type Found<'c> = Pin<Box<dyn Future<Output = Result<Option<Uuid>, Failure>> + Send + 'c>>;

/// The longest token that is read, in bytes.
const LONGEST: usize = 8 * 1024;

const BAD_TOKEN: HeaderValue =
    HeaderValue::from_static(r#"Bearer realm="api", error="invalid_token""#);

/// What the stage keeps from request to request.
#[derive(Default)]
pub(crate) struct Gate {
    cache: Cache,
    pub(crate) find: OnceLock<FindActor>,
    pub(crate) provision: OnceLock<FindActor>,
    #[cfg(feature = "tenancy")]
    pub(crate) tenancy: OnceLock<Tenancy>,
}

/// Where a request is verified.
#[derive(Clone, Copy)]
pub(crate) struct Site<'s> {
    pub(crate) settings: &'s Settings,
    pub(crate) pool: &'s Pool,
    pub(crate) now: Timestamp,
    pub(crate) deadline: Instant,
    #[cfg(feature = "tenancy")]
    /// Whether the caller must call for a tenant.
    pub(crate) tenant: bool,
    #[cfg(feature = "tenancy")]
    /// The tenant that the request names beside its token.
    pub(crate) named: Option<&'s str>,
}

impl Gate {
    #[cfg(feature = "tenancy")]
    /// Lets a request in that works for a tenant.
    ///
    /// # Errors
    /// As [`Gate::admit`]; 400 or 403 where the request names no tenant that its caller is of.
    async fn admit_for_tenant(
        &self,
        rules: &[Rule],
        headers: &HeaderMap,
        site: Site<'_>,
    ) -> Result<Reach, Problem> {
        let tenancy = self.tenancy.get();
        let tenancy =
            tenancy.expect("BUG: a contract asks for tenants, and nothing is known of them");
        let named = tenancy.named(headers)?;
        let site = Site { named, ..site };
        let reach = self.let_in(rules, headers, site).await?;
        tenancy.require(&reach, named)?;
        Ok(reach)
    }

    /// Lets a request in by the first rule that holds.
    ///
    /// # Errors
    /// 401 where there is no token and one is needed, or a bad one; 403 where no rule holds; 503 where the database
    /// cannot be asked.
    pub(crate) async fn admit(
        &self,
        rules: &[Rule],
        headers: &HeaderMap,
        site: Site<'_>,
    ) -> Result<Reach, Problem> {
        #[cfg(feature = "tenancy")]
        if site.tenant {
            return self.admit_for_tenant(rules, headers, site).await;
        }
        self.let_in(rules, headers, site).await
    }

    async fn let_in(
        &self,
        rules: &[Rule],
        headers: &HeaderMap,
        site: Site<'_>,
    ) -> Result<Reach, Problem> {
        let Some(token) = bearer(headers).map_err(refused)? else {
            return Reach::by(rules, Caller::Anonymous);
        };
        let key = Key::of(token.as_bytes());
        #[cfg(feature = "tenancy")]
        let key = key.with(site.named);
        let actor = match self.cache.get(key, site.now) {
            Some(actor) => actor,
            // Boxed, so that the requests whose token is known do not carry its size.
            None => {
                let verified = timeout_at(site.deadline, Box::pin(self.verify(token, key, site)));
                verified
                    .await
                    .map_err(|_| Problem::new(TIMEOUT).retry_after(1))??
            }
        };
        Reach::by(rules, Caller::Actor(actor))
    }

    async fn verify(&self, token: &str, key: Key, site: Site<'_>) -> Result<Arc<Actor>, Problem> {
        let settings = site.settings;
        let payload = settings.public_keys.verify(token).await.map_err(refused)?;
        let claims = Claims::read(&payload, settings, site.now).map_err(refused)?;
        let row = self.ask(&claims, site.pool).await?.map_err(refused)?;
        #[cfg(feature = "tenancy")]
        let tenant = self.tenant(&claims, row, site).await?;
        let recheck = i64::from(settings.recheck_s) * 1_000_000;
        let until = claims
            .ends
            .min(Timestamp::from_micros(site.now.micros() + recheck));
        let actor = Arc::new(Actor {
            subject: claims.subject,
            roles: claims.roles,
            row,
            #[cfg(feature = "tenancy")]
            tenant,
        });
        self.cache.put(key, Arc::clone(&actor), until, site.now);
        Ok(actor)
    }

    /// What only the database knows: whether the token was revoked, and the row behind its subject.
    async fn ask(
        &self,
        claims: &Claims,
        pool: &Pool,
    ) -> Result<Result<Option<Uuid>, Fault>, Problem> {
        let mut unit = pool.begin(Unit::Read).await?;
        let found = async {
            let connection = unit.connection();
            if let Some(id) = &claims.id
                && is_revoked(connection, id).await?
            {
                return Ok(Err("revoked"));
            }
            match self.find.get() {
                None => Ok(Ok(None)),
                Some(find) => Ok(Ok(find(connection, &claims.subject).await?)),
            }
        };
        let found: Result<_, Failure> = found.await;
        let found = unit.finish(found).await?;
        if self.find.get().is_none() || !matches!(found, Ok(None)) {
            return Ok(found);
        }
        let made = match self.provision.get() {
            None => None,
            Some(make) => {
                let mut unit = pool.begin(Unit::Statement).await?;
                let made = make(unit.connection(), &claims.subject).await;
                unit.finish(made).await?
            }
        };
        Ok(made.map(Some).ok_or("nobody has this subject"))
    }
}

#[cfg(feature = "tenancy")]
impl Gate {
    /// The tenant that a token or its request names, where the caller has a part in it.
    async fn tenant(
        &self,
        claims: &Claims,
        row: Option<Uuid>,
        site: Site<'_>,
    ) -> Result<Option<Uuid>, Problem> {
        let Some(tenancy) = self.tenancy.get() else {
            return Ok(None);
        };
        let claimed = tenancy.claim().and_then(|claim| claims.text(claim));
        let Some(key) = claimed.or(site.named) else {
            return Ok(None);
        };
        let mut unit = site.pool.begin(Unit::Read).await?;
        let found = (tenancy.find)(unit.connection(), key, row).await;
        unit.finish(found).await
    }

    #[cfg(feature = "row_security")]
    /// The role of the database that sees the rows of one tenant alone.
    pub(crate) fn role(&self) -> &'static str {
        let tenancy = self.tenancy.get();
        tenancy.expect("BUG: a tenant without tenancy").role
    }
}

/// One answer to all bad tokens: whoever tries them learns nothing.
fn refused(fault: Fault) -> Problem {
    tracing::debug!(fault, "a token was refused");
    Problem::new(UNAUTHENTICATED).challenge(BAD_TOKEN)
}

/// The token of `Authorization: Bearer …` (RFC 6750, section 2.1); `None` without the header.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err("more than one Authorization header");
    }
    let text = value.to_str().map_err(|_| "the header is not ASCII")?;
    let (scheme, token) = text.split_once(' ').ok_or("no token in the header")?;
    let token = token.trim_matches(' ');
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err("no bearer token in the header");
    }
    if token.len() > LONGEST {
        return Err("too long");
    }
    Ok(Some(token))
}
