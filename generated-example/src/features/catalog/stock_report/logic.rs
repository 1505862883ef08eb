//! `GET /reports/stock`: the rules. This file is yours.

#[path = "db.rs"]
mod db;

pub(super) use db::open;

use db::Store;

use super::{Command, Error, Outcome};
use crate::app::Context;

pub(super) async fn execute(
    store: impl Store,
    _ctx: &Context<'_>,
    command: Command,
) -> Result<Outcome, Error> {
    let rows = store.count(&command).await?;
    Ok(Outcome { rows })
}

#[cfg(test)]
mod tests {
    use support::value;

    use super::super::StockReportRow;
    use super::*;
    use crate::app::Services;
    use crate::features::catalog::model::Format;

    /// The paperbacks alone, in place of the database.
    struct Fake;

    fn paperbacks() -> StockReportRow {
        StockReportRow {
            format: Format::Paperback,
            titles: 2,
            copies: 5,
            value: value("99.50"),
        }
    }

    impl Store for Fake {
        async fn count(self, _: &Command) -> Result<Vec<StockReportRow>, Error> {
            Ok(vec![paperbacks()])
        }
    }

    #[tokio::test]
    async fn reports_what_the_store_counts() {
        let environment = support::environment(Services::default());
        let command = Command {
            format: None,
            from: value("2026-01-01"),
            to: value("2026-12-31"),
        };
        let report = execute(Fake, &environment.context(), command).await;
        assert_eq!(report.unwrap().rows, [paperbacks()]);
    }
}
