//! Regular expressions of the spec (Rust's syntax) as JSON Schema's (JavaScript's).

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// What only Rust reads, or reads otherwise.
const FOREIGN: &[&str] = &[
    "\\A", "\\z", "\\x{", "\\p", "\\P", "\\<", "\\>", "\\a", "[:", "&&", "--", "~~",
];

/// Any text but one with a NUL, which PostgreSQL does not store.
pub const STORABLE: &str = r"^[^\x00]*$";

/// Whether a text that matches can hold a NUL. An unanchored pattern says nothing of the rest of the text.
pub fn allows_nul(pattern: &str) -> bool {
    let Ok(hir) = regex_syntax::parse(pattern) else {
        return true;
    };
    let looks = hir.properties();
    let is_anchored = looks.look_set_prefix().contains(Look::Start)
        && looks.look_set_suffix().contains(Look::End);
    !is_anchored || has_nul(&hir)
}

fn has_nul(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => literal.0.contains(&0),
        HirKind::Class(Class::Unicode(class)) => class.iter().any(|range| range.start() == '\0'),
        HirKind::Class(Class::Bytes(class)) => class.iter().any(|range| range.start() == 0),
        HirKind::Repetition(it) => has_nul(&it.sub),
        HirKind::Capture(it) => has_nul(&it.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_nul),
    }
}

/// The pattern, where both syntaxes read it alike. Both find it anywhere in a text unless it is anchored.
pub fn for_javascript(pattern: &str) -> Option<&str> {
    let mut groups = pattern.match_indices("(?");
    let is_plain = groups.all(|(at, _)| pattern[at..].starts_with("(?:"));
    let is_foreign = FOREIGN.iter().any(|it| pattern.contains(it));
    (is_plain && !is_foreign).then_some(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_javascript_lacks_are_left_out() {
        let isbn = "^97[89][0-9]{10}$";
        assert_eq!(for_javascript(isbn), Some(isbn));
        assert_eq!(for_javascript("^(?:a|b)"), Some("^(?:a|b)"));
        assert_eq!(for_javascript("(?i)a"), None);
        assert_eq!(for_javascript(r"\p{L}+"), None);
    }

    #[test]
    fn patterns_that_let_a_nul_pass_are_known() {
        assert!(allows_nul("a") && allows_nul("^a") && allows_nul("^.*$") && allows_nul("^[^,]+$"));
        assert!(allows_nul("^a|b$") && allows_nul(r"^\x00$"));
        assert!(!allows_nul("^97[89][0-9]{10}$") && !allows_nul("^(a|[b-z])+$"));
    }
}
