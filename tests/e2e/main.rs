//! The four domains of `specs/` as a user meets them: generated, built, linted, documented, tested, started and called.
//!
//! Enters: `specs/`, `TEST_DATABASE_URL` (a PostgreSQL where databases may be made), and optionally `BACKGEN_E2E_TARGET`,
//! the target folder that all generated projects share. Leaves: that folder and nothing else.
//! What builds services is `#[ignore]`d, since it takes minutes: `./test` runs it, with the time of every step.

#[cfg(test)]
mod backgen;
#[cfg(test)]
mod borders;
#[cfg(test)]
mod domains;
#[cfg(test)]
mod drift;
#[cfg(test)]
mod example;
#[cfg(test)]
mod http;
#[cfg(test)]
mod project;
#[cfg(test)]
mod races;
#[cfg(test)]
mod service;
#[cfg(test)]
mod tenants;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod workshop;
