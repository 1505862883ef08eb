//! Tokens that were verified a moment ago: verifying one costs as much as a whole read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::Actor;
use crate::types::Timestamp;

/// Locks that requests share; one each would be contended.
const SHARDS: usize = 16;
/// Tokens that one shard holds. A shard that is full of good ones starts anew.
const MOST: usize = 1024;

/// Known by its hash, so that no memory dump holds a token that works.
type Name = [u8; 32];

struct Known {
    actor: Arc<Actor>,
    /// When it must be verified again.
    until: Timestamp,
}

#[derive(Default)]
pub(super) struct Cache([Mutex<HashMap<Name, Known>>; SHARDS]);

/// A token, as the cache names it.
#[derive(Clone, Copy)]
pub(super) struct Key(Name);

impl Key {
    pub(super) fn of(token: &[u8]) -> Self {
        Self(Sha256::digest(token).into())
    }
}

impl Cache {
    pub(super) fn get(&self, key: Key, now: Timestamp) -> Option<Arc<Actor>> {
        let shard = self.shard(key);
        let known = shard.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&key.0).filter(|known| known.until > now)?;
        Some(Arc::clone(&known.actor))
    }

    pub(super) fn put(&self, key: Key, actor: Arc<Actor>, until: Timestamp, now: Timestamp) {
        if until <= now {
            return;
        }
        let shard = self.shard(key);
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if shard.len() >= MOST {
            shard.retain(|_, known| known.until > now);
        }
        if shard.len() >= MOST {
            shard.clear();
        }
        shard.insert(key.0, Known { actor, until });
    }

    fn shard(&self, key: Key) -> &Mutex<HashMap<Name, Known>> {
        &self.0[usize::from(key.0[0]) % SHARDS]
    }
}
