//! PASETO version 4, public: Ed25519, and nothing that could be negotiated. Keys are PASERK texts.

use pasetors::Public;
use pasetors::keys::{AsymmetricKeyPair, AsymmetricPublicKey, AsymmetricSecretKey, Generate};
use pasetors::paserk::{FormatAsPaserk, Id};
use pasetors::token::UntrustedToken;
use pasetors::version4::{PublicToken, V4};
use serde_json::{Value, json};

use super::claims::{Fault, object};
use crate::types::{Scalar, Timestamp};

/// A key that tokens are verified with.
#[derive(Debug, Clone)]
pub struct PublicKey {
    /// Its PASERK id, `k4.pid.…`, by which tokens name it.
    id: String,
    key: AsymmetricPublicKey<V4>,
}

impl PublicKey {
    /// Reads `k4.public.…`; `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        AsymmetricPublicKey::try_from(text).ok().map(Self::of)
    }

    fn of(key: AsymmetricPublicKey<V4>) -> Self {
        let id = paserk(&Id::from(&key));
        Self { id, key }
    }
}

/// `k4.public.…`
impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&paserk(&self.key))
    }
}

/// The keys that tokens may be signed with.
#[derive(Debug, Clone, Default)]
pub struct PublicKeys(Vec<PublicKey>);

impl<const N: usize> From<[PublicKey; N]> for PublicKeys {
    fn from(keys: [PublicKey; N]) -> Self {
        Self(keys.into())
    }
}

impl PublicKeys {
    /// What a good list is, as it follows "expected".
    pub(crate) const EXPECTED: &'static str =
        "keys such as k4.public.AbC…, or files with one on each line";

    /// Reads keys, and files of them; `None` where one is neither.
    pub(crate) fn read(entries: &[String]) -> Option<Self> {
        let mut keys = Vec::new();
        for entry in entries {
            if entry.starts_with("k4.") {
                keys.push(PublicKey::parse(entry)?);
                continue;
            }
            let text = std::fs::read_to_string(entry).ok()?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            for line in lines {
                keys.push(PublicKey::parse(line)?);
            }
        }
        Some(Self(keys))
    }

    /// Whether no token can be good.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The payload of a token whose signature holds. Other formats wait for their keys.
    pub(super) async fn verify(&self, token: &str) -> Result<Vec<u8>, Fault> {
        let token = UntrustedToken::<Public, V4>::try_from(token)
            .map_err(|_| "no PASETO of version 4, public")?;
        let key = self.named(token.untrusted_footer())?;
        let trusted = PublicToken::verify(&key.key, &token, None, None)
            .map_err(|_| "the signature does not hold")?;
        Ok(trusted.payload().as_bytes().to_vec())
    }

    /// The key that the footer names. It is read before it is verified, and so may choose among our keys, and no more.
    fn named(&self, footer: &[u8]) -> Result<&PublicKey, Fault> {
        let footer = match footer {
            [] => serde_json::Map::new(),
            footer => object(footer).ok_or("the footer is no JSON object")?,
        };
        match (footer.get("kid"), self.0.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => Err("the token names no key"),
            (Some(id), keys) => keys
                .iter()
                .find(|key| *id == *key.id)
                .ok_or("the token names a key that is none of ours"),
        }
    }
}

/// A key that tokens are signed with.
#[derive(Debug)]
pub struct SecretKey(AsymmetricSecretKey<V4>);

impl SecretKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        let pair = AsymmetricKeyPair::<V4>::generate();
        Self(pair.expect("BUG: a key of the wrong length").secret)
    }

    /// Reads `k4.secret.…`; `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        AsymmetricSecretKey::try_from(text.trim()).ok().map(Self)
    }

    /// `k4.secret.…`
    #[must_use]
    pub fn text(&self) -> String {
        paserk(&self.0)
    }

    /// The other half of the pair.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let key = AsymmetricPublicKey::try_from(&self.0);
        PublicKey::of(key.expect("BUG: a secret key without its public half"))
    }

    /// A token that names its key.
    pub(super) fn sign(&self, payload: &[u8]) -> String {
        let footer = json!({ "kid": self.public().id }).to_string();
        PublicToken::sign(&self.0, payload, Some(footer.as_bytes()), None)
            .expect("BUG: a payload that cannot be signed")
    }
}

fn paserk(item: &impl FormatAsPaserk) -> String {
    let mut text = String::new();
    item.fmt(&mut text).expect("BUG: a text that cannot grow");
    text
}

/// A time of a claim, in microseconds since 1970: RFC 3339, as the specification has it.
pub(super) fn time(value: &Value) -> Option<i64> {
    Timestamp::parse(value.as_str()?)
        .ok()
        .map(Timestamp::micros)
}

/// A time as a claim has it.
pub(super) fn written(time: Timestamp) -> Value {
    json!(time)
}
