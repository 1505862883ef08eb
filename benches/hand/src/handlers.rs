//! HTTP to SQL and back.

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH, LINK, LOCATION};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde::Serialize;
use uuid::Uuid;

use crate::item::{Change, Item, Kind, New};
use crate::store::Store;

type Service = State<&'static Store>;
type Answer = Result<Response<Body>, StatusCode>;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

pub async fn find(State(store): Service, Path(id): Path<Uuid>) -> Answer {
    let item = store
        .find(id)
        .await
        .map_err(failed)?
        .ok_or(StatusCode::NOT_FOUND)?;
    one(StatusCode::OK, &item)
}

pub async fn list(State(store): Service, RawQuery(query): RawQuery) -> Answer {
    let mut limit = 20;
    let mut after = Uuid::nil();
    let mut kind = None;
    for (name, value) in query
        .iter()
        .flat_map(|query| query.split('&'))
        .filter_map(|pair| pair.split_once('='))
    {
        match name {
            "limit" => {
                limit = value
                    .parse()
                    .ok()
                    .filter(|limit| (1..=100).contains(limit))
                    .ok_or(StatusCode::UNPROCESSABLE_ENTITY)?
            }
            "cursor" => {
                after = value
                    .parse()
                    .map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?
            }
            "kind" => kind = Some(Kind::parse(value).ok_or(StatusCode::UNPROCESSABLE_ENTITY)?),
            _ => return Err(StatusCode::UNPROCESSABLE_ENTITY),
        }
    }
    let mut items = store.list(after, kind, limit + 1).await.map_err(failed)?;
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let mut response = json(StatusCode::OK, &items, 320 * items.len())?;
    if let Some(last) = items.last().filter(|_| more) {
        let link = match kind {
            Some(kind) => format!(
                "</api/items?limit={limit}&kind={}&cursor={}>; rel=\"next\"",
                kind.as_str(),
                last.id
            ),
            None => format!(
                "</api/items?limit={limit}&cursor={}>; rel=\"next\"",
                last.id
            ),
        };
        response.headers_mut().insert(LINK, header(link)?);
    }
    Ok(response)
}

pub async fn create(State(store): Service, body: Bytes) -> Answer {
    let new: New = serde_json::from_slice(&body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    if !new.is_valid() {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let item = store.insert(&new).await.map_err(failed)?;
    let mut response = one(StatusCode::CREATED, &item)?;
    response
        .headers_mut()
        .insert(LOCATION, header(format!("/api/items/{}", item.id))?);
    Ok(response)
}

pub async fn update(
    State(store): Service,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let change: Change =
        serde_json::from_slice(&body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    if !change.is_valid() {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let expected = match headers.get(IF_MATCH) {
        Some(tag) => Some(version(tag).ok_or(StatusCode::BAD_REQUEST)?),
        None => None,
    };
    match store.update(id, expected, &change).await.map_err(failed)? {
        Some(item) => one(StatusCode::OK, &item),
        None => match store.find(id).await.map_err(failed)? {
            Some(_) => Err(StatusCode::PRECONDITION_FAILED),
            None => Err(StatusCode::NOT_FOUND),
        },
    }
}

fn version(tag: &HeaderValue) -> Option<i64> {
    tag.to_str()
        .ok()?
        .strip_prefix('"')?
        .strip_suffix('"')?
        .parse()
        .ok()
}

fn one(status: StatusCode, item: &Item) -> Answer {
    let mut response = json(status, item, 384)?;
    response
        .headers_mut()
        .insert(ETAG, header(format!("\"{}\"", item.version))?);
    Ok(response)
}

fn json(status: StatusCode, value: &impl Serialize, size: usize) -> Answer {
    let mut body = Vec::with_capacity(size);
    serde_json::to_writer(&mut body, value).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    Ok(response)
}

fn header(text: String) -> Result<HeaderValue, StatusCode> {
    HeaderValue::try_from(text).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

fn failed(error: sqlx::Error) -> StatusCode {
    tracing::error!(%error, "database");
    match error {
        sqlx::Error::PoolTimedOut => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
