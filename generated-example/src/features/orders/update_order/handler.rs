//! `PATCH /api/v1/orders/{id}`: HTTP to contract and back.

#[path = "schema.rs"]
mod schema;

use axum::Router;
use kernel::decode::Invalid;
use kernel::http::{self, Call, Reply};
use kernel::problem::Problem;

use super::{CONTRACT, Command, logic};
use crate::app::{App, Services};
use crate::features::orders::model::OrderId;

pub(in crate::features) fn routes() -> Router<App> {
    http::route(&CONTRACT, handle)
}

async fn handle(call: Call<Services>) -> Result<Reply, Problem> {
    let command = match Command::try_from(call.form()?) {
        Ok(command) => command,
        Err(invalid) => return Err(refuse(&call, invalid).await?),
    };
    let mut unit = call.begin().await?;
    let result = logic::execute(
        logic::open(&mut unit, call.actor_id()?),
        &call.context(),
        command,
    )
    .await;
    let order = unit.finish(result).await?;
    Ok(schema::respond(&order))
}

/// What is not there is 404, whatever the body says.
async fn refuse(call: &Call<Services>, invalid: Invalid) -> Result<Problem, Problem> {
    let id: OrderId = call.path("id")?;
    let mut unit = call.begin().await?;
    let visible = logic::visible(&mut unit, call.actor_id()?, id).await;
    Ok(unit.refuse(visible, invalid).await)
}
