//! Random edits by a person, then a run with other specs: every byte of theirs is still there.

use proptest::prelude::*;

use super::*;

const PATHS: [(&str, Owner); 8] = [
    ("src/handler.rs", Owner::Generated),
    ("src/contract.rs", Owner::Generated),
    ("openapi.json", Owner::Generated),
    ("src/logic.rs", Owner::Yours),
    ("README.md", Owner::Yours),
    ("Cargo.toml", Owner::CoOwned),
    ("compose.yaml", Owner::CoOwned),
    ("migrations/1.sql", Owner::AppendOnly),
];

fn text(path: &str, generation: u8) -> String {
    match path.rsplit('.').next().unwrap() {
        "rs" => format!(
            "//! Doc.\n\nuse std::fmt;\n\n// note\npub fn a() -> u8 {{\n    {generation}\n}}\n\npub fn b() {{}}\n"
        ),
        "json" => format!("{{\n  \"a\": {generation},\n  \"b\": 2\n}}\n"),
        "toml" => {
            format!("[package]\nname = \"shop\"\n\n[dependencies]\naxum = \"{generation}\"\n")
        }
        "yaml" => {
            format!("services:\n  db:\n    image: postgres:{generation}\n\n  app:\n    build: .\n")
        }
        "md" => format!("# Shop\n\nGeneration {generation}.\n\nEnd.\n"),
        _ => "CREATE TABLE a (\n  b INT\n);\n".to_owned(),
    }
}

fn specs(generation: u8, without: Option<usize>) -> Plan {
    let files = PATHS
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != without);
    plan(files.map(|(_, (path, owner))| file(path, *owner, &text(path, generation))))
}

#[derive(Debug, Clone)]
enum Edit {
    Append,
    Insert(usize),
    DeleteLine(usize),
    Crlf,
    BlankLines,
    DeleteFile,
    Rename,
    Binary,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::Append),
        (0..12_usize).prop_map(Edit::Insert),
        (0..12_usize).prop_map(Edit::DeleteLine),
        Just(Edit::Crlf),
        Just(Edit::BlankLines),
        Just(Edit::DeleteFile),
        Just(Edit::Rename),
        Just(Edit::Binary),
    ]
}

/// A line that no plan holds, as a comment where the language has one.
fn mine(path: &str, number: usize) -> String {
    match path.rsplit('.').next().unwrap() {
        "rs" => format!("// mine {number}"),
        "toml" | "yaml" => format!("# mine {number}"),
        "sql" => format!("-- mine {number}"),
        _ => format!("mine {number}"),
    }
}

/// Does the edit. Returns the lines that the person added.
fn perform(root: &Path, path: &str, edit: &Edit, number: usize) -> Vec<String> {
    let at = root.join(path);
    let Ok(bytes) = fs::read(&at) else {
        return Vec::new();
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Vec::new();
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = mine(path, number);
    match edit {
        Edit::Append => lines.push(line.clone()),
        Edit::Insert(index) => lines.insert((*index).min(lines.len()), line.clone()),
        Edit::DeleteLine(index) if !lines.is_empty() => drop(lines.remove(index % lines.len())),
        Edit::DeleteLine(_) => {}
        Edit::Crlf => {
            fs::write(&at, text.replace("\r\n", "\n").replace('\n', "\r\n")).unwrap();
            return Vec::new();
        }
        Edit::BlankLines => lines.extend([String::new(), String::new()]),
        Edit::DeleteFile => {
            fs::remove_file(&at).unwrap();
            return Vec::new();
        }
        Edit::Rename => {
            fs::rename(&at, root.join(format!("{path}.{number}"))).unwrap();
            return Vec::new();
        }
        Edit::Binary => {
            fs::write(&at, [text.as_bytes(), &[0xff, 0xfe]].concat()).unwrap();
            return Vec::new();
        }
    }
    fs::write(&at, lines.join("\n") + "\n").unwrap();
    if matches!(edit, Edit::Append | Edit::Insert(_)) {
        vec![line]
    } else {
        Vec::new()
    }
}

/// Whether the person changed what the file says, judged without the code under test: by its words.
fn says_something_else(before: &str, after: &[u8]) -> bool {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    std::str::from_utf8(after).map_or(true, |after| words(before) != words(after))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_byte_of_a_person_is_lost(
        edits in prop::collection::vec((0..PATHS.len(), edit()), 1..6),
        without in prop::option::of(0..PATHS.len()),
    ) {
        let root = scratch();
        update(root.path(), &specs(1, None));
        let written = tree(root.path());
        let mut added: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (number, (index, edit)) in edits.iter().enumerate() {
            let path = PATHS[*index].0;
            added.entry(path).or_default().extend(perform(root.path(), path, edit, number));
        }
        let edited = tree(root.path());
        update(root.path(), &specs(2, without));
        let after = tree(root.path());
        for (path, bytes) in edited.iter().filter(|(path, _)| !path.starts_with(".backgen")) {
            let theirs = written.get(path).is_none_or(|before| {
                says_something_else(std::str::from_utf8(before).unwrap(), bytes)
            });
            let owner = PATHS.iter().find(|(known, _)| known == path).map(|(_, owner)| *owner);
            let now = after.get(path);
            if !theirs || now == Some(bytes) {
                continue;
            }
            prop_assert_eq!(owner, Some(Owner::CoOwned), "{} was overwritten", path);
            let now = String::from_utf8(now.cloned().unwrap_or_default()).unwrap();
            for line in added.get(path.as_str()).into_iter().flatten() {
                if String::from_utf8_lossy(bytes).contains(line) {
                    prop_assert!(now.contains(line), "{} lost {:?}:\n{}", path, line, now);
                }
            }
        }
        let again = update(root.path(), &specs(2, without));
        prop_assert_eq!(again.written, 0);
        prop_assert_eq!(tree(root.path()), after);
    }
}
