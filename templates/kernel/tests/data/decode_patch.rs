//! What a body is read with beside itself: patches, path and conditions.

use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use kernel::decode::{Form, rule};
use kernel::http::Input;
use kernel::problem::Problem;
use kernel::types::Patch;

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
