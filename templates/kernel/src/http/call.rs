//! One call of an endpoint, as its handler sees it.

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
#[cfg(feature = "auth")]
use uuid::Uuid;

use super::Input;
use crate::app::{App, Context};
#[cfg(feature = "auth")]
use crate::auth::{Caller, Reach, Rows};
use crate::contract::Contract;
use crate::db::UnitOfWork;
use crate::decode::{self, Form, Query};
#[cfg(feature = "auth")]
use crate::problem::UNAUTHENTICATED;
use crate::problem::{MALFORMED, Problem, UNSUPPORTED_MEDIA_TYPE};
use crate::types::Scalar;

/// A request that has passed the pipeline's limits, its body included.
pub struct Call<S> {
    pub(super) app: App<S>,
    pub(super) contract: &'static Contract,
    pub(super) parts: Parts,
    pub(super) body: Bytes,
    #[cfg(feature = "auth")]
    pub(super) reach: Reach,
}

impl<S> Call<S> {
    /// The body as one JSON object, with path and conditions.
    ///
    /// # Errors
    /// 415 where the body is not declared as JSON, 400 where it is none.
    pub fn form(&self) -> Result<Form<'_>, Problem> {
        if !self.body.is_empty() {
            require_json(&self.parts.headers)?;
        }
        Form::parse(self.input(), &self.body)
    }

    /// The query string, with path and conditions.
    #[must_use]
    pub fn query(&self) -> Query<'_> {
        Query::parse(self.input())
    }

    /// A path parameter.
    ///
    /// # Errors
    /// 404 where it is none of its type, since nothing can be there; 400 where its encoding is bad.
    pub fn path<T: Scalar>(&self, name: &str) -> Result<T, Problem> {
        decode::path(&self.input(), name)
    }

    /// The version that `If-Match` asks for, if it asks for one.
    ///
    /// # Errors
    /// 400 where the header is malformed.
    pub fn if_match(&self) -> Result<Option<i64>, Problem> {
        self.input().if_match()
    }

    /// Begins the unit of work that the contract names.
    ///
    /// # Errors
    /// 503 where the database is not to be had in time.
    pub async fn begin(&self) -> Result<UnitOfWork, Problem> {
        #[cfg(feature = "row_security")]
        if self.contract.tenant {
            let (role, tenant) = (self.app.gate().role(), self.reach.tenant());
            let begun = self.app.pool().begin_for(role, tenant).await;
            return begun.map_err(Problem::from);
        }
        self.app
            .pool()
            .begin(self.contract.unit)
            .await
            .map_err(Problem::from)
    }

    #[cfg(not(feature = "auth"))]
    /// What logic sees.
    #[must_use]
    pub fn context(&self) -> Context<'_, S> {
        self.app.environment().context()
    }

    #[cfg(feature = "auth")]
    /// What logic sees.
    #[must_use]
    pub fn context(&self) -> Context<'_, S> {
        self.app.environment().context_of(self.caller())
    }

    #[cfg(feature = "auth")]
    /// Who calls.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        self.reach.caller()
    }

    #[cfg(feature = "auth")]
    /// Which rows the caller reaches.
    #[must_use]
    pub fn rows<I: From<Uuid>>(&self) -> Rows<I> {
        self.reach.rows()
    }

    #[cfg(feature = "auth")]
    /// What the conditions on rows ask of the caller.
    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    #[cfg(feature = "auth")]
    /// The id of the row behind the caller.
    ///
    /// # Errors
    /// 401 where nobody in particular calls, or no row stands for them.
    pub fn actor_id<I: From<Uuid>>(&self) -> Result<I, Problem> {
        let id = self.reach.id();
        id.ok_or_else(|| Problem::new(UNAUTHENTICATED))
    }

    #[cfg(not(feature = "auth"))]
    fn input(&self) -> Input<'_> {
        self.head()
    }

    #[cfg(feature = "auth")]
    fn input(&self) -> Input<'_> {
        self.head().asked_by(&self.reach)
    }

    fn head(&self) -> Input<'_> {
        let uri = &self.parts.uri;
        Input::new(
            self.contract.path,
            uri.path(),
            uri.query().unwrap_or_default(),
            &self.parts.headers,
        )
        .timed(&*self.app.environment().clock)
    }
}

/// `application/json`, alone or with `charset=utf-8`.
fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let refused = || Problem::new(UNSUPPORTED_MEDIA_TYPE);
    let value = values.next().ok_or_else(refused)?;
    if values.next().is_some() {
        return Err(Problem::new(MALFORMED).detail("Content-Type is given more than once"));
    }
    let mut parts = value
        .to_str()
        .map_err(|_| refused())?
        .split(';')
        .map(str::trim);
    let is_json = parts
        .next()
        .is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let is_utf8 = |parameter: &str| {
        parameter.split_once('=').is_some_and(|(name, value)| {
            name.eq_ignore_ascii_case("charset")
                && value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
    };
    if is_json && parts.all(is_utf8) {
        Ok(())
    } else {
        Err(refused())
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn json_by_its_media_type() {
        let status = |lines: &[&'static str]| {
            let lines = lines
                .iter()
                .map(|line| (header::CONTENT_TYPE, HeaderValue::from_static(line)));
            let mut headers = HeaderMap::new();
            lines.for_each(|(name, value)| _ = headers.append(name, value));
            require_json(&headers).map_err(|problem| problem.status().as_u16())
        };
        for good in [
            "application/json",
            "Application/JSON ; charset=\"UTF-8\"",
            "application/json;charset=utf-8",
        ] {
            assert_eq!(status(&[good]), Ok(()), "{good}");
        }
        for bad in [
            "",
            "text/json",
            "application/json; charset=latin1",
            "application/jsonp",
            "application/json;x",
        ] {
            assert_eq!(status(&[bad]), Err(415), "{bad}");
        }
        assert_eq!(status(&[]), Err(415));
        assert_eq!(status(&["application/json", "application/json"]), Err(400));
    }
}
