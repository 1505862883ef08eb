//! All of the API at once, against openapi.json. Each answer of every other test is held against it too.

use support::api;

use crate::service_under_test::service;

#[tokio::test]
async fn the_routes_are_those_of_the_document() {
    api::is_described(&service().await, &bookshop::contracts());
}

#[tokio::test]
async fn every_operation_answers_as_described() {
    api::answers_as_described(&service().await).await;
}

#[tokio::test]
async fn new_callers_are_known_as_the_specs_say() {
    api::knows_new_callers(&service().await).await;
}

#[tokio::test]
async fn bodies_must_be_json() {
    api::refuses_what_is_no_json(&service().await).await;
}

#[tokio::test]
async fn other_methods_are_named() {
    api::refuses_other_methods(&service().await).await;
}

#[tokio::test]
async fn other_paths_lead_nowhere() {
    api::refuses_other_paths(&service().await).await;
}
