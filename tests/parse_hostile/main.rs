//! Texts made to harm: refused with a finding, quickly, without a panic; and every place lies on a character boundary.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod mutations;

use std::fs;
use std::time::{Duration, Instant};

use backgen::diagnostic::{Code, Diagnostic, Renderer, Sink};
use backgen::parse::parse_spec;
use backgen::source::{Sources, read_project};

/// Generous: this is a debug build on a busy machine, and what takes too long takes minutes.
const PATIENCE: Duration = Duration::from_secs(15);

fn findings(path: &str, text: &str) -> (Vec<Diagnostic>, Sources) {
    let mut sink = Sink::default();
    let sources = Sources::in_memory(("backgen.yaml", "service: s"), [(path, text)], &mut sink);
    parse_spec(&sources, &mut sink);
    (sink.sorted(), sources)
}

fn assert_refused(path: &str, text: &str, code: Code) {
    let start = Instant::now();
    let (diagnostics, sources) = findings(path, text);
    let report = Renderer::new(true).report(&diagnostics, &sources.map);
    let took = start.elapsed();
    let codes: Vec<Code> = diagnostics.iter().map(Diagnostic::code).collect();
    assert!(codes.contains(&code), "{codes:?}");
    assert!(took < PATIENCE, "{code} took {took:?}");
    assert!(report.len() < 1_000_000);
}

#[test]
fn a_billion_laughs_are_refused() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..12 {
        let below = level - 1;
        text.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            vec![format!("*a{below}"); 9].join(", ")
        ));
    }
    assert_refused("specs/a.yaml", &text, Code::TooManyValues);
}

#[test]
fn quadratic_aliases_are_refused() {
    let items = vec!["x"; 50_000].join(",");
    let aliases = vec!["*a"; 100_000].join(",");
    assert_refused(
        "specs/a.yaml",
        &format!("a: &a [{items}]\nb: [{aliases}]\n"),
        Code::TooManyValues,
    );
}

/// Each anchor holds the one before: little text, few values, but a tower that would overflow the stack.
#[test]
fn a_tower_of_aliases_is_refused() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..20_000 {
        text.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_refused("specs/a.yaml", &text, Code::TooDeep);
}

#[test]
fn deep_nesting_is_refused() {
    for path in ["specs/a.yaml", "specs/a.toml"] {
        let key = if path.ends_with("yaml") {
            "a: "
        } else {
            "a = "
        };
        assert_refused(
            path,
            &format!("{key}{}", "[".repeat(100_000)),
            Code::TooDeep,
        );
        assert_refused(
            path,
            &format!("{key}{}{}", "[".repeat(200), "]".repeat(200)),
            Code::TooDeep,
        );
    }
    let blocks: String = (0..400)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert_refused("specs/a.yaml", &blocks, Code::TooDeep);
    assert_refused(
        "specs/a.toml",
        &format!("a{} = 1\n", ".a".repeat(400)),
        Code::TooDeep,
    );
    assert_refused(
        "specs/a.toml",
        &format!("[a{}]\n", ".a".repeat(40_000)),
        Code::TooDeep,
    );
}

#[test]
fn a_hundred_thousand_keys_are_refused() {
    let yaml: String = (0..150_000).map(|key| format!("k{key}: 1\n")).collect();
    let toml: String = (0..150_000).map(|key| format!("k{key}=1\n")).collect();
    assert_refused("specs/a.yaml", &yaml, Code::TooManyValues);
    assert_refused("specs/a.toml", &toml, Code::UnknownKey);
}

