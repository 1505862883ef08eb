//! What a body is read with beside itself: patches, path and conditions.

use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use kernel::app::Clock;
use kernel::decode::{Form, rule};
use kernel::http::Input;
use kernel::problem::Problem;
use kernel::types::{Date, Patch, Scalar, Timestamp};

use crate::decode_form::{faults, with};

#[test]
fn patches_tell_absent_from_null() {
    let read = |body: &str| {
        with(body.as_bytes(), |mut form| {
            let title = form.patch("title", rule::text());
            let blurb = form.patch_optional("blurb", rule::text().empty_as_null());
            let shelf = form.optional_or("shelf", rule::number(), 3_i64);
            form.finish(|| Some((title?, blurb?, shelf?)))
        })
    };
    assert_eq!(read("{}").unwrap(), (None, Patch::Absent, Some(3)));
    assert_eq!(
        read(r#"{"title": "a", "blurb": null, "shelf": null}"#).unwrap(),
        (Some("a".to_owned()), Patch::Null, None)
    );
    assert_eq!(
        read(r#"{"blurb": "", "shelf": 4}"#).unwrap(),
        (None, Patch::Null, Some(4))
    );
    assert_eq!(
        read(r#"{"blurb": "b"}"#).unwrap().1,
        Patch::Set("b".to_owned())
    );
    assert_eq!(faults(read(r#"{"title": null}"#)), "title null");
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::parse("2024-02-29T12:00:00Z").unwrap()
    }
}

#[test]
fn what_is_absent_may_be_the_time() {
    let read = |body: &str, query: &str| {
        let headers = HeaderMap::new();
        let input = Input::new("/books", "/books", query, &headers).timed(&Noon);
        let mut form = Form::parse(input, body.as_bytes())?;
        let mut query = form.query();
        let since = form.or_now::<Timestamp>("since", rule::any());
        let until = form.optional_or_now::<Timestamp>("until", rule::any());
        let day = query.or_now::<Date>("day", rule::any());
        let last = query.optional_or_now::<Date>("last", rule::any());
        form.join(query);
        form.finish(|| Some(format!("{} {:?} {} {:?}", since?, until?, day?, last?)))
    };
    let noon = "2024-02-29T12:00:00.000000Z";
    assert_eq!(
        read("{}", "").unwrap(),
        format!("{noon} Some({noon}) 2024-02-29 Some(2024-02-29)")
    );
    let given = r#"{"since": "2023-01-01T00:00:00Z", "until": null}"#;
    assert_eq!(
        read(given, "day=2023-01-02&last=2023-01-03").unwrap(),
        "2023-01-01T00:00:00.000000Z None 2023-01-02 Some(2023-01-03)"
    );
    assert_eq!(faults(read(r#"{"since": null}"#, "")), "since null");
}

#[test]
fn path_and_conditions_refuse_the_whole() {
    let read = |path: &str, tag: &'static str| {
        let headers = HeaderMap::from_iter([(IF_MATCH, tag.parse().unwrap())]);
        let input = Input::new("/books/{number}", path, "", &headers);
        let mut form = Form::parse(input, br#"{"unknown": 1}"#)?;
        let number = form.path::<i64>("number");
        let expected = form.if_match();
        form.finish(|| Some((number?, expected?)))
    };
    assert_eq!(faults(read("/books/7", "\"3\"")), "unknown unknown_key");
    assert_eq!(faults(read("/books/seven", "\"3\"")), "404");
    assert_eq!(faults(read("/books/7", "3")), "400");
    let problem = Problem::from(read("/books/7", "\"3\"").unwrap_err());
    assert_eq!(problem.status(), 422);
}

#[test]
fn a_condition_may_be_required() {
    let read = |path: &str, tag: Option<&'static str>| {
        let tag = tag.map(|tag| (IF_MATCH, tag.parse().unwrap()));
        let headers = HeaderMap::from_iter(tag);
        let input = Input::new("/books/{number}", path, "", &headers);
        let mut form = Form::parse(input, b"{}")?;
        let mut query = form.query();
        let number = form.path::<i64>("number");
        let (first, second) = (form.if_match_required(), query.if_match_required());
        form.join(query);
        form.finish(|| Some((number?, first?, second?)))
    };
    assert_eq!(
        read("/books/7", Some("\"3\"")).unwrap(),
        (7, Some(3), Some(3))
    );
    // It says that the row exists, which every version of it meets.
    assert_eq!(read("/books/7", Some("*")).unwrap(), (7, None, None));
    assert_eq!(faults(read("/books/7", None)), "428");
    assert_eq!(faults(read("/books/7", Some("3"))), "400");
}
