//! Claims that do not hold, whatever the format of tokens.

use super::*;

/// The claims of a good token, one of them replaced; null takes it away.
fn with(issuer: &Issuer, name: &str, value: Value) -> Value {
    let mut claims = issuer.claims("ann", &["staff"], 600);
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

#[tokio::test]
async fn claims_that_do_not_hold() {
    let (service, issuer) = fresh().await;
    let good = issuer.token("ann", &["staff"], 600);
    assert_eq!(
        service.with_token("/staff", &good).await.json()["subject"],
        "ann"
    );
    for (name, value) in [
        ("exp", format::at(-59)),
        ("nbf", format::at(59)),
        ("iat", format::at(59)),
        ("aud", json!(["other", "development"])),
        ("nbf", Value::Null),
        ("iat", Value::Null),
        ("jti", Value::Null),
        ("more", json!({ "a": [1] })),
    ] {
        let token = issuer.sign(&with(&issuer, name, value.clone()));
        let answer = service.with_token("/staff", &token).await;
        assert_eq!(answer.status, 200, "{name}: {value}");
    }
    let mut bad = vec![
        ("exp", format::at(-61)),
        ("exp", Value::Null),
        ("nbf", format::at(90)),
        ("iat", format::at(90)),
        ("iss", json!("elsewhere")),
        ("iss", Value::Null),
        ("aud", json!("elsewhere")),
        ("aud", json!(["elsewhere"])),
        ("aud", json!({ "development": true })),
        ("aud", Value::Null),
        ("sub", Value::Null),
        ("sub", json!("")),
        ("sub", json!(7)),
        ("jti", json!(7)),
        ("jti", json!("x".repeat(256))),
        ("roles", json!("staff")),
        ("roles", json!([1])),
    ];
    let mut times = vec![json!(-1), json!(u64::MAX), json!([]), json!(true)];
    times.extend(format::no_times());
    bad.extend(
        ["exp", "nbf", "iat"]
            .into_iter()
            .flat_map(|name| times.iter().map(move |time| (name, time.clone()))),
    );
    for (name, value) in bad {
        let token = issuer.sign(&with(&issuer, name, value.clone()));
        refused(&service, &token, &format!("{name}: {value}")).await;
    }
    for name in ["exp", "nbf", "iat"] {
        let mut claims = issuer.claims("ann", &["staff"], 600);
        claims[name] = Value::Null;
        refused(&service, &issuer.sign(&claims), name).await;
    }
}
