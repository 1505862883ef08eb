//! Figures, not judgements: `cargo test --release emit::tests::speed -- --ignored --nocapture` prints them.

use std::time::Instant;

use super::*;

fn handler(n: usize) -> String {
    let mut text =
        String::from("//! Handler.\n\nuse axum::{extract::State, Json};\nuse std::sync::Arc;\n\n");
    for part in 0..3 {
        text.push_str(&format!(
            "/// Part {part}.\n#[derive(Debug, Clone)]\npub struct Input{part} {{ pub name: String, pub age: i64, pub tags: Vec<String> }}\n\n\
             impl Input{part} {{\n    // why: {n}\n    pub fn check(&self) -> Result<(), Problem> {{\n        \
             if self.name.len() < {n} {{ return Err(Problem::field(\"name\", \"too short\")); }}\n        \
             match self.age {{ 0 => {{ Ok(()) }} n if n > 150 => Err(Problem::field(\"age\", \"out of range\")), _ => Ok(()) }}\n    }}\n}}\n\n"
        ));
    }
    text
}

#[test]
#[ignore = "a measurement"]
fn two_thousand_files() {
    let root = tempfile::tempdir().unwrap();
    let specs = |changed: usize| {
        plan((0..2000).map(|n| {
            file(
                &format!("src/f{}/h{n}.rs", n % 100),
                Owner::Generated,
                &handler(n + if n < changed { 7 } else { 0 }),
            )
        }))
    };
    let (all, one) = (specs(0), specs(1));
    let timed = |what: &str, work: &dyn Fn() -> usize| {
        let started = Instant::now();
        let written = work();
        println!(
            "{what:<32} {:>6} ms, {written} written",
            started.elapsed().as_millis()
        );
    };
    timed("first run", &|| update(root.path(), &all).written);
    println!(
        "{} lines in a file",
        read(root.path(), "src/f0/h0.rs").lines().count()
    );
    timed("second run", &|| update(root.path(), &all).written);
    timed("check", &|| check(root.path(), &all).written);
    timed("one file changed", &|| update(root.path(), &one).written);
    for n in 0..2000 {
        let path = format!("src/f{}/h{n}.rs", n % 100);
        write(
            root.path(),
            &path,
            &read(root.path(), &path).replace('\n', "\r\n"),
        );
    }
    timed("check after CRLF everywhere", &|| {
        check(root.path(), &one).written
    });
    timed("every file changed", &|| {
        update(root.path(), &specs(2000)).written
    });
    let texts: Vec<String> = (0..2000).map(handler).collect();
    timed("rustfmt alone", &|| {
        crate::render::format_rust(texts.clone()).texts.len()
    });
}
