//! The one place that runs cargo: one target folder and the same flags for every project, so that a dependency is compiled
//! once a database. Projects lie outside the repository, whose own `clippy.toml` and `rustfmt.toml` must not reach them,
//! and at the same path in every run, so that the target folder does not grow.

use std::env;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where generated projects of this checkout lie.
pub fn projects() -> PathBuf {
    let mut hasher = DefaultHasher::new();
    repository().hash(&mut hasher);
    let folder = format!("backgen-e2e-{:016x}", hasher.finish());
    env::temp_dir().join(folder)
}

pub fn target() -> PathBuf {
    env::var_os("BACKGEN_E2E_TARGET").map_or_else(|| repository().join("target/e2e"), PathBuf::from)
}

/// Held by whoever builds or uses a project that others use too.
pub struct Workshop {
    _turn: MutexGuard<'static, ()>,
}

static TURN: Mutex<()> = Mutex::new(());
/// Held until the process ends: two runs of one checkout would overwrite each other's projects.
static PROCESS: OnceLock<File> = OnceLock::new();

impl Workshop {
    pub fn enter() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        PROCESS.get_or_init(|| {
            fs::create_dir_all(projects()).expect("a temporary folder");
            let file = File::create(projects().join("lock")).expect("a lock file");
            file.lock().expect("the lock");
            file
        });
        Self { _turn: turn }
    }

    /// Runs cargo in a project. The caller judges the output.
    pub fn cargo(&self, folder: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // What the outer cargo says about backgen is not for a project.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
            .args(arguments)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_TERM_COLOR", "never")
            .env("RUST_BACKTRACE", "0")
            // Only what is checked again and again gains by it.
            .env(
                "CARGO_INCREMENTAL",
                if arguments.contains(&"check") {
                    "1"
                } else {
                    "0"
                },
            )
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs")
    }
}

/// Runs a step and prints how long it took.
pub fn timed<T>(what: &str, step: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = step();
    eprintln!("{:>8.1} s  {what}", start.elapsed().as_secs_f64());
    result
}

pub fn text(output: &Output) -> String {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    format!("{stdout}{stderr}")
}
