//! Who calls, and what they may.
//!
//! Enters: the `Authorization` header of a request (RFC 6750). Leaves: a [`Caller`], or a problem that says nothing of
//! what was wrong with the token. Which rows a caller reaches is decided in SQL, not here; which fields of them, by the rows' own [`Visible`]. The format of tokens is in
//! `token`; there is one, so that no token can choose how it is verified. Deliberately absent: passwords, sessions.

mod actor;
mod cache;
mod claims;
pub mod commands;
mod development;
mod gate;
mod issuer;
mod reach;
mod revoked;
mod settings;
#[cfg(feature = "tenancy")]
mod tenancy;
#[cfg_attr(feature = "auth_jwt", path = "jwt/mod.rs")]
#[cfg_attr(feature = "auth_paseto", path = "paseto/mod.rs")]
mod token;
mod visible;

pub use actor::{Actor, Caller, Rows};
pub use gate::{FindActor, Found};
pub use issuer::Issuer;
pub use reach::Reach;
pub use revoked::revoke;
pub use settings::Settings;
#[cfg(feature = "tenancy")]
pub use tenancy::{FindTenant, FoundTenant, Tenancy, TenantSource};
pub use token::{PublicKey, PublicKeys, SecretKey};
pub use visible::Visible;

pub(crate) use gate::{Gate, Site};
