//! Texts that match a pattern.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

/// Enough for sixteen writers that must differ, and what they stand beside.
const MOST: usize = 24;
/// How much longer than necessary a text is made, to have more of them or to reach the least length.
const LONGEST: u32 = 300;

/// A part of a text: one character of these.
type Slot = Vec<char>;

/// Different texts that match, of a length within these bounds, in rising order; none where none is found.
///
/// Every `*`, `+` and `?` is tried with its fewest and with more repetitions, every `|` with each of its sides in turn;
/// then characters are counted up from the right, like digits.
pub fn samples(pattern: &str, min: u32, max: u32) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(pattern) else {
        return Vec::new();
    };
    let mut found: Vec<String> = Vec::new();
    let longer = [0, 1, 2, 3, 4, 6, min, LONGEST.min(max)];
    for extra in longer {
        for side in 0..4 {
            let mut slots = Vec::new();
            if write(&hir, extra, side, &mut slots).is_none() {
                continue;
            }
            let length = u32::try_from(slots.len()).unwrap_or(u32::MAX);
            if (min..=max).contains(&length) {
                count_up(&slots, &mut found);
            }
            if found.len() >= MOST {
                found.sort();
                return found;
            }
        }
    }
    found.sort();
    found
}

fn count_up(slots: &[Slot], found: &mut Vec<String>) {
    for n in 0..MOST {
        let mut rest = n;
        let mut text: Vec<char> = Vec::new();
        for slot in slots.iter().rev() {
            text.push(slot[rest % slot.len()]);
            rest /= slot.len();
        }
        let text: String = text.into_iter().rev().collect();
        if rest > 0 || found.len() >= MOST {
            return;
        }
        if !found.contains(&text) {
            found.push(text);
        }
    }
}

fn write(hir: &Hir, extra: u32, side: usize, slots: &mut Vec<Slot>) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            slots.extend(text.chars().map(|letter| vec![letter]));
        }
        HirKind::Class(Class::Unicode(class)) => slots.push(letters(class)?),
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(it) => {
            let most = it.max.unwrap_or(u32::MAX);
            for _ in 0..it.min.saturating_add(extra).min(most) {
                write(&it.sub, extra, side, slots)?;
            }
        }
        HirKind::Capture(it) => write(&it.sub, extra, side, slots)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, extra, side, slots)?;
            }
        }
        HirKind::Alternation(sides) => write(&sides[side % sides.len()], extra, side, slots)?,
    }
    (slots.len() <= 10_000).then_some(())
}

/// Characters that read well, where the class has some, in rising order.
fn letters(class: &ClassUnicode) -> Option<Slot> {
    let has = |letter: char| {
        class
            .iter()
            .any(|it| it.start() <= letter && letter <= it.end())
    };
    let plain = ('0'..='9').chain('A'..='Z').chain('a'..='z');
    let plain: Slot = plain.filter(|letter| has(*letter)).collect();
    if !plain.is_empty() {
        return Some(plain);
    }
    let first = class.iter().map(|range| range.start());
    let first: Slot = first
        .filter(|letter| !letter.is_control())
        .take(4)
        .collect();
    (!first.is_empty()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_differ_and_rise() {
        let isbn = samples("^97[89][0-9]{10}$", 0, 255);
        assert_eq!((isbn.len(), isbn[0].as_str()), (MOST, "9780000000000"));
        assert!(isbn.is_sorted());
        assert_eq!(samples("^(a|b)$", 0, 9), ["a", "b"]);
        assert_eq!(samples("^[a-z]{2,6}$", 4, 4)[0], "aaaa");
        assert_eq!(samples("^x*$", 8, 8), ["xxxxxxxx"]);
        assert_eq!(samples("^a+$", 0, 3), ["a", "aa", "aaa"]);
        assert_eq!(samples("^abc$", 5, 9), Vec::<String>::new());
    }
}
