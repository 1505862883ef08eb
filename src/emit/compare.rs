//! What stands at a path, in the words of the decision table.
//!
//! Enters: the bytes on disk and the record's entry. Leaves: `Found`.

use super::decide::Found;
use super::disk::Entity;
use super::record::Entry;
use super::{normal, prepare};
use crate::plan::RelPath;

/// Compares the disk with the record.
pub(super) fn found(path: &RelPath, entry: Option<&Entry>, disk: &Entity) -> Found {
    let bytes = match (disk, entry) {
        (Entity::Absent, None) => return Found::Absent,
        (Entity::Absent, Some(_)) => return Found::Deleted,
        (Entity::Foreign, _) => return Found::Foreign,
        (Entity::File { .. }, None) => return Found::Unrecorded,
        (Entity::File { bytes }, Some(_)) => bytes,
    };
    let entry = entry.expect("BUG: the case without an entry returned");
    if normal::digest(bytes) == entry.bytes {
        return Found::Pristine;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Found::Edited;
    };
    if prepare::hash(entry.owner, &path.extension(), text) == entry.hash {
        Found::Reformatted
    } else if marked(text) {
        Found::Marked
    } else {
        Found::Edited
    }
}

/// The three markers that git leaves, in order.
fn marked(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| line.starts_with("<<<<<<< "))
        && lines.any(|line| line == "=======")
        && lines.any(|line| line.starts_with(">>>>>>> "))
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn only_the_three_markers_in_order_are_a_conflict_of_git() {
        assert!(marked("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n"));
        for text in [
            "Title\n=======\n",
            "<<<<<<< HEAD\nb\n",
            ">>>>>>> x\n=======\n<<<<<<< HEAD\n",
            "<< a\n=======\n>> b\n",
        ] {
            assert!(!marked(text), "{text}");
        }
    }
}
