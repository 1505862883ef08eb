//! The text forms of every type, and what the types do by themselves.

use std::fmt::Debug;

use kernel::types::{BigInt, Bytes, Date, Decimal, Duration, Patch, Scalar, Time, Timestamp, slug};
use serde::Serialize;
use uuid::Uuid;

use crate::types::{Format, decimal};

/// Each text that parses, with what it prints as; `=` where that is the same.
#[track_caller]
fn forms<T: Scalar + Serialize>(texts: &[(&str, &str)]) {
    for (text, printed) in texts {
        let printed = if *printed == "=" { text } else { printed };
        let value = T::parse(text).unwrap_or_else(|refused| panic!("{text}: {}", refused.message));
        assert_eq!(&value.print(), printed);
        let json = serde_json::to_value(&value).unwrap();
        assert_eq!(
            json.as_str()
                .map_or_else(|| json.to_string(), str::to_owned),
            *printed
        );
    }
}

/// Each text that does not parse, with the code that says so.
#[track_caller]
fn refusals<T: Scalar + Debug>(code: &str, texts: &[&str]) {
    for text in texts {
        let refused = T::parse(text)
            .map(|value| panic!("{text} was read as {value:?}"))
            .unwrap_err();
        assert_eq!(refused.code, code, "{text}");
    }
}

#[test]
fn text_forms() {
    forms::<Timestamp>(&[
        ("2026-11-20T08:21:39.226713Z", "="),
        ("2026-11-20T08:21:39Z", "2026-11-20T08:21:39.000000Z"),
        (
            "2026-11-20t08:21:39.2267139+02:30",
            "2026-11-20T05:51:39.226713Z",
        ),
        ("2024-02-29T23:59:59-00:01", "2024-03-01T00:00:59.000000Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
        ("9999-12-31T23:59:59.999999Z", "="),
    ]);
    forms::<Duration>(&[
        ("PT1H30M", "="),
        ("P1DT2H", "PT26H"),
        ("P2W", "PT336H"),
        ("PT0.5S", "PT0.500000S"),
        ("-PT90S", "-PT1M30S"),
        ("PT0S", "="),
    ]);
    forms::<Decimal<2>>(&[
        ("12.5", "12.50"),
        ("-0.01", "="),
        ("-0.00", "0.00"),
        ("7", "7.00"),
        ("9999999999999999.99", "="),
    ]);
    forms::<Decimal<0>>(&[("12", "=")]);
    forms::<Date>(&[("2024-02-29", "="), ("0001-01-01", "=")]);
    forms::<Time>(&[("08:30:00", "="), ("08:30:00.25", "08:30:00.250")]);
    forms::<BigInt>(&[("-9223372036854775808", "=")]);
    forms::<Bytes>(&[("AP8=", "="), ("", "=")]);
    forms::<Format>(&[("ebook", "=")]);
    forms::<i64>(&[("9007199254740991", "="), ("-0", "0")]);
    forms::<bool>(&[("true", "=")]);
}

#[test]
fn texts_that_are_none() {
    refusals::<Timestamp>(
        "type",
        &[
            "2026-11-20",
            "2026-11-20 08:21:39Z",
            "2026-11-20T08:21:39",
            "2026-11-20T24:00:00Z",
            "2026-02-29T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+01:00",
            "2026-11-20T08:21:39.Z",
            "9999-12-31T23:59:59-01:00",
            "2026-11-20T08:21:39+2:00",
            "2026-11-20T08:21:39é",
            "",
        ],
    );
    refusals::<Duration>(
        "type",
        &[
            "",
            "P",
            "PT",
            "P1Y",
            "P1M",
            "PT1M1H",
            "1H",
            "PT1.5H",
            "PT.5S",
            "PT-1S",
            "PT99999999999999999999S",
            "PT1",
        ],
    );
    refusals::<Decimal<2>>(
        "too_many_digits",
        &[
            "0.001",
            "12.500",
            "99999999999999999.99",
            "1000000000000000000000000000000",
        ],
    );
    refusals::<Decimal<2>>(
        "type",
        &[
            "", "-", "1e2", "NaN", "1.", ".5", "+1", "1_0", "0x1", " 1", "007",
        ],
    );
    refusals::<Date>(
        "type",
        &[
            "2026-02-29",
            "+12026-01-01",
            "26-1-1",
            "2026-01-01T00:00:00Z",
            "0000-01-01",
            "",
        ],
    );
    refusals::<Time>(
        "type",
        &["24:00:00", "8:30", "08:30", "08:30:00Z", "08:60:00"],
    );
    refusals::<i64>("type", &["", "1.5", "+1", "abc", "0x10", "１"]);
    refusals::<i64>("too_large", &["9007199254740992", "99999999999999999999"]);
    refusals::<i64>("too_small", &["-9007199254740992"]);
    refusals::<f64>("type", &["", "NaN", "inf", "infinity", "+1", "1f"]);
    refusals::<f64>("too_large", &["1e400"]);
    refusals::<Uuid>(
        "type",
        &[
            "",
            "0191f1b0f5a77c1e8d3c0d3a2b1c4d5e",
            "{0191f1b0-f5a7-7c1e-8d3c-0d3a2b1c4d5e}",
        ],
    );
    refusals::<Bytes>("type", &["AP8", "A===", "AP8_"]);
    refusals::<Format>("not_in_enum", &["", "Ebook", "paperback"]);
    refusals::<bool>("type", &["", "1", "True"]);
    refusals::<String>("characters", &["a\0b"]);
}

#[test]
fn decimals_come_back_from_calculation() {
    let price = decimal("12.50");
    let third = *price / rust_decimal::Decimal::from(3);
    assert_eq!(Decimal::<2>::rounded(third), Some(decimal("4.17")));
    assert!(Decimal::<2>::try_from(third).is_err());
    assert_eq!(Decimal::<2>::from_units(-1), Some(decimal("-0.01")));
    assert_eq!(Decimal::<2>::from_units(i64::MAX), None);
    assert_eq!(Decimal::<2>::rounded(rust_decimal::Decimal::MAX), None);
}

#[test]
fn patches_keep_clear_and_set() {
    assert_eq!(
        [Patch::Absent, Patch::Null, Patch::Set(2)].map(|patch| patch.or(Some(1))),
        [Some(1), None, Some(2)]
    );
    assert_eq!(
        [Patch::Absent, Patch::Null, Patch::Set(2)].map(|patch| patch.touches()),
        [false, true, true]
    );
}

#[test]
fn slugs() {
    for (title, slug) in [
        ("The Left Hand of Darkness", "the-left-hand-of-darkness"),
        ("  C++ & Rust: don't!  ", "c-rust-dont"),
        ("Straße nach Łódź, Ångström", "strasse-nach-lodz-angstrom"),
        ("E\u{301}lan İstanbul", "elan-istanbul"),
        ("日本", ""),
        ("--", ""),
    ] {
        assert_eq!(slug::slugify(title), slug, "{title}");
    }
    assert!(slug::slugify(&"word ".repeat(100)).len() <= 80);
    let candidates = |title| slug::candidates(title, "0191-abcdef").collect::<Vec<_>>();
    assert_eq!(candidates("A b"), ["a-b", "a-b-abcdef", "a-b-0191-abcdef"]);
    assert_eq!(candidates("日本"), ["abcdef", "0191-abcdef"]);
}
