//! Expressions that mean nothing, or too much.

use super::print::SPEC;
use super::support::World;

/// What is refused, by the start of its message.
const REFUSED: &[(&str, &str)] = &[
    ("price = 0", "the expression cannot be read: a single `=`"),
    (
        "price > ",
        "the expression cannot be read: the expression ends too early",
    ),
    (
        "price > 0 and late",
        "the expression cannot be read: there is no `and`",
    ),
    (
        "not late",
        "the expression cannot be read: there is no `not`",
    ),
    (
        "1 < stock < 3",
        "the expression cannot be read: a comparison",
    ),
    (
        "stock / 2 > 1",
        "the expression cannot be read: there is no `/`",
    ),
    (
        "title == \"x",
        "the expression cannot be read: a text has no end",
    ),
    (
        "title == 'a\\n'",
        "the expression cannot be read: a backslash",
    ),
    (
        "stock > 1e5",
        "the expression cannot be read: this is neither",
    ),
    (
        "stock > 1.",
        "the expression cannot be read: a number does not end",
    ),
    ("“x”", "the expression cannot be read: typographic"),
    (
        "(stock > 1",
        "the expression cannot be read: `)` is missing",
    ),
    (
        "stock > 1)",
        "the expression cannot be read: the expression has ended",
    ),
    (
        "title.size() > 1",
        "the expression cannot be read: values have no methods",
    ),
    ("fromat == 'ebook'", "`Book` has no field"),
    ("format == 'ebok'", "`ebok` is not a value"),
    ("format < 'ebook'", "a value of `BookFormat` has no order"),
    ("title == 5", "a text is not compared with"),
    ("day == 'tomorrow'", "`tomorrow` stands where"),
    ("stock == null", "this is never null"),
    ("order < null", "nothing is less"),
    ("order in [null]", "`null` is only asked for"),
    ("stock in []", "nothing is in"),
    ("stock in [order]", "a list in an expression"),
    ("stock && late", "`&&`, `||` and `!` join"),
    ("title + 1 > 2", "`+`, `-` and `*` are for numbers"),
    ("stock * stock > 0", "the result of this may not fit"),
    (
        "sum(chapters, words) * 2000 > 0",
        "the result of this may not fit",
    ),
    ("chapters", "`chapters` is a relation"),
    ("count(chapter) > 1", "`Book` has no relation"),
    ("length(title) > 1", "there is no function"),
    ("sum(chapters) > 1", "`sum` is not called like this"),
    ("sum(chapters, book) > 1", "a sum is taken"),
    ("'root' in actor.roles", "there is no role"),
    ("title in actor.roles", "a role is written out"),
    ("actor.name == title", "`actor` has no"),
    (
        "author == actor.id",
        "the id of a row of `Author` is not compared",
    ),
    ("input.x > 1", "the input has no field"),
    ("price > 1234567890123456789.5", "a number has at most"),
];

#[test]
fn what_cannot_be_meant_is_refused() {
    let world = World::new(SPEC);
    for (text, start) in REFUSED {
        let found = world.check("Book", text).expect_err(text);
        let messages: Vec<&str> = found.iter().map(|it| it.message()).collect();
        assert!(
            messages.len() == 1 && messages[0].starts_with(start),
            "{text}: {messages:?}"
        );
    }
    let found = world.check("Book", "stok > 1 && title == 1 || format == 'e'");
    assert_eq!(found.unwrap_err().len(), 3, "all faults at once");
}

#[test]
fn hostile_texts_are_refused() {
    let world = World::new(SPEC);
    for text in [
        "(".repeat(4_000),
        "!".repeat(4_000) + "late",
        "-".repeat(4_000) + "1 > 1",
        "exists(tags, ".repeat(300),
        "[".repeat(4_000),
        "late && ".repeat(400) + "late",
        "x".repeat(1 << 20),
        "\"".to_owned() + &"\u{1F600}".repeat(900),
        "é".repeat(300) + " == 1",
        "a.b.".repeat(900),
    ] {
        assert!(!world.check("Book", &text).expect_err("refused").is_empty());
    }
}
