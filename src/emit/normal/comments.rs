//! The comments of Rust text that are not documentation (the syntax tree holds that).
//!
//! Enters: text that parses. Leaves: the comments in order, white space collapsed. An own scanner, since token spans of
//! proc-macro2 are kept for the life of the thread.

/// Lists the comments of `text`.
pub(super) fn comments(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut word_before = false;
    while let Some(c) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            keep(&rest[..end], &mut found);
            end
        } else if rest.starts_with("/*") {
            let end = block_end(rest);
            keep(&rest[..end], &mut found);
            end
        } else if c == '"' {
            string_end(rest)
        } else if c == '\'' {
            char_end(rest)
        } else if !word_before
            && matches!(c, 'r' | 'b' | 'c')
            && let Some(end) = raw_string_end(rest)
        {
            end
        } else {
            c.len_utf8()
        };
        word_before = c.is_alphanumeric() || c == '_';
        rest = &rest[taken..];
    }
    found
}

fn keep(comment: &str, found: &mut Vec<String>) {
    let documentation = comment.starts_with("//!")
        || comment.starts_with("/*!")
        || (comment.starts_with("///") && !comment.starts_with("////"))
        || (comment.starts_with("/**") && !comment.starts_with("/***") && comment != "/**/");
    if !documentation {
        found.push(comment.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

/// Bytes of the block comment that `rest` starts with; they nest.
fn block_end(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// Bytes of the string with escapes that `rest` starts with.
fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Bytes of the character or lifetime that `rest` starts with.
fn char_end(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            chars.next();
            rest[3..].find('\'').map_or(rest.len(), |at| 3 + at + 1)
        }
        Some((at, c)) if rest[at + c.len_utf8()..].starts_with('\'') => at + c.len_utf8() + 1,
        _ => 1,
    }
}

/// Bytes of the raw string (`r"…"`, `br#"…"#`, `cr"…"`) that `rest` starts with, if it does.
fn raw_string_end(rest: &str) -> Option<usize> {
    let prefix = ["r", "br", "cr"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix)
            .is_some_and(|after| after.trim_start_matches('#').starts_with('"'))
    })?;
    let after = &rest[prefix.len()..];
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = prefix.len() + hashes + 1;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(
        rest[body..]
            .find(&close)
            .map_or(rest.len(), |at| body + at + close.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[test]
    fn comments_are_told_from_strings_and_documentation() {
        let text = r####"
            //! doc
            /// doc
            //// four   slashes
            /** doc */ /*** three */ /**/ /* a /* nested */ b */
            let a = "// no \" // no"; // one
            let b = r#"// no " // no"#; let c = '"'; // two
            let d: &'a str = '\''; let e = b'\\'; let f = '/'; // three
            let g = br"\"; let hr = 1; // four
            let é = 'é'; // fünf
        "####;
        assert_eq!(
            comments(text),
            [
                "//// four slashes",
                "/*** three */",
                "/**/",
                "/* a /* nested */ b */",
                "// one",
                "// two",
                "// three",
                "// four",
                "// fünf"
            ]
        );
    }
}
