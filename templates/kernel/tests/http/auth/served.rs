//! Keys behind a URL: they change, they are lost, and no token makes the service ask too often.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kernel::auth::{PublicKeys, SecretKey};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Longer than any test.
const LONG: Duration = Duration::from_secs(600);

/// An issuer that serves keys, or fails, and counts how often it is asked.
#[derive(Clone, Default)]
struct Source(Arc<Mutex<(Option<Value>, usize)>>);

impl Source {
    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let source = self.clone();
        tokio::spawn(async move {
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let _ = client.read(&mut [0; 4096]).await.unwrap();
                let _ = client.write_all(source.answer().as_bytes()).await;
            }
        });
        format!("http://{address}/keys")
    }

    fn answer(&self) -> String {
        let mut state = self.0.lock().unwrap();
        state.1 += 1;
        let (status, body) = match &state.0 {
            Some(keys) => ("200 OK", keys.to_string()),
            None => ("500 Oh", String::new()),
        };
        format!(
            "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    fn serve(&self, keys: &[&SecretKey]) {
        let sets = keys.iter().map(|key| key.public().to_string());
        let sets = sets.map(|set| serde_json::from_str::<Value>(&set).unwrap()["keys"][0].clone());
        self.0.lock().unwrap().0 = Some(json!({ "keys": sets.collect::<Vec<_>>() }));
    }

    fn asked(&self) -> usize {
        self.0.lock().unwrap().1
    }
}

struct Setup {
    source: Source,
    settings: Settings,
    service: Service,
}

impl Setup {
    async fn new(pause: Duration, fresh: Duration) -> Self {
        let source = Source::default();
        let settings = Settings {
            public_keys: PublicKeys::at(&source.start().await, pause, fresh).unwrap(),
            recheck_s: 0,
            ..Settings::default()
        };
        let service = believing(settings.clone()).await;
        Self {
            source,
            settings,
            service,
        }
    }

    async fn status(&self, key: &SecretKey) -> u16 {
        let key = SecretKey::parse(&key.text()).unwrap();
        let token = Issuer::with(key, self.settings.clone()).token("ann", &[], 60);
        self.service
            .with_token("/signed-in", &token)
            .await
            .status
            .as_u16()
    }
}

#[tokio::test]
async fn a_key_that_is_new_is_asked_for() {
    let it = Setup::new(Duration::ZERO, LONG).await;
    let [old, new] = [(); 2].map(|()| SecretKey::generate());
    it.source.serve(&[&old]);
    assert_eq!(it.source.asked(), 0, "nobody has called yet");
    assert_eq!((it.status(&old).await, it.status(&old).await), (200, 200));
    assert_eq!(it.source.asked(), 1);

    it.source.serve(&[&new]);
    assert_eq!(it.status(&new).await, 200);
    assert_eq!(it.source.asked(), 2);
    assert_eq!(it.status(&old).await, 401, "rotated out");
}

/// A key that was taken back is forgotten, though every token that comes names one that is there.
#[tokio::test]
async fn keys_are_asked_for_again_after_a_while() {
    let it = Setup::new(Duration::ZERO, Duration::from_millis(200)).await;
    let [old, new] = [(); 2].map(|()| SecretKey::generate());
    it.source.serve(&[&old]);
    assert_eq!(it.status(&old).await, 200);
    it.source.serve(&[&new]);
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!(it.status(&old).await, 401);
}

#[tokio::test]
async fn keys_stay_while_the_issuer_is_away() {
    let it = Setup::new(Duration::ZERO, LONG).await;
    let [own, other] = [(); 2].map(|()| SecretKey::generate());
    assert_eq!(it.status(&own).await, 401, "an issuer that fails");
    it.source.serve(&[&own]);
    assert_eq!(it.status(&own).await, 200);
    for lost in [
        None,
        Some(json!({})),
        Some(json!({ "keys": [] })),
        Some(json!("x".repeat(300 * 1024))),
    ] {
        it.source.0.lock().unwrap().0 = lost;
        assert_eq!(it.status(&other).await, 401);
        assert_eq!(it.status(&own).await, 200);
    }
}

#[tokio::test]
async fn no_token_makes_the_service_ask_too_often() {
    let it = Setup::new(LONG, LONG).await;
    let own = SecretKey::generate();
    it.source.serve(&[&own]);
    let unknown = SecretKey::generate();
    let at_once = [&unknown, &own, &unknown, &own].map(|key| it.status(key));
    let [a, b, c, d] = at_once;
    let statuses = tokio::join!(a, b, c, d);
    assert_eq!(statuses, (401, 200, 401, 200));
    it.source.serve(&[&unknown]);
    assert_eq!(it.status(&unknown).await, 401, "not yet");
    assert_eq!(it.source.asked(), 1);
}

#[test]
fn keys_do_not_travel_in_the_open() {
    for (url, is_good) in [
        ("https://issuer.example/keys", true),
        ("http://localhost:8080/keys", true),
        ("http://issuer.example/keys", false),
        ("http://localhost.example/keys", false),
        ("ftp://localhost/keys", false),
        ("issuer.example", false),
    ] {
        assert_eq!(PublicKeys::at(url, LONG, LONG).is_some(), is_good, "{url}");
    }
}
