//! Bodies: what is read, and every way to get it wrong.

use axum::http::HeaderMap;
use kernel::decode::{Form, Invalid, Pattern, rule};
use kernel::http::Input;
use kernel::types::{Bytes, Decimal, Json, Timestamp};

static ISBN: Pattern = Pattern::new("^97[89][0-9]{10}$");

#[derive(Debug, PartialEq)]
struct Size {
    width: i64,
}

fn size(form: &mut Form<'_>) -> Option<Size> {
    let width = form.required("width", rule::number().min(1).max(5));
    Some(Size { width: width? })
}

#[derive(Debug, Default)]
struct Command {
    isbn: String,
    blurb: Option<String>,
    price: Option<Decimal<2>>,
    size: Option<Size>,
    sizes: Vec<Size>,
    tags: Vec<String>,
    ratio: Option<f64>,
    count: i64,
    since: Option<Timestamp>,
    mail: Option<String>,
    link: Option<String>,
    data: Option<Bytes>,
    meta: Option<Json>,
}

fn command(mut form: Form<'_>) -> Result<Command, Invalid> {
    let isbn = form.required("isbn", rule::text().pattern(&ISBN));
    let blurb = form.optional("blurb", rule::text().min(2).max(4).trim().empty_as_null());
    let price = form.optional("price", rule::decimal(4).min("0.50").max("50"));
    let size = form.optional("size", size);
    let sizes = form.or_default("sizes", rule::list(self::size).max_items(2));
    let tags = form.or_default(
        "tags",
        rule::list(rule::text().max(3)).min_items(1).unique(),
    );
    let ratio = form.optional("ratio", rule::number().min(-1.5));
    let count = form.or("count", rule::any(), 7);
    let since = form.optional("since", rule::any());
    let mail = form.optional("mail", rule::email());
    let link = form.optional("link", rule::url());
    let data = form.optional("data", rule::bytes(2));
    let meta = form.optional("meta", rule::json());
    form.finish(|| {
        Some(Command {
            isbn: isbn?,
            blurb: blurb?,
            price: price?,
            size: size?,
            sizes: sizes?,
            tags: tags?,
            ratio: ratio?,
            count: count?,
            since: since?,
            mail: mail?,
            link: link?,
            data: data?,
            meta: meta?,
        })
    })
}

pub fn with<T>(
    body: &[u8],
    read: impl FnOnce(Form<'_>) -> Result<T, Invalid>,
) -> Result<T, Invalid> {
    let headers = HeaderMap::new();
    let input = Input::new("/books/{slug}", "/books/a", "", &headers);
    read(Form::parse(input, body)?)
}

/// The faults as `field code`, or the status where the whole request is refused.
pub fn faults<T>(read: Result<T, Invalid>) -> String {
    match read {
        Ok(_) => String::new(),
        Err(Invalid::Faults(faults)) => faults
            .iter()
            .map(|fault| format!("{} {}", fault.field, fault.code))
            .collect::<Vec<_>>()
            .join(", "),
        Err(Invalid::Whole(problem)) => problem.status().as_u16().to_string(),
    }
}

#[test]
fn a_full_body_is_read() {
    let body = r#"{"isbn": "9780441478125", "blurb": " für ", "price": "12.5", "size": {"width": 5}, "sizes": [{"width": 1}],
        "tags": ["a", "\u00e9\n"], "ratio": -15e-1, "count": 1.2e1, "since": "2026-01-01T00:00:00Z", "mail": "a@b.org",
        "link": "https://b.org/a?b", "data": "AP8=", "meta": {"a": [null, 1.5]}}"#;
    let read = with(body.as_bytes(), command).unwrap();
    assert_eq!(
        (read.isbn.as_str(), read.blurb.as_deref()),
        ("9780441478125", Some("für"))
    );
    assert_eq!(read.price.unwrap().to_string(), "12.50");
    assert_eq!(
        (read.size, read.sizes),
        (Some(Size { width: 5 }), vec![Size { width: 1 }])
    );
    assert_eq!(
        (read.tags, read.ratio, read.count),
        (vec!["a".to_owned(), "é\n".to_owned()], Some(-1.5), 12)
    );
    assert_eq!(
        (read.since.unwrap().micros(), read.data.unwrap().0),
        (1_767_225_600_000_000, vec![0, 255])
    );
    assert_eq!(read.meta.unwrap()["a"][1], 1.5);
    assert_eq!(
        (read.mail.as_deref(), read.link.as_deref()),
        (Some("a@b.org"), Some("https://b.org/a?b"))
    );
}

#[test]
fn what_is_absent_has_its_default() {
    let read = with(
        br#"{"isbn": "9780441478125", "blurb": "  ", "size": null}"#,
        command,
    )
    .unwrap();
    assert_eq!(
        (read.blurb, read.size, read.tags, read.count),
        (None, None, vec![], 7)
    );
}

