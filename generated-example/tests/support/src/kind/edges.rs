//! Values at, below and above every bound of a type, and values that are not of it.

use regex::Regex;
use serde_json::{Value, json};

use super::Kind;
use super::sample::units;

/// The largest body that is worth a request.
const LARGEST: usize = 400_000;

/// A value, and what is to become of it.
#[derive(Debug, Clone)]
pub struct Edge {
    pub value: Value,
    /// Where the fault lies within the value: empty, `.width_mm`, `[0]`.
    pub place: String,
    /// The code of the fault; `None` where the value is valid.
    pub fault: Option<&'static str>,
}

fn good(value: Value) -> Edge {
    Edge {
        value,
        place: String::new(),
        fault: None,
    }
}

fn bad(value: Value, fault: &'static str) -> Edge {
    Edge {
        fault: Some(fault),
        ..good(value)
    }
}

impl Kind {
    /// What a field of this kind takes and refuses; null is the field's own matter.
    #[must_use]
    pub fn edges(&self) -> Vec<Edge> {
        match *self {
            Self::Text { min, max, pattern } => {
                let mut edges = lengths(min, max, pattern.is_none());
                if let Some((regex, samples)) = pattern {
                    edges.extend(matches(regex, samples, min, max));
                }
                edges
            }
            Self::Email => vec![
                good(json!(format!("{}@example.org", "a".repeat(242)))),
                bad(
                    json!(format!("{}@example.org", "a".repeat(243))),
                    "too_long",
                ),
                bad(json!("nobody"), "email"),
                bad(json!("a@b@example.org"), "email"),
                bad(json!(7), "type"),
            ],
            Self::Url => vec![
                good(json!(format!("https://example.org/{}", "a".repeat(2_028)))),
                bad(
                    json!(format!("https://example.org/{}", "a".repeat(2_029))),
                    "too_long",
                ),
                bad(json!("example.org"), "url"),
                bad(json!("ftp://example.org/"), "url"),
                bad(json!(7), "type"),
            ],
            Self::Slug => vec![
                good(json!("a".repeat(255))),
                bad(json!("a".repeat(256)), "too_long"),
                bad(json!("Not A Slug"), "slug"),
                bad(json!("a--b"), "slug"),
                bad(json!(""), "slug"),
                bad(json!(7), "type"),
            ],
            Self::Int { min, max } => integers(min, max),
            Self::BigInt { min, max } => big_integers(min, max),
            Self::Float { min, max } => floats(min, max),
            Self::Decimal {
                precision,
                scale,
                min,
                max,
            } => decimals(precision, scale, min, max),
            Self::Bool => vec![
                good(json!(true)),
                good(json!(false)),
                bad(json!("true"), "type"),
                bad(json!(1), "type"),
            ],
            Self::Uuid => vec![bad(json!("nobody"), "type"), bad(json!(7), "type")],
            Self::Serial => vec![bad(json!("1"), "type"), bad(json!(1.5), "type")],
            Self::Date => types(
                &["0001-01-01", "9999-12-31"],
                &["2026-02-30", "2026-1-1", "today"],
            ),
            Self::Time => types(&["00:00:00", "23:59:59"], &["24:00:00", "8:00", "noon"]),
            Self::Timestamp => types(
                &["2026-01-01T00:00:00.000001Z"],
                &["2026-01-01", "2026-01-01T00:00:00", "10000-01-01T00:00:00Z"],
            ),
            Self::Duration => types(&["PT0S", "-PT1M"], &["P1Y", "PT", "1h"]),
            Self::Json => vec![
                good(json!([1, "two", { "three": null }])),
                good(json!("text")),
                bad(json!({ "key": "a\0b" }), "characters"),
            ],
            Self::Bytes { max } => blobs(max),
            Self::Choice(words) => {
                let mut edges: Vec<Edge> = words.iter().map(|word| good(json!(word))).collect();
                edges.push(bad(json!("no such word"), "not_in_enum"));
                edges.push(bad(json!(7), "type"));
                edges
            }
            Self::Object(_) => self.members(),
            Self::List { item, min, max } => items(item, min, max),
            Self::To(entity) => entity.id().edges(),
        }
    }

    /// Each field of an object, in an object that is valid otherwise.
    fn members(&self) -> Vec<Edge> {
        let Self::Object(fields) = *self else {
            return Vec::new();
        };
        let mut edges = vec![bad(json!(7), "type"), bad(json!([]), "type")];
        let mut stranger = self.sample(0);
        stranger["unexpected"] = json!(1);
        edges.push(Edge {
            place: ".unexpected".into(),
            ..bad(stranger, "unknown_key")
        });
        for field in fields {
            for edge in field.edges() {
                let mut value = self.sample(0);
                value[field.key] = edge.value;
                let place = format!(".{}{}", field.key, edge.place);
                edges.push(Edge {
                    value,
                    place,
                    fault: edge.fault,
                });
            }
            if field.is_required() {
                let mut value = self.sample(0);
                value
                    .as_object_mut()
                    .map(|members| members.remove(field.key));
                edges.push(Edge {
                    place: format!(".{}", field.key),
                    ..bad(value, "required")
                });
            }
        }
        edges
    }
}

