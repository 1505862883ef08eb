//! `[auth]`: whose tokens are believed.

use super::development;
use super::token::PublicKeys;
use crate::config::Layers;

/// The environment in which nothing is made up.
pub(super) const PRODUCTION: &str = "production";

/// `[auth]`
#[derive(Debug, Clone)]
pub struct Settings {
    /// The keys that tokens may be signed with; with several the token names its own.
    pub public_keys: PublicKeys,
    /// Who signs tokens: the claim `iss`.
    pub issuer: String,
    /// Whom they are for: the claim `aud`.
    pub audience: String,
    /// Where a token lists its roles.
    pub roles_claim: String,
    /// By how many seconds the clocks of issuer and service may differ.
    pub leeway_s: u16,
    /// For how many seconds a verified token is believed without asking the database whether it was revoked, or whether
    /// its subject is still there; 0 asks every time.
    pub recheck_s: u16,
}

impl Default for Settings {
    /// Believes nobody.
    fn default() -> Self {
        Self {
            public_keys: PublicKeys::default(),
            issuer: "development".into(),
            audience: "development".into(),
            roles_claim: "roles".into(),
            leeway_s: 60,
            recheck_s: 30,
        }
    }
}

impl Settings {
    /// Takes the keys of `[auth]`. In production those that decide whom to believe must be given; elsewhere a service
    /// without keys makes a pair for itself.
    pub(crate) fn read(&mut self, layers: &mut Layers) {
        if layers.environment() == PRODUCTION {
            layers.require("auth.public_keys", &mut self.public_keys);
            layers.require("auth.issuer", &mut self.issuer);
            layers.require("auth.audience", &mut self.audience);
        } else {
            if layers.has("auth.public_keys") {
                layers.read("auth.public_keys", &mut self.public_keys);
            } else {
                self.develop(layers);
            }
            layers.read("auth.issuer", &mut self.issuer);
            layers.read("auth.audience", &mut self.audience);
        }
        layers.read("auth.roles_claim", &mut self.roles_claim);
        layers.read("auth.leeway_s", &mut self.leeway_s);
        layers.read("auth.recheck_s", &mut self.recheck_s);
    }
    fn develop(&mut self, layers: &mut Layers) {
        match development::key(layers.root()) {
            Ok(key) => self.public_keys = PublicKeys::from([key.public()]),
            Err(error) => layers.fault(format!("auth.public_keys: missing; {error}")),
        }
    }
}
