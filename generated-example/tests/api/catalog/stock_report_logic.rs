//! `GET /api/v1/reports/stock`: what its logic does. This file is yours.

use super::stock_report::CALL;
use crate::service_under_test::service;

/// Say here what the answer is, once the logic is written.
#[tokio::test]
async fn is_not_written_yet() {
    let answer = CALL.answer(&service().await).await;
    answer.problem(501, "not_implemented");
}
