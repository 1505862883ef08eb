//! The crate that all tests share, with one database.

use serde::Serialize;

use super::super::kernel::switches;
use super::super::switches::files;
use super::super::{Draft, World};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct Manifest {}

pub fn drafts(world: &World<'_>) -> Vec<Draft> {
    let mut drafts = vec![Draft::new(
        "tests/support/Cargo.toml",
        Owner::Generated,
        "support.toml.j2",
        &Manifest {},
    )];
    let (ours, theirs) = if world.postgres() {
        ("/database/postgres/", "/database/sqlite/")
    } else {
        ("/database/sqlite/", "/database/postgres/")
    };
    for (path, text) in files("tests/support/src", &switches(world.service)) {
        if path.contains(theirs) {
            continue;
        }
        drafts.push(Draft::text(
            path.replace(ours, "/database/driver/"),
            Owner::Generated,
            text,
        ));
    }
    drafts
}
