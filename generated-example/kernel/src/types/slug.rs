//! Readable names for URLs.

use std::fmt::Display;

/// The longest that a title makes a slug, in bytes; the suffix of a clash comes on top.
const LONGEST: usize = 80;

/// Slugs to try for a text, in order: the bare one, one with the last six characters of `unique`, and one with all of
/// it, which nothing else can have taken.
pub fn candidates(text: &str, unique: impl Display) -> impl Iterator<Item = String> {
    let base = slugify(text);
    let unique = unique.to_string();
    (0..3).filter_map(move |attempt| {
        let suffix = match attempt {
            0 => "",
            1 => &unique[unique.len().saturating_sub(6)..],
            _ => &unique,
        };
        match (base.as_str(), suffix) {
            ("", "") => None,
            ("", suffix) => Some(suffix.to_owned()),
            (base, "") => Some(base.to_owned()),
            (base, suffix) => Some(format!("{base}-{suffix}")),
        }
    })
}

/// Lower-case ASCII words joined by hyphens. Latin letters lose their marks; what is not Latin is dropped, so that the
/// result may be empty.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(LONGEST));
    let mut gap = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        // A mark of its own, or an apostrophe, belongs to its word.
        if matches!(letter, '\u{300}'..='\u{36f}' | '\'' | '\u{2019}') {
            continue;
        }
        let ascii = if letter.is_ascii_alphanumeric() {
            None
        } else {
            Some(unmarked(letter))
        };
        if ascii == Some("") {
            gap = true;
            continue;
        }
        let hyphen = gap && !slug.is_empty();
        if slug.len() + usize::from(hyphen) + ascii.map_or(1, str::len) > LONGEST {
            break;
        }
        if hyphen {
            slug.push('-');
        }
        gap = false;
        match ascii {
            Some(letters) => slug.push_str(letters),
            None => slug.push(letter),
        }
    }
    slug
}

/// The ASCII letters nearest to a lower-case Latin one (Latin-1 Supplement, Latin Extended-A and a few more); empty
/// for all else.
fn unmarked(letter: char) -> &'static str {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ǔ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}
