//! Texts that match a pattern.

use regex::Regex;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

use super::Text;

/// Enough for sixteen writers that must differ, and for two rows that each of them refers to.
const MOST: usize = 40;
/// How many repetitions more than necessary are tried first, then beside the least length, to have more texts or to reach
/// that length.
const LONGER: [u32; 6] = [0, 1, 2, 3, 4, 6];
const LONGEST: u32 = 300;
/// And then, where that was not enough.
const DENSER: std::ops::Range<u32> = 5..64;
const MOST_SIDES: usize = 16;
/// In characters.
const LONGEST_TEXT: u32 = 10_000;

/// A part of a text: one character of these.
type Slot = Vec<char>;

impl Text {
    /// Different texts that fit its pattern and its bounds, in rising order; none where it has no pattern, or where none
    /// is found.
    pub fn samples(&self) -> Vec<String> {
        let pattern = self.pattern.as_deref();
        pattern.map_or_else(Vec::new, |pattern| samples(pattern, self.min, self.max))
    }
}

/// Every `*`, `+` and `?` is tried with its fewest and with more repetitions, every `|` with each of its sides in turn;
/// then characters are counted up from the right, like digits.
fn samples(pattern: &str, min: u32, max: u32) -> Vec<String> {
    let (Ok(hir), Ok(regex)) = (regex_syntax::parse(pattern), Regex::new(pattern)) else {
        return Vec::new();
    };
    let mut found: Vec<String> = Vec::new();
    let sides = widest(&hir).min(MOST_SIDES);
    for extra in LONGER
        .into_iter()
        .chain([min, LONGEST.min(max)])
        .chain(DENSER)
    {
        for side in 0..sides {
            let mut slots = Vec::new();
            let room = max.min(LONGEST_TEXT) as usize;
            if write(&hir, (extra, side), room, &mut slots).is_some() && slots.len() >= min as usize
            {
                count_up(&slots, &regex, &mut found);
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

/// How many sides the widest `|` has.
fn widest(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) | HirKind::Class(_) => 1,
        HirKind::Repetition(it) => widest(&it.sub),
        HirKind::Capture(it) => widest(&it.sub),
        HirKind::Concat(parts) => parts.iter().map(widest).max().unwrap_or(1),
        HirKind::Alternation(sides) => sides.iter().map(widest).max().unwrap_or(1).max(sides.len()),
    }
}

fn count_up(slots: &[Slot], regex: &Regex, found: &mut Vec<String>) {
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
        // A boundary in the middle of a text is known to the expression alone.
        if !found.contains(&text) && !text.contains('\0') && regex.is_match(&text) {
            found.push(text);
        }
    }
}

/// One text's slots, at most `room` of them.
fn write(hir: &Hir, way: (u32, usize), room: usize, slots: &mut Vec<Slot>) -> Option<()> {
    let (extra, side) = way;
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
                write(&it.sub, way, room, slots)?;
            }
        }
        HirKind::Capture(it) => write(&it.sub, way, room, slots)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, way, room, slots)?;
            }
        }
        HirKind::Alternation(sides) => write(&sides[side % sides.len()], way, room, slots)?,
    }
    (slots.len() <= room).then_some(())
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
    let mut first: Slot = first.filter(|letter| *letter != '\0').collect();
    first.sort_by_key(|letter| letter.is_control());
    first.truncate(4);
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
        assert_eq!(samples("^[a-z]+@[a-z]+$", 21, 21).len(), MOST);
        assert_eq!(samples("^(a|b|c|d|eeeee)$", 5, 9), ["eeeee"]);
        assert_eq!(samples(r"^\t$", 0, 9), ["\t"]);
        for impossible in ["^abc$", r"aaaaa\baaaaa", r"^\x00{5}$"] {
            assert_eq!(samples(impossible, 5, 12), Vec::<String>::new());
        }
    }
}
