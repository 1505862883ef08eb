//! JSON Web Tokens (RFC 7519), signed: EdDSA, ES256 or RS256, as RFC 8725 wants them read.
//!
//! The algorithm is the key's: a token that names another one is bad, so that none can choose. Keys are JSON Web Key
//! Sets (RFC 7517). Deliberately absent: encryption, shared secrets, and keys that a token brings along.

mod key;
mod remote;
mod secret;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};

use super::claims::{Fault, object};
use crate::types::Timestamp;

pub use key::PublicKey;
pub use secret::SecretKey;

use remote::Remote;

/// How often an issuer is asked for its keys at most.
const PAUSE: Duration = Duration::from_secs(30);
/// How long its keys are believed without asking again.
const FRESH: Duration = Duration::from_secs(600);
/// 9999-12-31T23:59:59Z, in seconds since 1970.
const LAST: i64 = Timestamp::MAX.micros() / 1_000_000;

/// The key that a token asks for, as it says before it is verified.
#[derive(Clone)]
struct Wanted {
    algorithm: String,
    id: Option<String>,
}

/// The keys that tokens may be signed with.
#[derive(Debug, Clone, Default)]
pub struct PublicKeys {
    given: Vec<PublicKey>,
    remotes: Vec<Arc<Remote>>,
}

impl<const N: usize> From<[PublicKey; N]> for PublicKeys {
    fn from(keys: [PublicKey; N]) -> Self {
        Self {
            given: keys.into(),
            remotes: Vec::new(),
        }
    }
}

impl PublicKeys {
    /// What a good list is, as it follows "expected".
    pub(crate) const EXPECTED: &'static str =
        "files or https URLs of JSON Web Key Sets with keys for EdDSA, ES256 or RS256";

    /// Reads files of keys, and takes note of URLs; `None` where a file cannot be read or has no key that is of use, or
    /// a URL is not safe.
    pub(crate) fn read(entries: &[String]) -> Option<Self> {
        let mut keys = Self::default();
        for entry in entries {
            if entry.contains("://") {
                keys.remotes.extend(Self::at(entry, PAUSE, FRESH)?.remotes);
            } else {
                let set = std::fs::read(entry).ok()?;
                keys.given.extend(Self::parse(&set)?.given);
            }
        }
        Some(keys)
    }

    /// Those that are served at a URL: asked for when a token needs one that is not there, or after `fresh`, and whatever
    /// tokens come, not again before `pause` is over. `None` where the URL is neither `https` nor on this machine.
    #[must_use]
    pub fn at(url: &str, pause: Duration, fresh: Duration) -> Option<Self> {
        Some(Self {
            given: Vec::new(),
            remotes: vec![Arc::new(Remote::new(url, pause, fresh)?)],
        })
    }

    /// Reads a key set. Keys for other purposes are passed over; `None` where none is left.
    pub(super) fn parse(set: &[u8]) -> Option<Self> {
        let set = object(set)?;
        let keys = set.get("keys")?.as_array()?.iter();
        let given: Vec<_> = keys
            .filter_map(|key| PublicKey::parse(key.as_object()?))
            .collect();
        (!given.is_empty()).then_some(Self {
            given,
            remotes: Vec::new(),
        })
    }

    /// Whether no token can be good.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.remotes.is_empty()
    }

    /// The payload of a token whose signature holds.
    pub(super) async fn verify(&self, token: &str) -> Result<Vec<u8>, Fault> {
        let (message, signature) = token.rsplit_once('.').ok_or("no JWT")?;
        let (header, payload) = message.split_once('.').ok_or("no JWT")?;
        let decoded = |part: &str| BASE64.decode(part).map_err(|_| "no base64");
        let wanted = Wanted::read(&decoded(header)?)?;
        let (signature, payload) = (decoded(signature)?, decoded(payload)?);
        let key = self.named(&wanted).await?;
        if key.holds(message.as_bytes(), &signature) {
            Ok(payload)
        } else {
            Err("the signature does not hold")
        }
    }

    /// The key that the header names. It is read before it is verified, and so may choose among our keys, and no more.
    async fn named(&self, wanted: &Wanted) -> Result<PublicKey, Fault> {
        let mut keys = self.given.clone();
        for remote in &self.remotes {
            remote.refresh(wanted).await;
            keys.extend(remote.keys());
        }
        let mut fitting = keys.into_iter().filter(|key| wanted.is(key));
        match (fitting.next(), fitting.next()) {
            (None, _) => Err("the token needs a key that is none of ours"),
            (Some(_), Some(_)) if wanted.id.is_none() => Err("the token names no key"),
            (Some(key), _) => Ok(key),
        }
    }
}

impl Wanted {
    fn read(header: &[u8]) -> Result<Self, Fault> {
        let header = object(header).ok_or("the header is no JSON object")?;
        if header.contains_key("crit") {
            return Err("the header asks for an extension");
        }
        if !is_access_token(header.get("typ")) {
            return Err("a token of another kind");
        }
        let algorithm = header.get("alg").and_then(Value::as_str);
        let id = match header.get("kid") {
            None => None,
            Some(Value::String(id)) => Some(id.clone()),
            Some(_) => return Err("the name of the key is no text"),
        };
        Ok(Self {
            algorithm: algorithm.ok_or("the token names no algorithm")?.to_owned(),
            id,
        })
    }

    /// The algorithm is the key's: a token that means another one does not get the key.
    fn is(&self, key: &PublicKey) -> bool {
        let is_named = self.id.is_none() || key.id() == self.id.as_deref();
        is_named && key.algorithm() == self.algorithm
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