fn lengths(min: usize, max: usize, free: bool) -> Vec<Edge> {
    // Two bytes, one character.
    let wide = |count: usize| json!("é".repeat(count));
    let mut edges = vec![bad(json!(7), "type"), bad(json!(["a"]), "type")];
    if free && max > 0 {
        edges.push(good(wide(max.min(LARGEST))));
        edges.push(bad(
            json!(format!("a\0{}", "b".repeat(max.min(9) - 1))),
            "characters",
        ));
    }
    if free {
        edges.push(good(wide(min)));
    }
    if min > 0 {
        edges.push(bad(wide(min - 1), "too_short"));
    }
    if max < LARGEST {
        edges.push(bad(wide(max + 1), "too_long"));
    }
    edges
}

/// Some samples, and what comes of them by small slips.
fn matches(regex: &str, samples: &[&str], min: usize, max: usize) -> Vec<Edge> {
    let regex = Regex::new(regex).expect("the pattern is one");
    let mut edges: Vec<Edge> = samples
        .iter()
        .take(3)
        .map(|text| good(json!(text)))
        .collect();
    let first = samples[0];
    let mut shorter = first.to_owned();
    shorter.pop();
    let slips = [
        shorter,
        format!("{first}!"),
        format!(" {first}"),
        format!("{first}\n"),
        "é".repeat(first.chars().count()),
        first.to_uppercase(),
        first.to_lowercase(),
    ];
    let slips = slips
        .into_iter()
        .filter(|text| (min..=max).contains(&text.chars().count()) && !regex.is_match(text));
    edges.extend(slips.map(|text| bad(json!(text), "pattern")));
    edges
}

fn integers(min: i64, max: i64) -> Vec<Edge> {
    vec![
        good(json!(min)),
        good(json!(max)),
        bad(json!(min - 1), "too_small"),
        bad(json!(max + 1), "too_large"),
        bad(json!(i64::MAX), "too_large"),
        bad(json!(1.5), "type"),
        bad(json!("1"), "type"),
        bad(json!(true), "type"),
    ]
}

fn big_integers(min: i64, max: i64) -> Vec<Edge> {
    let (below, above) = (i128::from(min) - 1, i128::from(max) + 1);
    vec![
        good(json!(min.to_string())),
        good(json!(max.to_string())),
        bad(json!(below.to_string()), "too_small"),
        bad(json!(above.to_string()), "too_large"),
        bad(json!("1.5"), "type"),
        bad(json!(1), "type"),
    ]
}

fn floats(min: f64, max: f64) -> Vec<Edge> {
    let mut edges = vec![bad(json!("1.5"), "type"), bad(json!(true), "type")];
    if min.is_finite() {
        edges.push(good(json!(min)));
        edges.push(bad(json!(min.next_down()), "too_small"));
        edges.push(bad(json!(min - 1.0), "too_small"));
    }
    if max.is_finite() {
        edges.push(good(json!(max)));
        edges.push(bad(json!(max.next_up()), "too_large"));
        edges.push(bad(json!(max + 1.0), "too_large"));
    }
    edges
}

fn decimals(precision: u32, scale: u32, min: i64, max: i64) -> Vec<Edge> {
    let limit = 10_i64.pow(precision) - 1;
    let below = if min == -limit {
        "too_many_digits"
    } else {
        "too_small"
    };
    let above = if max == limit {
        "too_many_digits"
    } else {
        "too_large"
    };
    let finer = format!(
        "{}{}1",
        units(max, scale),
        if scale == 0 { "." } else { "" }
    );
    vec![
        good(json!(units(min, scale))),
        good(json!(units(max, scale))),
        bad(json!(units(min - 1, scale)), below),
        bad(json!(units(max + 1, scale)), above),
        bad(json!(finer), "too_many_digits"),
        bad(json!("1,5"), "type"),
        bad(json!(1), "type"),
    ]
}

/// Texts that are and are not of a type.
fn types(of: &[&str], not: &[&str]) -> Vec<Edge> {
    let mut edges = vec![bad(json!(7), "type")];
    edges.extend(of.iter().map(|text| good(json!(text))));
    edges.extend(not.iter().map(|text| bad(json!(text), "type")));
    edges
}

fn blobs(max: usize) -> Vec<Edge> {
    let encoded = |bytes: usize| {
        let padding = (3 - bytes % 3) % 3;
        let digits = (bytes * 8).div_ceil(6);
        json!(format!("{}{}", "A".repeat(digits), "=".repeat(padding)))
    };
    let mut edges = vec![
        bad(json!("?"), "type"),
        bad(json!("AAA"), "type"),
        bad(json!(7), "type"),
    ];
    if max < LARGEST {
        edges.push(good(encoded(max)));
        edges.push(bad(encoded(max + 1), "too_long"));
    }
    edges
}

fn items(item: &Kind, min: usize, max: usize) -> Vec<Edge> {
    let many = |count: usize| Value::Array((0..count).map(|at| item.sample(at)).collect());
    let mut edges = vec![
        bad(json!(7), "type"),
        bad(json!({}), "type"),
        good(many(min)),
    ];
    if min > 0 {
        edges.push(bad(many(min - 1), "too_few_items"));
    }
    if max <= 1_000 {
        edges.push(good(many(max)));
        edges.push(bad(many(max + 1), "too_many_items"));
    }
    if max == 0 {
        return edges;
    }
    let mut inner = item.edges();
    inner.push(bad(Value::Null, "null"));
    for edge in inner {
        let mut value = many(min.max(1));
        value[0] = edge.value;
        edges.push(Edge {
            value,
            place: format!("[0]{}", edge.place),
            fault: edge.fault,
        });
    }
    edges
}
