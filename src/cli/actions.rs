//! What happened to the files, in few lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::paint::Paint;
use crate::emit::{Action, ActionKind, Mode, Outcome};

/// More files of one kind are told by folder, unless all are asked for.
const LISTED: usize = 12;

/// The kinds in the order in which they are told, and their words: done, or to be done.
const KINDS: [(ActionKind, &str, &str); 10] = [
    (ActionKind::Create, "created", "create"),
    (ActionKind::Recreate, "recreated", "recreate"),
    (ActionKind::Rewrite, "rewritten", "rewrite"),
    (ActionKind::Merge, "merged", "merge"),
    (ActionKind::Remove, "removed", "remove"),
    (ActionKind::Keep, "kept", "keep"),
    (ActionKind::KeepOrphan, "left over", "leave over"),
    (ActionKind::Conflict, "in the way", "in the way"),
    (ActionKind::Refuse, "refused", "refuse"),
    (ActionKind::Unchanged, "unchanged", "unchanged"),
];

/// The names of what was touched, kept or refused, and one line of counts. `all` lists every file.
pub fn summary(outcome: &Outcome, all: bool, paint: Paint) -> String {
    let mut text = String::new();
    let mut counts = Vec::new();
    for (kind, done, to_do) in KINDS {
        let word = if outcome.mode == Mode::Update {
            done
        } else {
            to_do
        };
        let of_kind: Vec<&Action> = outcome
            .actions
            .iter()
            .filter(|it| it.kind == kind)
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        counts.push(format!("{} {done}", of_kind.len()));
        if kind == ActionKind::Unchanged && !all {
            continue;
        }
        list(&mut text, word, &of_kind, all, paint);
    }
    let would = match outcome.mode {
        Mode::DryRun => "would be: ",
        Mode::Update | Mode::CheckOnly => "",
    };
    let counts = if counts.is_empty() {
        "nothing to do".to_owned()
    } else {
        counts.join(", ")
    };
    let _ = writeln!(text, "{}", paint.bold(format!("{would}{counts}")));
    text
}

fn list(text: &mut String, word: &str, actions: &[&Action], all: bool, paint: Paint) {
    let paths: Vec<String> = if all || actions.len() <= LISTED {
        actions.iter().map(|it| it.path.to_string()).collect()
    } else {
        folders(actions)
    };
    for path in paths {
        let word = format!("{word:<10}");
        let word = match actions.first().map(|it| it.kind) {
            Some(ActionKind::Refuse | ActionKind::Conflict) => paint.red(word),
            Some(ActionKind::Keep | ActionKind::KeepOrphan) => paint.cyan(word),
            Some(ActionKind::Unchanged) => word,
            _ => paint.green(word),
        };
        let _ = writeln!(text, "{word} {path}");
    }
}

/// The folders that hold the files, each feature with its own, and how many files that are.
fn folders(actions: &[&Action]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for action in actions {
        let path = action.path.as_str();
        let feature = action
            .feature
            .as_ref()
            .map(|feature| format!("src/features/{feature}/"))
            .filter(|folder| path.starts_with(folder));
        let folder = feature.unwrap_or_else(|| match path.split_once('/') {
            Some((first, _)) => format!("{first}/"),
            None => "./".to_owned(),
        });
        *counts.entry(folder).or_default() += 1;
    }
    let line = |(folder, count): (String, usize)| {
        let files = if count == 1 { "file" } else { "files" };
        format!("{folder} ({count} {files})")
    };
    counts.into_iter().map(line).collect()
}
