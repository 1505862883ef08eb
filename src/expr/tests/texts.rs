//! Random texts of expressions over the spec of `rows`.

use super::random::Random;
use super::rows::{DATES, DURATIONS, FLOATS, INTS, MOMENTS, TEXTS, TIMES, UUIDS, WORDS};

pub struct Texts {
    random: Random,
    /// In the condition of `exists`, the names of the other row.
    inside: bool,
}

const ORDERED: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

impl Texts {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            inside: false,
        }
    }

    pub fn condition(&mut self, depth: usize) -> String {
        let choices = if depth == 0 { 9 } else { 15 };
        match self.random.below(choices) {
            0 | 1 => self.numbers(depth),
            2 => self.texts(),
            3 => self.moments(),
            4 => self.nulls(),
            5 => self.words(),
            6 => self.floats(),
            7 => self.lists(),
            8 => self.ids(),
            9 | 10 => self.joined("&&", depth - 1),
            11 | 12 => self.joined("||", depth - 1),
            13 => format!("!({})", self.condition(depth - 1)),
            _ => self.others(depth - 1),
        }
    }

    fn of(&mut self, items: &[&str]) -> String {
        (self.random.of(items)).to_owned()
    }

    fn joined(&mut self, sign: &str, depth: usize) -> String {
        let count = 2 + self.random.below(2);
        let parts: Vec<String> = (0..count)
            .map(|_| format!("({})", self.condition(depth)))
            .collect();
        parts.join(&format!(" {sign} "))
    }

    fn numbers(&mut self, depth: usize) -> String {
        let (left, sign, right) = (
            self.number(depth.min(2)),
            self.of(&ORDERED),
            self.number(depth.min(2)),
        );
        format!("{left} {sign} {right}")
    }

    fn number(&mut self, depth: usize) -> String {
        if depth > 0 && self.random.one_in(3) {
            let (left, sign, right) = (
                self.number(depth - 1),
                self.of(&["+", "-", "*"]),
                self.number(depth - 1),
            );
            return format!("({left} {sign} {right})");
        }
        if self.random.one_in(4) {
            let number = if self.random.one_in(2) {
                (self.random.of(&INTS)).to_string()
            } else {
                self.of(&["0.5", "1.25", "10.50", "0.005", "99999999.99", "0.0001"])
            };
            return number;
        }
        if self.inside {
            return self.of(&["pages", "cost"]);
        }
        self.of(&[
            "nr",
            "stock",
            "least",
            "huge",
            "price",
            "price",
            "rate",
            "rate",
            "total",
            "-stock",
            "count(chapters)",
            "count(tags)",
            "sum(chapters, pages)",
            "sum(chapters, cost)",
            "sum(chapters, pages * cost)",
            "sum(children, huge)",
            "sum(children, total)",
            "sum(children, stock - nr)",
            "count(chapters, cost > 1)",
            "count(children, exists(tags))",
            "parent.stock",
        ])
    }

    fn texts(&mut self) -> String {
        let sign = self.of(&ORDERED);
        let left = self.name("title", &["title", "blurb", "parent.title", "parent.blurb"]);
        let right = if self.random.one_in(3) {
            self.name("title", &["title", "blurb"])
        } else {
            quoted(self.random.of(&TEXTS))
        };
        format!("{left} {sign} {right}")
    }

    fn name(&mut self, inside: &str, outside: &[&str]) -> String {
        if self.inside {
            inside.to_owned()
        } else {
            self.of(outside)
        }
    }

    fn moments(&mut self) -> String {
        if self.inside {
            return self.numbers(1);
        }
        let sign = self.of(&ORDERED);
        let (name, values) = self.random.of(&[
            ("day", &DATES[..]),
            ("at", &MOMENTS),
            ("clock", &TIMES),
            ("span", &DURATIONS),
        ]);
        format!("{name} {sign} \"{}\"", self.of(values))
    }

    fn nulls(&mut self) -> String {
        let sign = self.of(&["==", "!="]);
        let name = self.name(
            "cost",
            &[
                "blurb",
                "rate",
                "day",
                "parent",
                "mode",
                "maybe",
                "parent.title",
                "parent.rate",
                "size",
            ],
        );
        format!("{name} {sign} null")
    }

    fn words(&mut self) -> String {
        if self.inside {
            return self.texts();
        }
        match self.random.below(4) {
            0 => self.of(&["flag", "maybe", "!flag", "!maybe"]),
            1 => format!(
                "flag {} (stock > {})",
                self.of(&["==", "!="]),
                self.of(&["0", "1", "100"])
            ),
            2 => format!("format {} mode", self.of(&["==", "!="])),
            _ => format!(
                "{} {} \"{}\"",
                self.of(&["format", "mode"]),
                self.of(&["==", "!="]),
                self.of(&WORDS)
            ),
        }
    }

    fn floats(&mut self) -> String {
        if self.inside {
            return self.numbers(0);
        }
        let value = self.random.of(&FLOATS);
        format!("ratio {} {value}", self.of(&ORDERED))
    }

    fn lists(&mut self) -> String {
        match self.random.below(if self.inside { 2 } else { 4 }) {
            0 => {
                let name = self.name("pages", &["stock", "price", "rate", "count(tags)"]);
                format!(
                    "{name} in [{}, 0, {}, 10.5]",
                    self.random.of(&INTS),
                    self.random.of(&INTS)
                )
            }
            1 => {
                let name = self.name("title", &["title", "blurb"]);
                let (a, b) = (
                    quoted(self.random.of(&TEXTS)),
                    quoted(self.random.of(&TEXTS)),
                );
                format!("{name} in [{a}, {b}]")
            }
            2 => format!("mode in [\"{}\", \"{}\"]", self.of(&WORDS), self.of(&WORDS)),
            _ => format!("day in [\"{}\", \"{}\"]", self.of(&DATES), self.of(&DATES)),
        }
    }

    fn ids(&mut self) -> String {
        let (sign, id) = (self.of(&["==", "!="]), self.of(&UUIDS));
        let name = self.name("book", &["parent", "parent.parent", "token", "parent.id"]);
        format!("{name} {sign} \"{id}\"")
    }

    fn others(&mut self, depth: usize) -> String {
        if self.inside {
            return self.condition(depth.min(1));
        }
        if self.random.one_in(4) {
            return self.of(&[
                "exists(chapters)",
                "exists(tags)",
                "exists(tags, name == \"b\")",
                "exists(tags, name < \"b\")",
            ]);
        }
        self.inside = true;
        let condition = self.condition(depth.min(1));
        self.inside = false;
        format!("exists(chapters, {condition})")
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
