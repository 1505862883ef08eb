//! Specs that were good before something was put in the place of something else.

use backgen::diagnostic::{Diagnostic, Renderer, Sink};
use backgen::parse::parse;
use backgen::source::SourceMap;
use proptest::prelude::*;

use super::findings;

/// The language as written by people who mean well; mutations of it reach deeper than random bytes.
const SEEDS: [&str; 2] = [
    include_str!("../cases/parse/bookshop/specs/catalog.yaml"),
    include_str!("../cases/parse/bookshop/specs/catalog_toml.toml"),
];

/// What is put in the place of something else.
const PIECES: [&str; 36] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ": ",
    ":",
    "= ",
    "\n",
    "\n  ",
    "\t",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!t ",
    "<<: *a",
    "# ",
    "\"",
    "'",
    "|\n",
    "é",
    "😀",
    "\u{202e}",
    "\u{0}",
    "decimal(10,2)",
    "date?",
    "null",
    "true",
    "1e400",
    "0x1F",
    "---\n",
    "\r",
    "[[a]]\n",
    "\\",
    "%YAML 9\n",
];

fn mutate(seed: &str, edits: &[(u16, u8, u8)]) -> String {
    let mut text = seed.to_owned();
    for (at, cut, piece) in edits {
        let start = text.floor_char_boundary(usize::from(*at) % (text.len() + 1));
        let end = text
            .floor_char_boundary((start + usize::from(*cut % 12)).min(text.len()))
            .max(start);
        text.replace_range(start..end, PIECES[usize::from(*piece) % PIECES.len()]);
    }
    text
}

fn assert_sound(path: &str, text: &str) {
    let (diagnostics, sources) = findings(path, text);
    let file = sources.features[0].file;
    let on_boundary = |at: u32| text.is_char_boundary(at as usize);
    for span in diagnostics
        .iter()
        .flat_map(Diagnostic::spans)
        .filter(|span| span.file == file)
    {
        assert!(
            span.start <= span.end && on_boundary(span.start) && on_boundary(span.end),
            "{span:?}"
        );
    }
    let mut map = SourceMap::default();
    let file = map.add(path, text);
    parse(&map, file, &mut Sink::default()).visit_spans(&mut |span| {
        assert!(
            span.start <= span.end && on_boundary(span.start) && on_boundary(span.end),
            "{span:?}"
        );
    });
    Renderer::new(false).report(&diagnostics, &sources.map);
    diagnostics
        .iter()
        .for_each(|diagnostic| drop(diagnostic.to_json(&sources.map)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_breaks_the_front_end(
        seed in 0..SEEDS.len(),
        edits in prop::collection::vec(any::<(u16, u8, u8)>(), 1..8),
    ) {
        let text = mutate(SEEDS[seed], &edits);
        assert_sound(if seed == 0 { "specs/a.yaml" } else { "specs/a.toml" }, &text);
    }

    #[test]
    fn no_text_breaks_the_front_end(text in "(?s).{0,60}") {
        assert_sound("specs/a.yaml", &text);
        assert_sound("specs/a.toml", &text);
    }
}
