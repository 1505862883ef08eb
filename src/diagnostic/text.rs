//! Words from specs inside messages: made harmless, and compared.

use std::fmt::Write as _;

/// The most characters of a word that a message repeats.
const SHOWN: usize = 60;
/// Words longer than this get no suggestion: nobody mistypes them, and the comparison is quadratic.
const COMPARED: usize = 64;

/// A word from a spec as a message may repeat it: no control or direction-changing characters, not too long.
pub fn show(word: &str) -> String {
    let mut shown = String::with_capacity(word.len().min(4 * SHOWN));
    for (count, character) in word.chars().enumerate() {
        if count == SHOWN {
            shown.push('…');
            break;
        }
        if character.is_control() || reorders(character) {
            let _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Unicode's bidirectional controls and invisible separators, which make a line read other than it is.
fn reorders(character: char) -> bool {
    matches!(character,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The candidate that was most likely meant: within one edit plus one for each four characters.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = word.chars().count();
    if length == 0 || length > COMPARED {
        return None;
    }
    let limit = 1 + length / 4;
    let folded = word.to_lowercase();
    let near = candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit);
    // A slip of the shift key costs least, so that `book` finds `Book` before `Look`.
    let near = near.map(|candidate| {
        let edits = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
        (
            edits,
            candidate
                .chars()
                .zip(word.chars())
                .filter(|(a, b)| a != b)
                .count(),
            candidate,
        )
    });
    near.filter(|(edits, ..)| *edits <= limit && *edits < length)
        .min()
        .map(|(.., candidate)| candidate)
}

/// `a, b or c`, each in backticks.
pub(super) fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
