//! Conditions in pieces, for statements that are put together at run time.

use crate::expr::sql::{Bind, Sql};

/// A part of a condition: text, or a value to be bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Sql(String),
    Bound(Bind),
}

/// Neighbouring texts as one, and none that is empty.
pub fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Sql(text) if text.is_empty() => {}
            Piece::Sql(text) => append(&mut joined, &text),
            bound => joined.push(bound),
        }
    }
    joined
}

pub fn append(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Sql(last)) => last.push_str(text),
        _ => pieces.push(Piece::Sql(text.to_owned())),
    }
}

/// Cuts a text at its placeholders; what stands between quotes is none.
pub fn split(sql: &Sql, pieces: &mut Vec<Piece>) {
    let mut quote = None;
    let mut rest = sql.text.as_str();
    while let Some(letter) = rest.chars().next() {
        let digits = rest[1.min(rest.len())..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if letter == '$' && quote.is_none() && digits > 0 {
            let number: usize = rest[1..=digits].parse().expect("BUG: digits are a number");
            pieces.push(Piece::Bound(sql.binds[number - 1].clone()));
            rest = &rest[1 + digits..];
            continue;
        }
        match quote {
            Some(open) if open == letter => quote = None,
            None if letter == '\'' || letter == '"' => quote = Some(letter),
            _ => {}
        }
        append(pieces, &rest[..letter.len_utf8()]);
        rest = &rest[letter.len_utf8()..];
    }
}
