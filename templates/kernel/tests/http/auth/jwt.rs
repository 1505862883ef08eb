//! What no JWT may do: those of 22 kinds of bad tokens whose claims are in order.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use kernel::auth::{PublicKey, PublicKeys, SecretKey};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
    RsaKeyPair,
};

use super::*;

/// A time as claims have it, so many seconds from now.
pub fn at(seconds: i64) -> Value {
    json!(now() + seconds)
}

/// What is no time in a claim.
pub fn no_times() -> Vec<Value> {
    let soon = now() + 60;
    vec![
        json!(soon.to_string()),
        json!(soon as f64),
        json!(1_u64 << 63),
        json!(i64::MAX),
    ]
}

/// Keys of every kind that is believed, and what signs with them.
struct Keys {
    ed: Ed25519KeyPair,
    ec: EcdsaKeyPair,
    rsa: RsaKeyPair,
    settings: Settings,
    issuer: Issuer,
}

fn jwk(value: &Value) -> PublicKey {
    PublicKey::parse(value.as_object().unwrap()).unwrap()
}

fn keys() -> Keys {
    let random = SystemRandom::new();
    let secret = SecretKey::generate();
    let seed: Value = serde_json::from_str(&secret.text()).unwrap();
    let seed = BASE64.decode(seed["d"].as_str().unwrap()).unwrap();
    let ec = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let ec =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, ec.as_ref(), &random).unwrap();
    let rsa = STANDARD
        .decode(include_str!("rsa_key.txt").replace('\n', ""))
        .unwrap();
    let rsa = RsaKeyPair::from_pkcs8(&rsa).unwrap();
    let point = ec.public_key().as_ref();
    let public: ring::rsa::PublicKeyComponents<Vec<u8>> = rsa.public().into();
    let settings = Settings {
        public_keys: PublicKeys::from([
            secret.public(),
            jwk(
                &json!({ "kty": "EC", "crv": "P-256", "kid": "ec", "use": "sig", "alg": "ES256",
                "x": BASE64.encode(&point[1..33]), "y": BASE64.encode(&point[33..]) }),
            ),
            jwk(
                &json!({ "kty": "RSA", "kid": "rsa", "n": BASE64.encode(public.n), "e": BASE64.encode(public.e) }),
            ),
        ]),
        recheck_s: 0,
        ..Settings::default()
    };
    Keys {
        ed: Ed25519KeyPair::from_seed_unchecked(&seed).unwrap(),
        ec,
        rsa,
        issuer: Issuer::with(secret, settings.clone()),
        settings,
    }
}

impl Keys {
    fn claims(&self) -> String {
        self.issuer.claims("ann", &["staff"], 600).to_string()
    }

    fn ed(&self, header: &Value, payload: &str) -> String {
        token(header, payload, |message| {
            self.ed.sign(message).as_ref().to_vec()
        })
    }

    fn ec(&self, header: &Value) -> String {
        let random = SystemRandom::new();
        token(header, &self.claims(), |message| {
            self.ec.sign(&random, message).unwrap().as_ref().to_vec()
        })
    }

    fn rsa(&self, header: &Value) -> String {
        token(header, &self.claims(), |message| {
            let mut signature = vec![0; self.rsa.public().modulus_len()];
            let random = SystemRandom::new();
            self.rsa
                .sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                .unwrap();
            signature
        })
    }
}

fn token(header: &Value, payload: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let message = format!(
        "{}.{}",
        BASE64.encode(header.to_string()),
        BASE64.encode(payload)
    );
    let signature = BASE64.encode(sign(message.as_bytes()));
    format!("{message}.{signature}")
}

