//! Documents of a service with one of everything, in each shape.

mod check;
mod reference;

use super::*;
use crate::ir::{Case, Envelope, fixture};
use serde_json::json;

fn shapes() -> Vec<Service> {
    let envelopes = [Envelope::Bare, Envelope::Data, Envelope::Named];
    let cases = [Case::Snake, Case::Camel];
    envelopes
        .into_iter()
        .flat_map(|envelope| cases.map(|case| fixture::with(envelope, case)))
        .collect()
}

fn book_list(envelope: Envelope, case: Case) -> Value {
    let document = document(&fixture::with(envelope, case));
    document["paths"]["/api/v1/books"]["get"]["responses"]["200"].clone()
}

#[test]
fn documents_are_sound() {
    for service in shapes() {
        check::document(&document(&service));
        check::document(&document_3_0(&service));
    }
}

#[test]
fn schemas_are_json_schema() {
    for service in shapes() {
        check::schemas(&document(&service));
    }
}

#[test]
fn examples_fit_their_schemas() {
    for service in shapes() {
        let count = check::examples(&document(&service));
        assert!(count > 30, "only {count} examples");
    }
}

#[test]
fn a_check_can_fail() {
    let mut document = document(&fixture::service());
    let body = "/paths/~1api~1v1~1books/post/requestBody/content/application~1json/example";
    let example = document.pointer_mut(body).unwrap();
    example["price"] = json!("1.234");
    assert!(std::panic::catch_unwind(|| check::examples(&document)).is_err());
}

#[test]
fn the_books_of_the_catalog() {
    let mut document = document(&fixture::service());
    let paths = document["paths"].as_object_mut().unwrap();
    paths.retain(|path, _| path.contains("/books") || path.contains("/reports"));
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let others = [
        "User",
        "Sample",
        "UpdateUser",
        "CreateUser",
        "UpdateSample",
        "CreateSample",
    ];
    schemas.retain(|name, _| !others.contains(&name.as_str()));
    insta::assert_snapshot!(serde_json::to_string_pretty(&document).unwrap());
}

#[test]
fn one_of_each_type() {
    let document = document(&fixture::service());
    let schemas = &document["components"]["schemas"];
    let both = json!({"CreateSample": schemas["CreateSample"], "Sample": schemas["Sample"]});
    insta::assert_snapshot!(serde_json::to_string_pretty(&both).unwrap());
}

#[test]
fn the_older_form() {
    let document = document_3_0(&fixture::service());
    let part = json!({
        "openapi": document["openapi"],
        "get_book": document["paths"]["/api/v1/books/{slug}"]["get"],
        "Book": document["components"]["schemas"]["Book"],
        "UpdateSample": document["components"]["schemas"]["UpdateSample"],
    });
    insta::assert_snapshot!(serde_json::to_string_pretty(&part).unwrap());
}

#[test]
fn envelopes() {
    let lists = json!({
        "bare": book_list(Envelope::Bare, Case::Snake),
        "named": book_list(Envelope::Named, Case::Camel),
    });
    insta::assert_snapshot!(serde_json::to_string_pretty(&lists).unwrap());
}

#[test]
fn names_that_two_features_use_are_told_apart() {
    let mut service = fixture::service();
    service.entities[fixture::AUTHOR.0].name = "User".into();
    service
        .endpoints
        .iter_mut()
        .find(|it| it.name == "get_book")
        .unwrap()
        .name = "get_user".into();
    let document = document(&service);
    check::document(&document);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert!(schemas.contains_key("AccountsUser") && schemas.contains_key("CatalogUser"));
    let id = &document["paths"]["/api/v1/books/{slug}"]["get"]["operationId"];
    assert_eq!(id, "catalog_get_user");
}

/// The kernel answers with these; the document repeats their titles.
#[test]
fn shared_problems_are_the_kernels() {
    let kernel = include_str!("../../../templates/kernel/src/problem/kinds.rs");
    let document = document(&fixture::service());
    let responses = document["components"]["responses"].as_object().unwrap();
    assert!(responses.len() >= 10);
    for response in responses.values() {
        let examples = &response["content"]["application/problem+json"]["examples"];
        for (code, example) in examples.as_object().unwrap() {
            let value = &example["value"];
            let kind = format!(
                "code: \"{code}\",\n    status: {},\n    title: {},",
                value["status"], value["title"]
            );
            assert!(kernel.contains(&kind), "{kind}");
        }
    }
}