/// What is large and good is accepted, in no more time.
#[test]
fn ten_thousand_fields_are_accepted() {
    let field = |index| format!("      f{index}: {{ type: string, max: 20, min: 1 }}\n");
    let entity = |index| {
        format!(
            "  E{index}:\n    fields:\n{}",
            (0..10).map(field).collect::<String>()
        )
    };
    let text = format!("entities:\n{}", (0..1_000).map(entity).collect::<String>());
    let start = Instant::now();
    let (diagnostics, _) = findings("specs/a.yaml", &text);
    assert_eq!(diagnostics, []);
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn too_many_and_too_large_projects_are_refused() {
    let refused = |files: usize, bytes: u64| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("backgen.yaml"), "service: s").unwrap();
        fs::create_dir(dir.path().join("specs")).unwrap();
        for index in 0..files {
            let file =
                fs::File::create(dir.path().join(format!("specs/f{index:04}.yaml"))).unwrap();
            file.set_len(bytes).unwrap();
        }
        let mut sink = Sink::default();
        let sources = read_project(dir.path(), &mut sink);
        (
            sink.sorted().first().map(Diagnostic::code),
            sources.features.len(),
        )
    };
    assert_eq!(refused(2_000, 0), (None, 2_000));
    assert_eq!(refused(2_001, 0), (Some(Code::TooManyFeatures), 0));
    assert_eq!(refused(65, 1024 * 1024), (Some(Code::ProjectTooLarge), 64));
}

/// Opening a pipe would wait for a writer; a device may have no end.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_opened() {
    let dir = tempfile::tempdir().unwrap();
    let specs = dir.path().join("specs");
    fs::create_dir(&specs).unwrap();
    fs::write(dir.path().join("backgen.yaml"), "service: s").unwrap();
    std::os::unix::fs::symlink("/dev/zero", specs.join("endless.yaml")).unwrap();
    std::os::unix::fs::symlink("nowhere.yaml", specs.join("gone.yaml")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(specs.join("socket.yaml")).unwrap();
    let mut sink = Sink::default();
    assert!(read_project(dir.path(), &mut sink).features.is_empty());
    let codes: Vec<Code> = sink.sorted().iter().map(Diagnostic::code).collect();
    assert_eq!(codes, [Code::NotAFile, Code::Unreadable, Code::NotAFile]);
}

/// Nothing is said of the text of such a file: it is not read to its end.
#[test]
fn a_large_file_is_refused_unread() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("specs")).unwrap();
    fs::write(dir.path().join("backgen.yaml"), "service: s").unwrap();
    let file = fs::File::create(dir.path().join("specs/large.yaml")).unwrap();
    file.set_len(100 * 1024 * 1024).unwrap();
    let start = Instant::now();
    let mut sink = Sink::default();
    let sources = read_project(dir.path(), &mut sink);
    assert!(start.elapsed() < PATIENCE);
    assert!(sources.features.is_empty());
    assert_eq!(sink.sorted()[0].code(), Code::TooLarge);
}

/// Every finding of a file full of faults is kept, and printing them takes no time to speak of, even on one line.
#[test]
fn many_findings_are_printed_quickly() {
    let faults: Vec<String> = (0..20_000).map(|key| format!("k{key}: 1")).collect();
    assert_refused("specs/a.yaml", &faults.join("\n"), Code::UnknownKey);
    assert_refused(
        "specs/a.yaml",
        &format!("{{{}}}", faults.join(", ")),
        Code::UnknownKey,
    );
    let word = "x".repeat(900_000);
    assert_refused(
        "specs/a.yaml",
        &format!("? {word}\n: 1\n"),
        Code::UnknownKey,
    );
    assert_refused(
        "specs/a.yaml",
        &format!("enums: [\n{}\n", "a: {\n".repeat(10)),
        Code::YamlSyntax,
    );
}

/// What the parser itself reports is bounded too, and looking for split types takes no quadratic time.
#[test]
fn floods_of_traps_are_cut_off() {
    let list = |item: &str, count: usize| format!("a: [{}]", vec![item; count].join(","));
    assert_refused("specs/a.yaml", &list("y", 190_000), Code::TooManyFindings);
    assert_refused("specs/a.yaml", &list("e(f", 190_000), Code::UnknownKey);
    assert_refused(
        "specs/a.yaml",
        &list("e(f,g)", 90_000),
        Code::TooManyFindings,
    );
    assert_refused(
        "specs/a.yaml",
        &"k: 1\n".repeat(90_000),
        Code::TooManyFindings,
    );
    assert_refused(
        "specs/a.toml",
        &"k = 1\n".repeat(90_000),
        Code::DuplicateKey,
    );
    assert_refused("specs/a.toml", &"= \n".repeat(90_000), Code::TomlSyntax);
}