#[tokio::test]
async fn three_algorithms_are_believed() {
    let keys = keys();
    let service = believing(keys.settings.clone()).await;
    for (why, token) in [
        ("its own", keys.issuer.token("ann", &["staff"], 60)),
        (
            "no key named, one fits",
            keys.ed(&json!({ "alg": "EdDSA" }), &keys.claims()),
        ),
        (
            "an access token",
            keys.ed(&json!({ "alg": "EdDSA", "typ": "at+JWT" }), &keys.claims()),
        ),
        (
            "a media type",
            keys.ed(
                &json!({ "alg": "EdDSA", "typ": "application/jwt" }),
                &keys.claims(),
            ),
        ),
        (
            "keys of its own",
            keys.ed(
                &json!({ "alg": "EdDSA", "jku": "https://a.example", "jwk": {}, "x5u": 1 }),
                &keys.claims(),
            ),
        ),
        ("ES256", keys.ec(&json!({ "alg": "ES256", "kid": "ec" }))),
        ("RS256", keys.rsa(&json!({ "alg": "RS256", "kid": "rsa" }))),
    ] {
        let answer = service.with_token("/staff", &token).await;
        assert_eq!(answer.status, 200, "{why}: {answer:?}");
    }
}

#[tokio::test]
async fn headers_that_are_bad() {
    let keys = keys();
    let service = believing(keys.settings.clone()).await;
    let claims = keys.claims();
    for algorithm in [
        "none", "None", "nOnE", "", "eddsa", "EDDSA", "HS256", "ES256", "RS256", "PS256", "Ed25519",
    ] {
        let header = json!({ "alg": algorithm });
        refused(&service, &keys.ed(&header, &claims), algorithm).await;
        refused(&service, &token(&header, &claims, |_| vec![]), algorithm).await;
    }
    for (name, value) in [
        ("alg", Value::Null),
        ("alg", json!(["EdDSA"])),
        ("kid", json!("none of ours")),
        ("kid", json!("../../../dev/null")),
        ("kid", json!("' or 1=1 --")),
        ("kid", json!("rsa")),
        ("kid", json!(0)),
        ("kid", Value::Null),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("typ", json!("refresh+jwt")),
        ("typ", json!("logout+jwt")),
        ("typ", json!("dpop+jwt")),
        ("typ", json!(1)),
    ] {
        let mut header = json!({ "alg": "EdDSA" });
        header[name] = value;
        refused(&service, &keys.ed(&header, &claims), &header.to_string()).await;
    }
    // A key that the token brings along.
    let stranger = SecretKey::generate();
    let own: Value = serde_json::from_str(&stranger.public().to_string()).unwrap();
    let seed: Value = serde_json::from_str(&stranger.text()).unwrap();
    let seed = BASE64.decode(seed["d"].as_str().unwrap()).unwrap();
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap();
    let header = json!({ "alg": "EdDSA", "jwk": own["keys"][0] });
    let brought = token(&header, &claims, |message| {
        pair.sign(message).as_ref().to_vec()
    });
    refused(&service, &brought, "its own key").await;
}

/// Public keys are no secret, and must not do as one.
#[tokio::test]
async fn a_public_key_is_no_shared_secret() {
    let keys = keys();
    let service = believing(keys.settings.clone()).await;
    let rsa: Vec<u8> = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(keys.rsa.public()).n;
    let (ed, ec) = (keys.ed.public_key().as_ref(), keys.ec.public_key().as_ref());
    for secret in [ed, ec, &rsa, BASE64.encode(ed).as_bytes(), b""] {
        for algorithm in ["HS256", "EdDSA", "ES256", "RS256"] {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
            let header = json!({ "alg": algorithm });
            let token = token(&header, &keys.claims(), |message| {
                hmac::sign(&key, message).as_ref().to_vec()
            });
            refused(&service, &token, algorithm).await;
        }
    }
    refused(
        &service,
        &keys.rsa(&json!({ "alg": "EdDSA" })),
        "RSA as EdDSA",
    )
    .await;
    refused(
        &service,
        &keys.ec(&json!({ "alg": "RS256", "kid": "rsa" })),
        "ES256 as RS256",
    )
    .await;
}

