//! What no PASETO may do: 12 kinds of bad tokens, beside those whose claims do not hold.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use kernel::auth::{PublicKeys, SecretKey};
use kernel::types::Timestamp;
use pasetors::keys::{AsymmetricKeyPair, AsymmetricSecretKey, Generate, SymmetricKey};
use pasetors::version4::{LocalToken, PublicToken, V4};

use super::*;

/// A time as claims have it, so many seconds from now.
pub fn at(seconds: i64) -> Value {
    json!(Timestamp::from_micros((now() + seconds) * 1_000_000))
}

/// What is no time in a claim.
pub fn no_times() -> Vec<Value> {
    vec![
        json!(now() + 60),
        json!(4e9),
        json!("2999-01-01"),
        json!(""),
    ]
}

/// A pair whose secret half signs outside of the kernel.
struct Pair {
    secret: AsymmetricSecretKey<V4>,
    issuer: Issuer,
}

fn pair() -> Pair {
    let key = SecretKey::generate();
    let secret = AsymmetricSecretKey::<V4>::try_from(key.text().as_str()).unwrap();
    let settings = Settings {
        public_keys: PublicKeys::from([key.public()]),
        recheck_s: 0,
        ..Settings::default()
    };
    let issuer = Issuer::with(key, settings);
    Pair { secret, issuer }
}

impl Pair {
    fn sign(&self, payload: &str, footer: Option<&str>, implicit: Option<&str>) -> String {
        let (footer, implicit) = (footer.map(str::as_bytes), implicit.map(str::as_bytes));
        PublicToken::sign(&self.secret, payload.as_bytes(), footer, implicit).unwrap()
    }
}

#[tokio::test]
async fn a_token_that_was_touched() {
    let (service, issuer) = fresh().await;
    let good = issuer.token("ann", &["staff"], 600);
    let parts: Vec<&str> = good.split('.').collect();
    let [_, _, body, footer] = parts.as_slice() else {
        panic!("{good}")
    };
    let other = issuer.token("bob", &["admin"], 600);
    let (payload, signature) = {
        let mut bytes = BASE64.decode(body).unwrap();
        let signature = bytes.split_off(bytes.len() - 64);
        (bytes, signature)
    };
    let of_other = BASE64.decode(other.split('.').nth(2).unwrap()).unwrap();
    let swapped = [&of_other[..of_other.len() - 64], &signature[..]].concat();
    for (why, token) in [
        ("no version", good.replacen("v4.", "", 1)),
        ("version 1", good.replacen("v4", "v1", 1)),
        ("version 2", good.replacen("v4", "v2", 1)),
        ("version 3", good.replacen("v4", "v3", 1)),
        ("another purpose", good.replacen("public", "local", 1)),
        ("no purpose", good.replacen("public.", "", 1)),
        ("upper case", good.to_uppercase()),
        ("no footer", format!("v4.public.{body}")),
        ("an empty footer", format!("v4.public.{body}.")),
        (
            "another footer",
            format!("v4.public.{body}.{}", BASE64.encode("{\"a\":1}")),
        ),
        ("one part more", format!("{good}.{footer}")),
        (
            "truncated",
            good[..good.len() - footer.len() - 4].to_owned(),
        ),
        (
            "the body truncated",
            format!("v4.public.{}.{footer}", &body[..body.len() - 4]),
        ),
        ("padding", format!("v4.public.{body}==.{footer}")),
        ("padding of the footer", format!("{good}=")),
        (
            "a payload swapped",
            format!("v4.public.{}.{footer}", BASE64.encode(swapped)),
        ),
        (
            "no signature",
            format!("v4.public.{}.{footer}", BASE64.encode(payload)),
        ),
        (
            "no payload",
            format!("v4.public.{}.{footer}", BASE64.encode(signature)),
        ),
        ("nothing", "v4.public.".into()),
        ("a JWT", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.".into()),
    ] {
        refused(&service, &token, why).await;
    }
}

/// The bytes of the public key are no secret, and must not do as one.
#[tokio::test]
async fn a_local_token_with_the_public_key() {
    let Pair { secret, issuer } = pair();
    let service = believing(issuer.settings()).await;
    let claims = issuer.claims("ann", &["staff"], 600).to_string();
    for half in secret.as_bytes().chunks(32) {
        let key = SymmetricKey::<V4>::from(half).unwrap();
        let token = LocalToken::encrypt(&key, claims.as_bytes(), None, None).unwrap();
        refused(&service, &token, "local").await;
        let turned = token.replacen("v4.local.", "v4.public.", 1);
        refused(&service, &turned, "local, called public").await;
    }
}

#[tokio::test]
async fn what_is_signed_and_still_bad() {
    let pair = pair();
    let service = believing(pair.issuer.settings()).await;
    let claims = pair.issuer.claims("ann", &["staff"], 600).to_string();
    let good = pair.sign(&claims, None, None);
    assert_eq!(
        service.with_token("/staff", &good).await.status,
        200,
        "one key needs no name"
    );
    let twice = claims.replacen('{', "{\"sub\":\"bob\",", 1);
    let implied = pair.sign(&claims, None, Some("tenant"));
    for (why, token) in [
        ("an implicit assertion", implied),
        ("a claim twice", pair.sign(&twice, None, None)),
        ("an array", pair.sign(&format!("[{claims}]"), None, None)),
        (
            "more than JSON",
            pair.sign(&format!("{claims} {claims}"), None, None),
        ),
        ("no JSON", pair.sign("ann", None, None)),
        (
            "a key of no name",
            pair.sign(&claims, Some("{\"kid\":\"k4.pid.none\"}"), None),
        ),
        (
            "a path as key",
            pair.sign(&claims, Some("{\"kid\":\"../../etc/passwd\"}"), None),
        ),
        (
            "SQL as key",
            pair.sign(&claims, Some("{\"kid\":\"' or 1=1 --\"}"), None),
        ),
        (
            "a number as key",
            pair.sign(&claims, Some("{\"kid\":0}"), None),
        ),
        ("a footer of no JSON", pair.sign(&claims, Some("kid"), None)),
        (
            "two keys",
            pair.sign(&claims, Some("{\"kid\":\"a\",\"kid\":\"b\"}"), None),
        ),
    ] {
        refused(&service, &token, why).await;
    }
    let stranger = AsymmetricKeyPair::<V4>::generate().unwrap();
    let foreign = PublicToken::sign(&stranger.secret, claims.as_bytes(), None, None).unwrap();
    refused(&service, &foreign, "signed by a stranger").await;
}

#[tokio::test]
async fn keys_come_and_go() {
    let [old, new, next] = [(); 3].map(|()| SecretKey::generate());
    let settings = Settings {
        public_keys: PublicKeys::from([new.public(), next.public()]),
        recheck_s: 0,
        ..Settings::default()
    };
    let service = believing(settings.clone()).await;
    let unnamed = AsymmetricSecretKey::<V4>::try_from(new.text().as_str()).unwrap();
    for (key, status) in [(old, 401), (new, 200), (next, 200)] {
        let token = Issuer::with(key, settings.clone()).token("ann", &["staff"], 60);
        assert_eq!(service.with_token("/staff", &token).await.status, status);
    }
    let claims = Issuer::with(SecretKey::generate(), settings).claims("ann", &["staff"], 60);
    let token = PublicToken::sign(&unnamed, claims.to_string().as_bytes(), None, None).unwrap();
    refused(&service, &token, "of several keys none is named").await;
}
