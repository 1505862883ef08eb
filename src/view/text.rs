//! Text of a spec inside Rust: literals and comments that no description can break out of.

use proc_macro2::Literal;

/// A string literal.
pub fn string(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A whole number, in groups of three from five digits on.
pub fn number(value: u32) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let first = digits.len() % 3;
    let groups = digits.as_bytes()[first..]
        .chunks(3)
        .map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (first > 0).then(|| digits[..first].to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join("_")
}

/// A multi-line string literal for SQL: each line on a line of its own, without the margin.
pub fn lines(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"\\\n{escaped}\"")
}

/// Doc comment lines of the given kind (`///` or `//!`) without a last line break, or nothing for an empty text.
pub fn doc(kind: &str, text: &str) -> String {
    let mut printed = String::new();
    for paragraph in text.lines() {
        for line in wrap(&inert(paragraph), 100) {
            if !printed.is_empty() {
                printed.push('\n');
            }
            printed.push_str(format!("{kind} {line}").trim_end());
        }
    }
    printed
}

/// Makes Markdown that only ever prints as it was written: no code block (rustdoc would run it), no link, no tag.
pub fn inert(text: &str) -> String {
    let mut safe = String::new();
    for character in text.trim().chars() {
        match character {
            '\\' | '`' | '[' | ']' | '<' | '>' | '*' | '_' | '~' | '|' | '&' => {
                // A lone `_` inside a word is plain text already.
                if character != '_' || !safe.ends_with(char::is_alphanumeric) {
                    safe.push('\\');
                }
                safe.push(character);
            }
            hidden if hidden.is_control() || is_bidi(hidden) => {}
            plain => safe.push(plain),
        }
    }
    safe.replace("://", ":\\//")
}

/// Characters that reorder the text around them ("Trojan Source", CVE-2021-42574).
fn is_bidi(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("BUG: starts with one line");
        if !last.is_empty() && last.chars().count() + word.chars().count() >= width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(
            [number(4000), number(65_536), number(100_000)],
            ["4000", "65_536", "100_000"]
        );
    }

    #[test]
    fn descriptions_are_inert() {
        assert_eq!(
            doc("///", "```\nfn main() {}\n```"),
            "/// \\`\\`\\`\n/// fn main() {}\n/// \\`\\`\\`"
        );
        assert_eq!(inert("    let x = 1;"), "let x = 1;");
        assert_eq!(
            inert("see [Foo] at https://a.example/<b>"),
            "see \\[Foo\\] at https:\\//a.example/\\<b\\>"
        );
        assert_eq!(inert("snake_case and \u{202e}back"), "snake_case and back");
    }
}