#[tokio::test]
async fn a_token_that_was_touched() {
    let keys = keys();
    let service = believing(keys.settings.clone()).await;
    let good = keys.issuer.token("ann", &["staff"], 600);
    assert_eq!(service.with_token("/staff", &good).await.status, 200);
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else {
        panic!("{good}")
    };
    let admin = BASE64.encode(
        keys.issuer
            .claims("ann", &["admin", "staff"], 600)
            .to_string(),
    );
    let twice = keys.claims().replacen('{', "{\"sub\":\"bob\",", 1);
    let ed = json!({ "alg": "EdDSA" });
    for (why, token) in [
        ("an empty signature", format!("{header}.{payload}.")),
        ("no signature", format!("{header}.{payload}")),
        (
            "a truncated signature",
            format!("{header}.{payload}.{}", &signature[..60]),
        ),
        (
            "a signature of zeros",
            format!("{header}.{payload}.{}", BASE64.encode([0; 64])),
        ),
        ("a payload swapped", format!("{header}.{admin}.{signature}")),
        (
            "another header",
            format!(
                "{}.{payload}.{signature}",
                BASE64.encode("{\"alg\":\"EdDSA\"}")
            ),
        ),
        ("padding", format!("{good}==")),
        ("one part more", format!("{good}.{signature}")),
        ("one part before", format!("{header}.{good}")),
        ("a claim twice", keys.ed(&ed, &twice)),
        ("an array", keys.ed(&ed, "[]")),
        ("no JSON", keys.ed(&ed, "ann")),
        ("nothing", "..".into()),
        ("a PASETO", "v4.public.e30.e30".into()),
    ] {
        refused(&service, &token, why).await;
    }
    let twice = format!(
        "{}.{payload}",
        BASE64.encode("{\"alg\":\"none\",\"alg\":\"EdDSA\"}")
    );
    let signature = BASE64.encode(keys.ed.sign(twice.as_bytes()));
    refused(
        &service,
        &format!("{twice}.{signature}"),
        "an algorithm twice",
    )
    .await;
}

#[tokio::test]
async fn keys_come_and_go() {
    let [old, new, next] = [(); 3].map(|()| SecretKey::generate());
    let unnamed: Value = serde_json::from_str(&new.text()).unwrap();
    let unnamed = BASE64.decode(unnamed["d"].as_str().unwrap()).unwrap();
    let unnamed = Ed25519KeyPair::from_seed_unchecked(&unnamed).unwrap();
    let settings = Settings {
        public_keys: PublicKeys::from([new.public(), next.public()]),
        recheck_s: 0,
        ..Settings::default()
    };
    let service = believing(settings.clone()).await;
    for (key, status) in [(old, 401), (new, 200), (next, 200)] {
        let token = Issuer::with(key, settings.clone()).token("ann", &["staff"], 60);
        assert_eq!(service.with_token("/staff", &token).await.status, status);
    }
    let claims = Issuer::with(SecretKey::generate(), settings).claims("ann", &["staff"], 60);
    let sign = |message: &[u8]| unnamed.sign(message).as_ref().to_vec();
    let token = token(&json!({ "alg": "EdDSA" }), &claims.to_string(), sign);
    refused(&service, &token, "of several keys none is named").await;
}

#[test]
fn keys_for_something_else_are_passed_over() {
    let point = BASE64.encode([1; 32]);
    for (jwk, is_good) in [
        (json!({ "kty": "OKP", "crv": "Ed25519", "x": point }), true),
        (
            json!({ "kty": "OKP", "crv": "Ed25519", "x": point, "alg": "EdDSA", "use": "sig" }),
            true,
        ),
        (
            json!({ "kty": "OKP", "crv": "Ed25519", "x": point, "alg": "HS256" }),
            false,
        ),
        (
            json!({ "kty": "OKP", "crv": "Ed25519", "x": point, "use": "enc" }),
            false,
        ),
        (json!({ "kty": "OKP", "crv": "X25519", "x": point }), false),
        (json!({ "kty": "OKP", "crv": "Ed25519", "x": "AQ" }), false),
        (
            json!({ "kty": "EC", "crv": "P-384", "x": point, "y": point }),
            false,
        ),
        (json!({ "kty": "EC", "crv": "P-256", "x": point }), false),
        (
            json!({ "kty": "RSA", "n": point, "e": "AQAB", "alg": "RS512" }),
            false,
        ),
        (json!({ "kty": "oct", "k": point }), false),
        (json!({ "x": point }), false),
    ] {
        let found = PublicKey::parse(jwk.as_object().unwrap());
        assert_eq!(found.is_some(), is_good, "{jwk}");
    }
}
