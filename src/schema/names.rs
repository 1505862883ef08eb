//! Names of constraints, indexes and join tables.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// PostgreSQL cuts longer names off, silently.
const MAX_BYTES: usize = 63;

/// Names given so far. Both databases keep the names of tables and indexes in one space.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Takes a name; one that is taken gets a number.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let mut name = shorten(wanted);
        let mut count = 2;
        while !self.taken.insert(name.clone()) {
            name = shorten(&format!("{wanted}_{count}"));
            count += 1;
        }
        name
    }
}

/// `books_author_id_fkey`: of a table, columns and a kind.
pub(super) fn joined<'a>(
    table: &'a str,
    columns: impl IntoIterator<Item = &'a str>,
    kind: &'a str,
) -> String {
    let mut parts = vec![table];
    parts.extend(columns);
    parts.push(kind);
    parts.join("_")
}

/// At most 63 bytes: the end of a longer name gives way to a hash of it.
pub(super) fn shorten(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.into();
    }
    let hash = Sha256::digest(name.as_bytes());
    let hash: String = hash
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut end = MAX_BYTES - hash.len() - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{hash}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_stay_apart() {
        let long = "x".repeat(70);
        let one = shorten(&format!("{long}_a_idx"));
        let two = shorten(&format!("{long}_b_idx"));
        assert_eq!((one.len(), two.len()), (63, 63));
        assert_ne!(one, two);
        assert_eq!(shorten("books_isbn_key"), "books_isbn_key");
    }

    #[test]
    fn a_taken_name_is_numbered() {
        let mut names = Names::default();
        assert_eq!(names.claim("a_b_c_idx"), "a_b_c_idx");
        assert_eq!(names.claim("a_b_c_idx"), "a_b_c_idx_2");
    }
}
