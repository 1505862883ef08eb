//! A service whose requests name their tenant in a header, and not in their tokens: its own tests say the rest.

use std::fs::{read_to_string, write};

use super::project::{Database, Project};
use super::workshop::{Workshop, text, timed};

#[test]
#[ignore = "builds a service"]
fn tenants_are_named_by_a_header() {
    let workshop = Workshop::enter();
    let project = Project::shared("header", "helpdesk", Database::Sqlite);
    let file = project.folder.join("backgen.yaml");
    let spec = read_to_string(&file).expect("a spec");
    let by_header = spec.replace("{ claim: company }", "{ header: X-Company }");
    assert_ne!(spec, by_header, "the helpdesk has a claim");
    write(&file, by_header).expect("a spec");
    let run = project.generate();
    assert_eq!(run.code, 0, "{}", run.text);
    let output = timed("helpdesk by header: cargo test", || {
        workshop.cargo(&project.folder, &["test", "--workspace"])
    });
    assert!(output.status.success(), "{}", text(&output));
}
