//! Names of the spec as Rust writes them.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// Keywords of Rust 2024, strict and reserved.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that `r#` cannot save.
const NEVER_RAW: &[&str] = &["self", "super", "crate", "Self", "_"];

/// A field, a function or a module.
pub fn ident(name: &str) -> String {
    let snake = name.to_snake_case();
    if NEVER_RAW.contains(&snake.as_str()) {
        format!("{snake}_")
    } else if KEYWORDS.contains(&snake.as_str()) {
        format!("r#{snake}")
    } else {
        snake
    }
}

/// A local variable, which may also get a prefix.
pub fn variable(name: &str) -> String {
    let ident = ident(name);
    if ident.starts_with("r#") || ident.ends_with('_') {
        format!("{name}_row")
    } else {
        ident
    }
}

/// A type or a variant.
pub fn pascal(name: &str) -> String {
    let pascal = name.to_pascal_case();
    match pascal.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("N{pascal}"),
        _ if pascal == "Self" => "Self_".into(),
        _ => pascal,
    }
}

/// A constant.
pub fn shouty(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// `a book`, `an author`.
pub fn with_article(noun: &str) -> String {
    let article = match noun.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'A' | 'E' | 'I' | 'O') => "an",
        _ => "a",
    };
    format!("{article} {noun}")
}
