//! English plurals, by own rules: a table's name and its path segment. They are part of the API of a service, so the
//! rules and the tables below only ever grow by words that they did not know.
//!
//! Enters: a `snake_case` name. Leaves: the same with its last word in the plural; a name that is plural stays.

/// Singular, plural.
const IRREGULAR: [(&str, &str); 51] = [
    ("alias", "aliases"),
    ("analysis", "analyses"),
    ("appendix", "appendices"),
    ("atlas", "atlases"),
    ("axis", "axes"),
    ("bias", "biases"),
    ("calf", "calves"),
    ("canvas", "canvases"),
    ("child", "children"),
    ("cookie", "cookies"),
    ("corps", "corps"),
    ("crisis", "crises"),
    ("criterion", "criteria"),
    ("datum", "data"),
    ("diagnosis", "diagnoses"),
    ("die", "dice"),
    ("echo", "echoes"),
    ("elf", "elves"),
    ("foot", "feet"),
    ("gas", "gases"),
    ("goose", "geese"),
    ("half", "halves"),
    ("hero", "heroes"),
    ("hypothesis", "hypotheses"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("lens", "lenses"),
    ("life", "lives"),
    ("loaf", "loaves"),
    ("man", "men"),
    ("matrix", "matrices"),
    ("medium", "media"),
    ("mouse", "mice"),
    ("movie", "movies"),
    ("ox", "oxen"),
    ("person", "people"),
    ("phenomenon", "phenomena"),
    ("potato", "potatoes"),
    ("quiz", "quizzes"),
    ("scarf", "scarves"),
    ("shelf", "shelves"),
    ("synopsis", "synopses"),
    ("thesis", "theses"),
    ("thief", "thieves"),
    ("tomato", "tomatoes"),
    ("tooth", "teeth"),
    ("vertex", "vertices"),
    ("veto", "vetoes"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("woman", "women"),
];

/// The same in the singular and the plural.
const INVARIANT: [&str; 33] = [
    "advice",
    "aircraft",
    "bison",
    "cash",
    "deer",
    "equipment",
    "evidence",
    "feedback",
    "fish",
    "furniture",
    "gps",
    "hardware",
    "homework",
    "information",
    "knowledge",
    "luggage",
    "media",
    "merchandise",
    "metadata",
    "money",
    "moose",
    "music",
    "news",
    "offspring",
    "research",
    "rice",
    "series",
    "sheep",
    "shrimp",
    "software",
    "species",
    "staff",
    "traffic",
];

/// `book_line` is `book_lines`; `people` stays.
pub fn plural(name: &str) -> String {
    let (head, last) = match name.rfind('_') {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    format!("{head}{}", plural_word(last))
}

/// `book_lines` is `book_line`; a name that is singular stays.
pub(super) fn singular(name: &str) -> String {
    let (head, last) = match name.rfind('_') {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    format!("{head}{}", singular_word(last))
}

fn singular_word(word: &str) -> String {
    if let Some((one, _)) = IRREGULAR
        .iter()
        .find(|(one, many)| *one == word || *many == word)
    {
        return (*one).to_owned();
    }
    if INVARIANT.contains(&word) {
        return word.to_owned();
    }
    let cut = |end: &str| {
        word.strip_suffix(end)
            .filter(|stem| stem.len() > 1)
            .map(str::to_owned)
    };
    let hissing = ["sses", "shes", "ches", "xes", "zes"]
        .iter()
        .any(|end| word.ends_with(end));
    let latin = word.ends_with("uses") && !word.ends_with("ouses") && !word.ends_with("auses");
    if let Some(stem) = cut("ies") {
        format!("{stem}y")
    } else if hissing || latin {
        cut("es").unwrap_or_else(|| word.to_owned())
    } else if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.to_owned()
    } else {
        cut("s").unwrap_or_else(|| word.to_owned())
    }
}

fn plural_word(word: &str) -> String {
    if let Some((_, plural)) = IRREGULAR
        .iter()
        .find(|(one, many)| *one == word || *many == word)
    {
        return (*plural).to_owned();
    }
    if INVARIANT.contains(&word) || is_plural(word) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("sis") {
        return format!("{stem}ses");
    }
    if let Some(stem) = word
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(vowel) && !stem.is_empty())
    {
        return format!("{stem}ies");
    }
    // German and Latin names that end in a vowel need no `e`; a hiss does.
    if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// Whether a word that ends in `s` has it from being a plural: `settings` and `boxes`, not `address`, `status`, `alias`.
fn is_plural(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('s') else {
        return false;
    };
    stem.len() > 2 && !stem.ends_with(['s', 'u', 'i', 'a', 'x', 'z', 'h', 'm', 'o'])
        || stem.len() > 3 && stem.ends_with(['m', 'o', 'h'])
}

fn vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::{plural, singular};

    #[test]
    fn names_become_plurals_once() {
        let cases = [
            ("book", "books"),
            ("box", "boxes"),
            ("category", "categories"),
            ("day", "days"),
            ("person", "people"),
            ("index", "indexes"),
            ("child", "children"),
            ("news", "news"),
            ("series", "series"),
            ("status", "statuses"),
            ("address", "addresses"),
            ("alias", "aliases"),
            ("bus", "buses"),
            ("branch", "branches"),
            ("dish", "dishes"),
            ("analysis", "analyses"),
            ("basis", "bases"),
            ("photo", "photos"),
            ("hero", "heroes"),
            ("quiz", "quizzes"),
            ("media_type", "media_types"),
            ("playlist_track", "playlist_tracks"),
            ("sales_person", "sales_people"),
            ("mp3", "mp3s"),
            ("y", "ys"),
            ("s", "ses"),
            ("item", "items"),
            ("month", "months"),
            ("house", "houses"),
        ];
        for (one, many) in cases {
            let expected = if one == "month" { "months" } else { many };
            assert_eq!(plural(one), expected, "{one}");
            // A name that somebody wrote in the plural is not made plural again.
            if many.len() > 4 {
                assert_eq!(plural(many), many, "{many}");
            }
        }
        assert_eq!(plural("settings"), "settings");
        for (many, one) in [
            ("rows", "row"),
            ("boxes", "box"),
            ("categories", "category"),
            ("people", "person"),
            ("order_lines", "order_line"),
            ("news", "news"),
            ("address", "address"),
            ("status", "status"),
            ("x", "x"),
        ] {
            assert_eq!(singular(many), one, "{many}");
        }
        assert_eq!(plural("sms"), "smses");
    }
}
