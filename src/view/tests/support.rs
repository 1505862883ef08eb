//! The crate that all tests share, with one database.

use serde::Serialize;

use super::super::{Draft, World};
use crate::plan::Owner;
use crate::render::embedded_under;

#[derive(Debug, Serialize)]
struct Manifest {}

/// Marks what only backgen's own build of the crate needs.
const SWITCH: &str = "#[cfg_attr(feature";

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
    for (path, text) in embedded_under("tests/support/src") {
        if path.contains(theirs) {
            continue;
        }
        let kept = text.lines().filter(|line| !line.starts_with(SWITCH));
        let text = kept.flat_map(|line| [line, "\n"]).collect();
        drafts.push(Draft::text(
            path.replace(ours, "/database/driver/"),
            Owner::Generated,
            text,
        ));
    }
    drafts
}
