//! A service that is told later to export its traces: it asks for the crates, and still compiles without a warning.
//!
//! The crates are checked, not built: that costs little where the kernel's own tests came before. What is exported, those
//! tests say.

use std::fs::{OpenOptions, read_to_string};
use std::io::Write;

use super::project::{Database, Project};
use super::workshop::{Workshop, text, timed};

#[test]
#[ignore = "checks a service"]
fn traces_are_exported_once_the_spec_asks_for_it() {
    let workshop = Workshop::enter();
    let project = Project::shared("traces", "clinic", Database::Sqlite);
    let manifest = project.folder.join("kernel/Cargo.toml");
    let asks = || {
        read_to_string(&manifest)
            .expect("a manifest")
            .contains("opentelemetry")
    };
    assert!(!asks(), "nobody has asked for traces");

    let mut spec = OpenOptions::new()
        .append(true)
        .open(project.folder.join("backgen.toml"))
        .expect("a spec");
    write!(spec, "\n[telemetry]\ntraces = \"otlp\"\n").expect("a line more");
    let run = project.generate();
    assert_eq!(run.code, 0, "{}", run.text);
    assert!(asks(), "traces were asked for");

    let output = timed("clinic with traces: cargo clippy", || {
        let arguments = ["clippy", "--workspace", "--", "-D", "warnings"];
        workshop.cargo(&project.folder, &arguments)
    });
    assert!(output.status.success(), "{}", text(&output));
}
