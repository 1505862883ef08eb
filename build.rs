//! A new file under `templates/` must trigger a rebuild: `include_dir!` alone sees only edits.
fn main() {
    println!("cargo:rerun-if-changed=templates");
}
