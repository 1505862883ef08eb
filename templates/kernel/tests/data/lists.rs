//! Filters, searches and batched loads, as the database understands them.

use axum::http::HeaderMap;
use kernel::contract::Unit;
use kernel::db::{self, QueryBuilder};
use kernel::decode::{Operators, Query};
use kernel::http::Input;
use kernel::page::Filter;

use crate::fresh::{self, Fresh, done};

async fn books() -> Fresh {
    let fresh = fresh::database().await;
    fresh
        .run(
            r"create table books (id {int} primary key, stars {int}, title text not null) {strict};
            create table tags (book_id {int} not null, name text not null) {strict};
            insert into books (id, stars, title) values
                (1, 5, 'Rust in Action'), (2, 3, '100% Rust'), (3, null, 'under_score'), (4, 1, 'back\slash');
            insert into tags (book_id, name) values (1, 'rust'), (1, 'blue'), (2, 'rust'), (3, 'blue')",
        )
        .await;
    fresh
}

async fn ids(fresh: &Fresh, phrases: impl FnOnce(&mut QueryBuilder)) -> Vec<i64> {
    let mut sql = QueryBuilder::new("select id from books where true");
    phrases(&mut sql);
    sql.push(" order by id");
    let mut unit = fresh.pool.begin(Unit::Read).await.unwrap();
    let ids = sql
        .build_query_scalar()
        .fetch_all(unit.connection())
        .await
        .unwrap();
    done(unit).await;
    ids
}

#[tokio::test]
async fn filters() {
    let fresh = books().await;
    for (query, expected) in [
        ("", vec![1, 2, 3, 4]),
        ("stars=3", vec![2]),
        ("stars.ne=3", vec![1, 3, 4]),
        ("stars.in=1,5,7", vec![1, 4]),
        ("stars.lt=3", vec![4]),
        ("stars.lte=3", vec![2, 4]),
        ("stars.gt=3", vec![1]),
        ("stars.gte=3&stars.lt=5", vec![2]),
        ("stars.null=true", vec![3]),
        ("stars.null=false", vec![1, 2, 4]),
    ] {
        let headers = HeaderMap::new();
        let mut read = Query::parse(Input::new("/books", "/books", query, &headers));
        let stars: Option<Filter<i64>> = read.filter("stars", Operators::ORDERED.nullable());
        let stars = read.finish(|| stars).unwrap();
        assert_eq!(
            ids(&fresh, |sql| stars.push(sql, "books.stars")).await,
            expected,
            "{query}"
        );
    }
}

#[tokio::test]
async fn filters_along_relations() {
    let fresh = books().await;
    let tagged = "exists (select 1 from tags where tags.book_id = books.id";
    for (query, expected) in [
        ("", vec![1, 2, 3, 4]),
        ("tag=rust", vec![1, 2]),
        ("tag.in=blue,green", vec![1, 3]),
    ] {
        let headers = HeaderMap::new();
        let mut read = Query::parse(Input::new("/books", "/books", query, &headers));
        let tag: Option<Filter<String>> = read.filter("tag", Operators::EQUAL);
        let tag = read.finish(|| tag).unwrap();
        assert_eq!(
            ids(&fresh, |sql| tag.push_within(sql, tagged, "tags.name", ")")).await,
            expected,
            "{query}"
        );
    }
}

#[tokio::test]
async fn searches_take_every_character_as_itself() {
    let fresh = books().await;
    for (text, expected) in [
        (None, vec![1, 2, 3, 4]),
        (Some("RUST"), vec![1, 2]),
        (Some("0%"), vec![2]),
        (Some("%"), vec![2]),
        (Some("R_S"), vec![3]),
        (Some("r_score"), vec![3]),
        (Some(r"k\s"), vec![4]),
        (Some("'; drop table books; --"), vec![]),
    ] {
        assert_eq!(
            ids(&fresh, |sql| db::search(sql, text, &["books.title"])).await,
            expected,
            "{text:?}"
        );
    }
    assert_eq!(
        ids(&fresh, |sql| db::search(
            sql,
            Some("5"),
            &["title", "cast(stars as text)"]
        ))
        .await,
        [1]
    );
}

#[tokio::test]
async fn batches_are_padded() {
    let fresh = books().await;
    assert_eq!(
        ids(&fresh, |sql| db::within(sql, "id", &[4_i64, 1, 9])).await,
        [1, 4]
    );
    assert_eq!(
        ids(&fresh, |sql| db::within::<i64>(sql, "id", &[])).await,
        Vec::<i64>::new()
    );
    let statement = |values: &[i64]| {
        let mut sql = QueryBuilder::new("");
        db::within(&mut sql, "id", values);
        sql.sql().as_str().to_owned()
    };
    assert_eq!(statement(&[1, 2, 3]), statement(&[1, 2, 3, 4]));
    assert_ne!(statement(&[1, 2, 3]), statement(&[1, 2]));
}