#[test]
fn every_fault_has_its_field_and_code() {
    for (member, expected) in [
        (r#""isbn": null"#, "isbn null"),
        (r#""isbn": 7"#, "isbn type"),
        (r#""isbn": "978""#, "isbn pattern"),
        (r#""isbn": "\ud800""#, "isbn characters"),
        (r#""isbn": "\u0000""#, "isbn characters"),
        (r#""blurb": "ä""#, "blurb too_short"),
        (r#""blurb": "äöüß€""#, "blurb too_long"),
        (r#""blurb": ["a"]"#, "blurb type"),
        (r#""price": 12.5"#, "price type"),
        (r#""price": "12.555""#, "price too_many_digits"),
        (r#""price": "100""#, "price too_many_digits"),
        (r#""price": "0.49""#, "price too_small"),
        (r#""price": "50.01""#, "price too_large"),
        (r#""size": {}"#, "size.width required"),
        (
            r#""size": {"width": 6, "depth": 1}"#,
            "size.width too_large, size.depth unknown_key",
        ),
        (r#""size": [1]"#, "size type"),
        (
            r#""sizes": [{"width": 1}, {"width": "1"}]"#,
            "sizes[1].width type",
        ),
        (r#""sizes": [{}, {}, {}]"#, "sizes too_many_items"),
        (r#""tags": []"#, "tags too_few_items"),
        (r#""tags": ["a", "a"]"#, "tags[1] duplicate_item"),
        (
            r#""tags": ["abcd", null, 1]"#,
            "tags[0] too_long, tags[1] null, tags[2] type",
        ),
        (r#""tags": {"a": 1}"#, "tags type"),
        (r#""tags": null"#, "tags null"),
        (r#""ratio": -1.6"#, "ratio too_small"),
        (r#""ratio": 1e999"#, "ratio too_large"),
        (r#""ratio": "1""#, "ratio type"),
        (r#""count": 1.5"#, "count type"),
        (r#""count": 9007199254740992"#, "count too_large"),
        (r#""count": 1e99"#, "count too_large"),
        (r#""count": true"#, "count type"),
        (r#""since": "10000-01-01T00:00:00Z""#, "since type"),
        (r#""mail": "a b@c.org""#, "mail email"),
        (r#""mail": "a@-c.org""#, "mail email"),
        (r#""link": "javascript:alert(1)""#, "link url"),
        (r#""link": "/a""#, "link url"),
        (r#""data": "AAAA""#, "data too_long"),
        (r#""data": "???""#, "data type"),
        (r#""meta": {"a": "\u0000"}"#, "meta characters"),
        (r#""meta": ["\ud800"]"#, "meta type"),
        (r#""meta": 1e999"#, "meta type"),
        (r#""admin": true"#, "admin unknown_key"),
        (r#""": 1"#, " unknown_key"),
    ] {
        let isbn = if member.contains("isbn") {
            ""
        } else {
            r#", "isbn": "9780441478125""#
        };
        let read = with(format!("{{{member}{isbn}}}").as_bytes(), command);
        assert_eq!(faults(read), expected, "{member}");
    }
}

#[test]
fn all_faults_come_at_once() {
    let body = br#"{"isbn": 1, "blurb": "a", "x": 1, "isbn": 2, "y": 1}"#;
    assert_eq!(
        faults(with(body, command)),
        "isbn duplicate_key, blurb too_short, x unknown_key, y unknown_key"
    );
}

#[test]
fn bodies_that_are_no_object() {
    let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
    let quoted = format!(r#"{{"x": "{}\"{}"}}"#, "[".repeat(50), "{".repeat(50));
    for (body, expected) in [
        ("", "400"),
        (" \n", "400"),
        ("{", "400"),
        (r#"{"a": 1,}"#, "400"),
        (r#"{"a": NaN}"#, "400"),
        (r#"{"a": 01}"#, "400"),
        (r#"{"a": "b"} c"#, "400"),
        ("{\"a\": \"\n\"}", "400"),
        ("\u{feff}{}", "400"),
        (&deep, "400"),
        ("[]", " type, isbn required"),
        ("null", " type, isbn required"),
        ("\"a\"", " type, isbn required"),
        (&quoted, "isbn required, x unknown_key"),
    ] {
        assert_eq!(faults(with(body.as_bytes(), command)), expected, "{body}");
    }
    assert_eq!(faults(with(b"{\"a\": \"\xff\"}", command)), "400");
}

#[test]
fn malformed_json_has_a_place_and_no_words_of_the_parser() {
    let Err(Invalid::Whole(problem)) = with(b"{\n  \"a\": x\n}", command) else {
        panic!("it was read")
    };
    let text = format!("{problem:?}");
    assert!(
        text.contains("line 2") && !text.contains("expected ident"),
        "{text}"
    );
}

#[test]
fn hostile_bodies_cost_little_and_are_not_repeated() {
    let many: String = (0..50_000).map(|at| format!(r#""k{at}": 1,"#)).collect();
    let body = format!(r#"{{{many} "{}": 1}}"#, "k".repeat(100_000));
    let Err(Invalid::Faults(faults)) = with(body.as_bytes(), command) else {
        panic!("it was read")
    };
    assert_eq!(faults.len(), 100);
    let long = format!(
        r#"{{"isbn": "9780441478125", "{}": 1}}"#,
        "k".repeat(100_000)
    );
    let Err(Invalid::Faults(faults)) = with(long.as_bytes(), command) else {
        panic!("it was read")
    };
    assert_eq!(faults[0].field.len(), 100);
}

#[cfg(feature = "auth")]
#[test]
fn a_field_that_is_withheld_may_not_be_named() {
    let read = |body: &str| {
        let read = with(body.as_bytes(), |mut form| {
            assert!(!form.caller().is_signed_in() && !form.caller().has_any_role(&["admin"]));
            form.withhold("cost");
            let cost = form.or("cost", rule::number(), 7_i64);
            let title = form.required("title", rule::text());
            form.finish(|| Some((cost?, title?)))
        });
        read.map_err(|invalid| faults::<()>(Err(invalid)))
    };
    assert_eq!(read(r#"{"title": "a"}"#), Ok((7, "a".to_owned())));
    for given in ["8", "null", "{}"] {
        let body = format!(r#"{{"title": "a", "cost": {given}}}"#);
        assert_eq!(read(&body), Err("cost forbidden_field".to_owned()));
    }
    assert_eq!(
        read(r#"{"cost": 1, "cost": 2}"#),
        Err("cost forbidden_field, title required".to_owned())
    );
}
