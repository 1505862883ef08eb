//! Keys that verify (RFC 7517, RFC 7518 section 6, RFC 8037).

use std::fmt;

use base64::Engine as _;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde_json::{Map, Value, json};

use super::BASE64;

/// A key that tokens are verified with.
#[derive(Debug, Clone)]
pub struct PublicKey {
    /// Its public members, as given.
    jwk: Map<String, Value>,
    material: Material,
}

#[derive(Debug, Clone)]
enum Material {
    Ed25519(Vec<u8>),
    /// An uncompressed point.
    P256(Vec<u8>),
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
}

/// What of a key others may see.
const PUBLIC: &[&str] = &["kty", "crv", "x", "y", "n", "e", "kid", "alg", "use"];

impl PublicKey {
    /// Reads a JSON Web Key; `None` where it is not one to verify signatures with, or for another algorithm.
    #[must_use]
    pub fn parse(jwk: &Map<String, Value>) -> Option<Self> {
        let text = |name| jwk.get(name).and_then(Value::as_str);
        let bytes = |name| BASE64.decode(text(name)?).ok();
        let material = match (text("kty")?, text("crv")) {
            ("OKP", Some("Ed25519")) => {
                Material::Ed25519(bytes("x").filter(|key| key.len() == 32)?)
            }
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes("x")?, bytes("y")?);
                let is_whole = x.len() == 32 && y.len() == 32;
                Material::P256(is_whole.then(|| [&[4], x.as_slice(), &y].concat())?)
            }
            ("RSA", _) => Material::Rsa {
                modulus: unpadded(bytes("n")?),
                exponent: unpadded(bytes("e")?),
            },
            _ => return None,
        };
        let mut jwk = jwk.clone();
        jwk.retain(|name, _| PUBLIC.contains(&name.as_str()));
        let key = Self { jwk, material };
        let agrees = |name: &str, own: &str| key.jwk.get(name).is_none_or(|given| *given == *own);
        (agrees("alg", key.algorithm()) && agrees("use", "sig")).then_some(key)
    }

    /// The only algorithm that it is for, as a token's header names it.
    pub(super) fn algorithm(&self) -> &'static str {
        match self.material {
            Material::Ed25519(_) => "EdDSA",
            Material::P256(_) => "ES256",
            Material::Rsa { .. } => "RS256",
        }
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.jwk.get("kid")?.as_str()
    }

    /// Whether this is its signature.
    pub(super) fn holds(&self, message: &[u8], signature: &[u8]) -> bool {
        let verified = match &self.material {
            Material::Ed25519(key) => {
                UnparsedPublicKey::new(&ED25519, key).verify(message, signature)
            }
            Material::P256(key) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key).verify(message, signature)
            }
            Material::Rsa { modulus, exponent } => RsaPublicKeyComponents {
                n: modulus,
                e: exponent,
            }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
        };
        verified.is_ok()
    }
}

/// Without zeros that say nothing: some issuers write them.
fn unpadded(number: Vec<u8>) -> Vec<u8> {
    number.into_iter().skip_while(|byte| *byte == 0).collect()
}

/// A JSON Web Key Set of this key alone.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", json!({ "keys": [self.jwk] }))
    }
}
