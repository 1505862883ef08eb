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

    #[cfg(feature = "tenancy")]
    /// The same with what else the request says of its caller.
    pub(super) fn with(self, named: Option<&str>) -> Self {
        match named {
            None => self,
            Some(named) => {
                let both = Sha256::new().chain_update(self.0).chain_update(named);
                Self(both.finalize().into())
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a clock that no service has.
    #[test]
    fn a_token_is_known_until_its_time() {
        let at = Timestamp::from_micros;
        let (cache, actor) = (Cache::default(), Arc::new(Actor::new("ann", &[], None)));
        let key = Key::of(b"token");
        cache.put(key, Arc::clone(&actor), at(10), at(10));
        assert_eq!(cache.get(key, at(9)), None, "its time was over");
        cache.put(key, Arc::clone(&actor), at(20), at(10));
        assert_eq!(cache.get(key, at(19)).as_ref(), Some(&actor));
        assert_eq!(cache.get(key, at(20)), None);
        assert_eq!(cache.get(Key::of(b"token2"), at(10)), None);
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let at = Timestamp::from_micros;
        let (cache, actor) = (Cache::default(), Arc::new(Actor::new("ann", &[], None)));
        let count = |cache: &Cache| -> usize {
            cache
                .0
                .iter()
                .map(|shard| shard.lock().unwrap().len())
                .sum()
        };
        for number in 0_i64..40_000 {
            let key = Key::of(&number.to_be_bytes());
            cache.put(key, Arc::clone(&actor), at(100), at(10));
            assert!(cache.get(key, at(10)).is_some());
        }
        assert!(count(&cache) <= SHARDS * MOST);
    }
}
