//! What the shop sells.

mod create_author;
mod create_book;
mod create_category;
mod create_review;
mod create_tag;
mod delete_author;
mod delete_book;
mod delete_category;
mod delete_review;
mod delete_tag;
mod get_author;
mod get_book;
mod get_category;
mod get_review;
mod get_tag;
mod list_authors;
mod list_books;
mod list_categories;
mod list_reviews;
mod list_tags;
mod model;
mod problems;
mod query;
mod restock_book;
mod stock_report;
mod update_author;
mod update_book;
mod update_category;
mod update_review;
mod update_tag;
mod wire;

pub use model::BookId;

use axum::Router;
use kernel::contract::Contract;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(list_authors::routes())
        .merge(get_author::routes())
        .merge(create_author::routes())
        .merge(update_author::routes())
        .merge(delete_author::routes())
        .merge(list_categories::routes())
        .merge(get_category::routes())
        .merge(create_category::routes())
        .merge(update_category::routes())
        .merge(delete_category::routes())
        .merge(list_books::routes())
        .merge(get_book::routes())
        .merge(create_book::routes())
        .merge(update_book::routes())
        .merge(delete_book::routes())
        .merge(restock_book::routes())
        .merge(stock_report::routes())
        .merge(list_reviews::routes())
        .merge(create_review::routes())
        .merge(get_review::routes())
        .merge(update_review::routes())
        .merge(delete_review::routes())
        .merge(list_tags::routes())
        .merge(get_tag::routes())
        .merge(create_tag::routes())
        .merge(update_tag::routes())
        .merge(delete_tag::routes())
}

pub fn contracts() -> Vec<&'static Contract> {
    vec![
        &list_authors::CONTRACT,
        &get_author::CONTRACT,
        &create_author::CONTRACT,
        &update_author::CONTRACT,
        &delete_author::CONTRACT,
        &list_categories::CONTRACT,
        &get_category::CONTRACT,
        &create_category::CONTRACT,
        &update_category::CONTRACT,
        &delete_category::CONTRACT,
        &list_books::CONTRACT,
        &get_book::CONTRACT,
        &create_book::CONTRACT,
        &update_book::CONTRACT,
        &delete_book::CONTRACT,
        &restock_book::CONTRACT,
        &stock_report::CONTRACT,
        &list_reviews::CONTRACT,
        &create_review::CONTRACT,
        &get_review::CONTRACT,
        &update_review::CONTRACT,
        &delete_review::CONTRACT,
        &list_tags::CONTRACT,
        &get_tag::CONTRACT,
        &create_tag::CONTRACT,
        &update_tag::CONTRACT,
        &delete_tag::CONTRACT,
    ]
}
