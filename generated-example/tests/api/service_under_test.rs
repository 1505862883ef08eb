//! The service that all tests ask. This file is yours: put fakes of your own `Services` here.

use bookshop::app::{self, Services};
use support::Service;

use crate::callers::CALLERS;

/// A service with a database of its own.
pub async fn service() -> Service {
    Service::start(
        bookshop::MIGRATIONS,
        include_str!("../../openapi.json"),
        &CALLERS,
        Services::default(),
        app::router,
    )
    .await
}
