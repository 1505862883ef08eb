//! The endpoints that anyone may call. Written once, and yours: the list may get shorter by itself, and longer by your
//! hand alone, so that nothing is laid open by the way.

use support::api;

const UNGUARDED: &[&str] = &[
    "accounts.list_profiles",
    "accounts.get_profile",
    "catalog.list_authors",
    "catalog.get_author",
    "catalog.list_categories",
    "catalog.get_category",
    "catalog.list_books",
    "catalog.get_book",
    "catalog.list_reviews",
    "catalog.get_review",
    "catalog.list_tags",
    "catalog.get_tag",
];

#[test]
fn nothing_else_is_open_to_all() {
    api::guards_all_but(&bookshop::contracts(), UNGUARDED);
}
