//! JSON Web Tokens (RFC 7519), signed: EdDSA, ES256 or RS256, as RFC 8725 wants them read.
//!
//! The algorithm is the key's: a token that names another one is bad, so that none can choose. Keys are JSON Web Key
//! Sets (RFC 7517). Deliberately absent: encryption, shared secrets, and keys that a token brings along.

mod key;
mod secret;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Map, Value, json};

use super::claims::{Fault, object};
use crate::types::Timestamp;

pub use key::PublicKey;
pub use secret::SecretKey;

/// 9999-12-31T23:59:59Z, in seconds since 1970.
const LAST: i64 = Timestamp::MAX.micros() / 1_000_000;

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
        "files of JSON Web Key Sets with keys for EdDSA, ES256 or RS256";

    /// Reads files of keys; `None` where one cannot be read or has no key that is of use.
    pub(crate) fn read(entries: &[String]) -> Option<Self> {
        let mut keys = Vec::new();
        for entry in entries {
            let set = std::fs::read(entry).ok()?;
            keys.extend(Self::parse(&set)?.0);
        }
        Some(Self(keys))
    }

    /// Reads a key set. Keys for other purposes are passed over; `None` where none is left.
    pub(super) fn parse(set: &[u8]) -> Option<Self> {
        let set = object(set)?;
        let keys = set.get("keys")?.as_array()?.iter();
        let keys: Vec<_> = keys
            .filter_map(|key| PublicKey::parse(key.as_object()?))
            .collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Whether no token can be good.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The payload of a token whose signature holds.
    pub(super) fn verify(&self, token: &str) -> Result<Vec<u8>, Fault> {
        let (message, signature) = token.rsplit_once('.').ok_or("no JWT")?;
        let (header, payload) = message.split_once('.').ok_or("no JWT")?;
        let decoded = |part: &str| BASE64.decode(part).map_err(|_| "no base64");
        let header = object(&decoded(header)?).ok_or("the header is no JSON object")?;
        let (signature, payload) = (decoded(signature)?, decoded(payload)?);
        if header.contains_key("crit") {
            return Err("the header asks for an extension");
        }
        if !is_access_token(header.get("typ")) {
            return Err("a token of another kind");
        }
        let key = self.named(&header)?;
        if key.holds(message.as_bytes(), &signature) {
            Ok(payload)
        } else {
            Err("the signature does not hold")
        }
    }

    /// The key that the header names. It is read before it is verified, and so may choose among our keys, and no more.
    fn named(&self, header: &Map<String, Value>) -> Result<&PublicKey, Fault> {
        let algorithm = header.get("alg").and_then(Value::as_str);
        let algorithm = algorithm.ok_or("the token names no algorithm")?;
        let mut fitting = self.0.iter().filter(|key| key.algorithm() == algorithm);
        match header.get("kid") {
            None => {
                let only = fitting.next().ok_or("none of our keys is of this kind")?;
                match fitting.next() {
                    None => Ok(only),
                    Some(_) => Err("the token names no key"),
                }
            }
            Some(id) => fitting
                .find(|key| key.id().is_some_and(|own| *id == *own))
                .ok_or("the token names a key that is none of ours"),
        }
    }
}

/// A token made for something else is not taken for one that lets in (RFC 8725, section 3.11; RFC 9068, section 4).
fn is_access_token(kind: Option<&Value>) -> bool {
    let Some(kind) = kind else { return true };
    let kind = kind.as_str().unwrap_or_default().to_ascii_lowercase();
    let kind = kind.strip_prefix("application/").unwrap_or(&kind);
    matches!(kind, "jwt" | "at+jwt")
}

/// A time of a claim, in microseconds since 1970: whole seconds, and nothing that readers might round differently.
pub(super) fn time(value: &Value) -> Option<i64> {
    let seconds = value.as_i64()?;
    let is_time = (0..=LAST).contains(&seconds);
    is_time.then(|| seconds * 1_000_000)
}

/// A time as a claim has it.
pub(super) fn written(time: Timestamp) -> Value {
    json!(time.micros() / 1_000_000)
}
