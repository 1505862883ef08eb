//! Keys that their issuer serves, and changes: a JSON Web Key Set behind a URL.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use tokio::sync::Mutex;

use super::{PublicKey, PublicKeys, Wanted};

/// How long the issuer may take, and how much it may say.
const PATIENCE: Duration = Duration::from_secs(5);
const MOST_BYTES: usize = 256 * 1024;

pub(super) struct Remote {
    url: Url,
    client: Client,
    served: RwLock<Served>,
    /// When the issuer was asked last.
    asked: Mutex<Option<Instant>>,
    /// No token makes us ask more often.
    pause: Duration,
    /// How long keys are believed before they are asked for again, so that one that was taken back is forgotten.
    fresh: Duration,
}

/// What the issuer said last; it holds on while the issuer cannot be reached.
#[derive(Default)]
struct Served {
    keys: Vec<PublicKey>,
    at: Option<Instant>,
}

impl Remote {
    /// `None` where the URL is not `https`, nor on this machine.
    pub(super) fn new(url: &str, pause: Duration, fresh: Duration) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let is_near = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if !(url.scheme() == "https" || url.scheme() == "http" && is_near) {
            return None;
        }
        // The process may have chosen another provider before, which will do as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .build();
        Some(Self {
            url,
            client: client.ok()?,
            served: RwLock::default(),
            asked: Mutex::default(),
            pause,
            fresh,
        })
    }

    pub(super) fn keys(&self) -> Vec<PublicKey> {
        self.served().keys.clone()
    }

    fn served(&self) -> RwLockReadGuard<'_, Served> {
        self.served.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the issuer, where its keys are no longer fresh or none of them is the one that is wanted.
    pub(super) async fn refresh(self: &Arc<Self>, wanted: &Wanted) {
        if !self.lacks(wanted) {
            return;
        }
        let (remote, wanted) = (Arc::clone(self), wanted.clone());
        // A task of its own: a client that goes away must not keep the others from what it asked for.
        let _ = tokio::spawn(async move { remote.ask(&wanted).await }).await;
    }

    fn lacks(&self, wanted: &Wanted) -> bool {
        let served = self.served();
        let is_fresh = served.at.is_some_and(|at| at.elapsed() < self.fresh);
        !is_fresh || !served.keys.iter().any(|key| wanted.is(key))
    }

    /// Whoever comes meanwhile waits for the same answer.
    async fn ask(&self, wanted: &Wanted) {
        let mut asked = self.asked.lock().await;
        let is_too_soon = asked.is_some_and(|last| last.elapsed() < self.pause);
        if is_too_soon || !self.lacks(wanted) {
            return;
        }
        let at = Some(Instant::now());
        *asked = at;
        match self.fetch().await {
            Ok(keys) => {
                *self.served.write().unwrap_or_else(PoisonError::into_inner) = Served { keys, at };
            }
            Err(error) => {
                tracing::warn!(url = %self.url, error, "no keys from the issuer of tokens");
            }
        }
    }

    async fn fetch(&self) -> Result<Vec<PublicKey>, String> {
        let told = |error: reqwest::Error| error.without_url().to_string();
        let answer = self.client.get(self.url.clone()).send().await;
        let answer = answer.and_then(Response::error_for_status);
        let mut answer = answer.map_err(told)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(told)? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST_BYTES {
                return Err("too long an answer".into());
            }
        }
        let keys = PublicKeys::parse(&body).ok_or("no key set with keys of use")?;
        Ok(keys.given)
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}
