//! The key that signs: Ed25519, as a private JSON Web Key (RFC 8037).

use std::fmt;

use base64::Engine as _;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{BASE64, PublicKey};
use crate::auth::claims::object;

/// A key that tokens are signed with.
pub struct SecretKey {
    seed: [u8; 32],
    pair: Ed25519KeyPair,
}

impl SecretKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        let mut seed = [0; 32];
        let filled = SystemRandom::new().fill(&mut seed);
        filled.expect("BUG: a system without random numbers");
        Self::of(seed).expect("BUG: a seed of the wrong length")
    }

    /// Reads a private key; `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let jwk = object(text.as_bytes())?;
        let seed = BASE64.decode(jwk.get("d")?.as_str()?).ok()?;
        let key = Self::of(seed.try_into().ok()?)?;
        (*jwk.get("x")? == *key.x()).then_some(key)
    }

    fn of(seed: [u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).ok()?;
        Some(Self { seed, pair })
    }

    /// The private key, for its owner alone.
    #[must_use]
    pub fn text(&self) -> String {
        let mut jwk = self.jwk();
        jwk["d"] = json!(BASE64.encode(self.seed));
        jwk.to_string()
    }

    /// The other half of the pair.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let key = self.jwk().as_object().and_then(PublicKey::parse);
        key.expect("BUG: a key that is none")
    }

    /// A token that names its key.
    pub(in crate::auth) fn sign(&self, payload: &[u8]) -> String {
        let header = json!({ "alg": "EdDSA", "typ": "JWT", "kid": self.id() });
        let header = BASE64.encode(header.to_string());
        let message = format!("{header}.{}", BASE64.encode(payload));
        let signature = self.pair.sign(message.as_bytes());
        format!("{message}.{}", BASE64.encode(signature))
    }

    fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": self.x(), "kid": self.id() })
    }

    fn x(&self) -> String {
        BASE64.encode(self.pair.public_key())
    }

    /// The thumbprint of the public key (RFC 7638).
    fn id(&self) -> String {
        let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.x());
        BASE64.encode(Sha256::digest(canonical))
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
