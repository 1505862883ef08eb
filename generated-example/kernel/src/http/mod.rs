//! HTTP, the same for every endpoint.
//!
//! [`route`] makes the route of one endpoint from its contract and its handler; [`finish`] completes a service. The rest
//! is what handlers take and give: [`Call`], [`Reply`], [`Data`].

mod body;
mod call;
mod cors;
mod docs;
pub mod etag;
mod fallback;
mod handling;
mod headers;
mod input;
mod operations;
mod reply;
mod route;
mod visit;

pub use call::Call;
pub use cors::Origins;
pub use docs::docs;
pub use fallback::finish;
pub use input::{Input, percent_decode};
pub use operations::{health, metrics};
pub use reply::{Data, Reply};
pub use route::route;
