//! The program as people and scripts call it: output, exit codes, and what is left on disk. No service is compiled here.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "cli/desk.rs"]
mod desk;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/read.rs"]
mod read;
