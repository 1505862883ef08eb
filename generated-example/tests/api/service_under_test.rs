//! The service that all tests ask. This file is yours: put fakes of your own `Services` here.

use bookshop::app::{self, Services};
use support::Service;

/// A service with a database of its own.
pub async fn service() -> Service {
    Service::start(
        bookshop::MIGRATIONS,
        include_str!("../../openapi.json"),
        Services::default(),
        app::router,
    )
    .await
}
