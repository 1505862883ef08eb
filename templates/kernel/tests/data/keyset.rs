//! Walks of whole lists, page by page: each row once, in order, whatever is null or tied.

use axum::http::HeaderMap;
use kernel::contract::Unit;
use kernel::db::{QueryBuilder, Row};
use kernel::decode::{Invalid, Query};
use kernel::http::Input;
use kernel::page::{Cursor, Direction, KeyType, Order, Page, PageRequest};
use kernel::types::{Id, Timestamp};
use sqlx::Row as _;
use uuid::Uuid;

use crate::fresh::{self, Fresh, done};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sort {
    Id,
    Rank,
    Born,
    Title,
}

const SORTS: &[(&str, Sort, KeyType)] = &[
    ("rank", Sort::Rank, KeyType::of::<i64>()),
    ("born", Sort::Born, KeyType::of::<Option<Timestamp>>()),
    ("title", Sort::Title, KeyType::of::<Option<String>>()),
];

#[derive(Debug, Clone, PartialEq)]
struct Thing {
    id: Id<Thing>,
    rank: i64,
    born: Option<Timestamp>,
    title: Option<String>,
}

impl sqlx::FromRow<'_, Row> for Thing {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            rank: row.try_get(1)?,
            born: row.try_get(2)?,
            title: row.try_get(3)?,
        })
    }
}

/// Marsaglia's xorshift, so that a failure repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn thing(&mut self) -> Thing {
        let id = Id::from(Uuid::from_u64_pair(
            self.below(u64::MAX),
            self.below(u64::MAX),
        ));
        let born = i64::try_from(self.below(4)).unwrap();
        let title = self.below(4);
        Thing {
            id,
            rank: i64::try_from(self.below(3)).unwrap() - 1,
            born: (born > 0).then(|| Timestamp::from_micros(born - 2)),
            title: (title > 0)
                .then(|| ["a", "b'", "ä"][usize::try_from(title).unwrap() - 1].to_owned()),
        }
    }
}

fn read(query: &str) -> Result<(Order<Sort>, PageRequest), Invalid> {
    let headers = HeaderMap::new();
    let mut query = Query::parse(Input::new("/things", "/things", query, &headers));
    let order = query.order(SORTS, Sort::Id);
    let page = query.keyset::<Id<Thing>>(20, 100);
    query.finish(|| Some((order?, page?)))
}

async fn page(fresh: &Fresh, query: &str) -> Page<Thing> {
    let (order, request) = read(query).unwrap();
    let mut sql = QueryBuilder::new("select id, rank, born, title from things where true");
    let column = match order.by {
        Sort::Id => "things.id",
        Sort::Rank => "things.rank",
        Sort::Born => "things.born",
        Sort::Title => "things.title",
    };
    request.push(&mut sql, column, "things.id");
    let mut unit = fresh.pool.begin(Unit::Read).await.unwrap();
    let rows = sql
        .build_query_as()
        .fetch_all(unit.connection())
        .await
        .unwrap();
    done(unit).await;
    request.cut(rows, |thing: &Thing| match order.by {
        Sort::Id => Cursor::id(thing.id),
        Sort::Rank => Cursor::new(&thing.rank, thing.id),
        Sort::Born => Cursor::new(&thing.born, thing.id),
        Sort::Title => Cursor::new(&thing.title, thing.id),
    })
}

/// All pages of a list, and whether each but the last was full.
async fn walk(fresh: &Fresh, sort: &str, limit: usize) -> Vec<Thing> {
    let mut query = format!("limit={limit}{sort}");
    let mut things = Vec::new();
    loop {
        let page = page(fresh, &query).await;
        things.extend(page.items.iter().cloned());
        let Some(next) = page.next else { return things };
        assert_eq!(page.items.len(), limit);
        query = format!("limit={limit}{sort}&cursor={next}");
    }
}

/// What the walk must give: nulls last in either direction, ties by id in the same direction.
fn expected(things: &[Thing], by: Sort, direction: Direction) -> Vec<Thing> {
    let mut sorted = things.to_vec();
    sorted.sort_by(|a, b| {
        let nulls = match by {
            Sort::Id | Sort::Rank => std::cmp::Ordering::Equal,
            Sort::Born => a.born.is_none().cmp(&b.born.is_none()),
            Sort::Title => a.title.is_none().cmp(&b.title.is_none()),
        };
        let keys = match by {
            Sort::Id => std::cmp::Ordering::Equal,
            Sort::Rank => a.rank.cmp(&b.rank),
            Sort::Born => a.born.cmp(&b.born),
            Sort::Title => a.title.cmp(&b.title),
        };
        let keys = keys.then(a.id.cmp(&b.id));
        nulls.then(if direction == Direction::Ascending {
            keys
        } else {
            keys.reverse()
        })
    });
    sorted
}

#[tokio::test]
async fn walks_give_each_row_once_in_order() {
    let fresh = fresh::database().await;
    // The collation is that of the bytes, as in the model above.
    let collation = if fresh::POSTGRES {
        "text collate \"C\""
    } else {
        "text"
    };
    fresh
        .run(&format!(
            "create table things (id {{uuid}} primary key, rank {{int}} not null, born {{timestamp}}, title {collation}) {{strict}}"
        ))
        .await;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (rows, limits) in [(0, [1, 2]), (1, [1, 2]), (7, [1, 3]), (60, [7, 20])] {
        let things: Vec<Thing> = (0..rows).map(|_| dice.thing()).collect();
        let mut unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
        sqlx::query("delete from things")
            .execute(unit.connection())
            .await
            .unwrap();
        for thing in &things {
            sqlx::query("insert into things (id, rank, born, title) values ($1, $2, $3, $4)")
                .bind(thing.id)
                .bind(thing.rank)
                .bind(thing.born)
                .bind(&thing.title)
                .execute(unit.connection())
                .await
                .unwrap();
        }
        done(unit).await;
        for limit in limits {
            assert_eq!(
                walk(&fresh, "", limit).await,
                expected(&things, Sort::Id, Direction::Ascending)
            );
            for (name, by, _) in SORTS {
                let up = walk(&fresh, &format!("&sort={name}"), limit).await;
                assert_eq!(
                    up,
                    expected(&things, *by, Direction::Ascending),
                    "{rows} rows by {name}, {limit} a page"
                );
                let down = walk(&fresh, &format!("&sort=-{name}"), limit).await;
                assert_eq!(
                    down,
                    expected(&things, *by, Direction::Descending),
                    "{rows} rows by -{name}, {limit} a page"
                );
            }
        }
    }
}
