//! `POST /api/v1/orders`: HTTP to contract and back.

#[path = "schema.rs"]
mod schema;

use axum::Router;
use kernel::http::{self, Call, Reply};
use kernel::problem::Problem;

use super::{CONTRACT, Command, logic};
use crate::app::{App, Services};

pub(in crate::features) fn routes() -> Router<App> {
    http::route(&CONTRACT, handle)
}

async fn handle(call: Call<Services>) -> Result<Reply, Problem> {
    let command = Command::try_from(call.form()?)?;
    let mut unit = call.begin().await?;
    let result = logic::execute(
        &mut logic::open(&mut unit, call.actor_id()?),
        &call.context(),
        command,
    )
    .await;
    let order = unit.finish(result).await?;
    Ok(schema::respond(&order))
}
