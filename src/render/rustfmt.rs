//! One run of rustfmt as a child process.
//!
//! Enters: one text. Leaves: the formatted text, or why not. `rust-toolchain.toml` of the project is not asked.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

/// Why rustfmt gave no text.
pub(super) struct Failure {
    pub(super) reason: String,
    /// It ran, so other texts may fare better.
    pub(super) text_is_at_fault: bool,
}

impl Failure {
    pub(super) fn of_text(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            text_is_at_fault: true,
        }
    }

    pub(super) fn of_system(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            text_is_at_fault: false,
        }
    }
}

/// rustfmt's defaults, spelled out so that a rustfmt.toml of the user's or of a parent folder changes no byte.
const DEFAULTS: &str = "max_width=100,hard_tabs=false,tab_spaces=4,newline_style=Unix,use_small_heuristics=Default,\
    reorder_imports=true,reorder_modules=true,remove_nested_parens=true,match_arm_leading_pipes=Never,\
    fn_params_layout=Tall,merge_derives=true,use_try_shorthand=false,use_field_init_shorthand=false,\
    force_explicit_abi=true,match_block_trailing_comma=false";

pub(super) fn run(program: &str, text: &str) -> Result<String, Failure> {
    let mut child = Command::new(program)
        .args(["--edition", "2024", "--quiet", "--config", DEFAULTS])
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Failure::of_system("it is not installed (`rustup component add rustfmt`)")
            }
            _ => Failure::of_system(format!("it could not be started: {error}")),
        })?;
    let mut input = child.stdin.take().expect("BUG: stdin is piped");
    let output = thread::scope(|scope| {
        // A child that dies early closes the pipe; its exit status then says why.
        scope.spawn(move || drop(input.write_all(text.as_bytes())));
        child.wait_with_output()
    })
    .map_err(|error| Failure::of_system(format!("it could not be read: {error}")))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::of_text(format!(
            "it failed: {}",
            reason.lines().next().unwrap_or("without a reason")
        )));
    }
    String::from_utf8(output.stdout).map_err(|_| Failure::of_text("its output is not UTF-8"))
}
