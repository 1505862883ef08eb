//! Makes tokens: for tests, and to try a service with while it is developed. Real ones come from elsewhere.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{PublicKeys, SecretKey, Settings, token};
use crate::app::{Clock, SystemClock};
use crate::types::Timestamp;

/// Signs what a service with [`Issuer::settings`] believes.
#[derive(Debug)]
pub struct Issuer {
    key: SecretKey,
    settings: Settings,
}

impl Issuer {
    /// One with a key that nobody else has.
    #[must_use]
    pub fn fresh() -> Self {
        let key = SecretKey::generate();
        let settings = Settings {
            public_keys: PublicKeys::from([key.public()]),
            recheck_s: 0,
            ..Settings::default()
        };
        Self { key, settings }
    }

    /// One that signs for a service with these settings.
    #[must_use]
    pub fn with(key: SecretKey, settings: Settings) -> Self {
        Self { key, settings }
    }

    /// What makes a service believe it. The database is asked for every token.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings.clone()
    }

    /// A token that begins now and ends after so many seconds; with fewer than none it has ended.
    #[must_use]
    pub fn token(&self, subject: &str, roles: &[&str], seconds: i64) -> String {
        self.sign(&self.claims(subject, roles, seconds))
    }

    /// What [`Issuer::token`] signs.
    #[must_use]
    pub fn claims(&self, subject: &str, roles: &[&str], seconds: i64) -> Value {
        let now = SystemClock.now().micros();
        let ends = now.saturating_add(seconds.saturating_mul(1_000_000));
        let begins = token::written(Timestamp::from_micros(now.min(ends)));
        let mut claims = json!({
            "iss": self.settings.issuer,
            "aud": self.settings.audience,
            "sub": subject,
            "jti": Uuid::now_v7(),
            "iat": begins,
            "nbf": begins,
            "exp": token::written(Timestamp::from_micros(ends)),
        });
        claims[&self.settings.roles_claim] = json!(roles);
        claims
    }

    /// Signs claims as they are.
    #[must_use]
    pub fn sign(&self, claims: &Value) -> String {
        self.key.sign(claims.to_string().as_bytes())
    }
}
