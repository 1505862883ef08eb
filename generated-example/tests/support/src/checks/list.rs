//! Lists: orders, pages, searches; filters have a file of their own.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::filter::Filter;
use super::include::Include;
use super::place::Place;
use crate::seed::{Row, segment};
use crate::service::{Answer, Service};

#[derive(Debug)]
pub struct List {
    pub place: Place,
    /// The key of the rows; empty where the body is the array.
    pub many: &'static str,
    /// The key of the next page's cursor; empty where it is in the `Link` header.
    pub next: &'static str,
    /// The key of the count of all rows; `None` where they are not counted, empty where it is in a header.
    pub total: Option<&'static str>,
    pub filters: &'static [Filter],
    pub sort: &'static [Sort],
    /// Columns.
    pub search: &'static [&'static str],
    pub page: Page,
    pub include: &'static [Include],
}

/// What a list may be sorted by.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    pub column: &'static str,
    /// What `sort` calls it.
    pub word: &'static str,
    /// Whether no two rows of the list may have the same value.
    pub distinct: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Page {
    pub max: usize,
    /// By cursor; by offset otherwise.
    pub keyset: bool,
}

impl List {
    /// Every row as it is, in the order of ids.
    pub async fn succeeds(&self, service: &Service) {
        let rows = self.rows(service, 3).await;
        let answer = service
            .get(&format!("{}?limit={}", rows.uri, self.page.max))
            .await;
        let expected: Vec<_> = rows.all.iter().map(Row::json).collect();
        let entity = self.place.entity;
        let items: Vec<_> = self
            .items(&answer)
            .iter()
            .map(|row| entity.stored(row))
            .collect();
        assert_eq!(items, expected, "{answer:?}");
        self.counts(&answer, expected.len());
        assert_eq!(self.next(&answer), None, "{answer:?}");
    }

    /// Rows of other parents do not show, and what is under a parent that is not there is not found.
    pub async fn knows_its_parents(&self, service: &Service) {
        let rows = self.rows(service, 2).await;
        self.rows(service, 2).await;
        let answer = service.get(&rows.uri).await;
        assert_eq!(self.items(&answer).len(), rows.all.len(), "{answer:?}");
        let nowhere = Place {
            key: ("", ""),
            ..self.place
        };
        for uri in nowhere.nowhere(service).await {
            service.get(&uri).await.problem(404, "not_found");
        }
    }

    pub async fn refuses_strangers(&self, service: &Service) {
        let uri = self.rows(service, 1).await.uri;
        let answer = service.get(&format!("{uri}?unexpected=1")).await;
        answer.fault("unexpected", "unknown_parameter");
        let answer = service.get(&format!("{uri}?limit=1&limit=1")).await;
        answer.fault("limit", "duplicate_key");
    }

    /// Both ways, nulls last, ids where rows are equal; page by page as well.
    pub async fn sorts(&self, service: &Service, word: &str) {
        let rows = self.sorted_rows(service, word).await;
        for (prefix, expected) in [("", &rows.rising), ("-", &rows.falling)] {
            let answer = service
                .get(&format!(
                    "{}?sort={prefix}{word}&limit={}",
                    rows.uri, self.page.max
                ))
                .await;
            assert_eq!(&self.ids(&answer), expected, "{answer:?}");
            let walked = self
                .walk(service, &rows.uri, &format!("&sort={prefix}{word}"))
                .await;
            assert_eq!(&walked, expected, "by pages of {prefix}{word}");
        }
        let answer = service.get(&format!("{}?sort=unexpected", rows.uri)).await;
        answer.fault("sort", "not_in_enum");
    }

    /// Page by page, each row comes once, in its place.
    pub async fn pages(&self, service: &Service) {
        let rows = self.rows(service, 7).await;
        let ids: Vec<_> = rows.all.iter().map(|row| row.id().clone()).collect();
        assert_eq!(self.walk(service, &rows.uri, "").await, ids);
    }

    /// A page has so many rows unless the caller says otherwise.
    pub async fn begins_with(&self, service: &Service, default: usize) {
        let rows = self.rows(service, default + 1).await;
        let answer = service.get(&rows.uri).await;
        assert_eq!(self.items(&answer).len(), default, "{answer:?}");
        self.counts(&answer, rows.all.len());
    }

    /// The least and the most rows of a page, and cursors or offsets of something else.
    pub async fn refuses_other_pages(&self, service: &Service) {
        let uri = self.rows(service, 3).await.uri;
        service
            .get(&format!("{uri}?limit={}", self.page.max))
            .await
            .is(200);
        let answer = service
            .get(&format!("{uri}?limit={}", self.page.max + 1))
            .await;
        answer.fault("limit", "too_large");
        service
            .get(&format!("{uri}?limit=0"))
            .await
            .fault("limit", "too_small");
        service
            .get(&format!("{uri}?limit=many"))
            .await
            .fault("limit", "type");
        if !self.page.keyset {
            service
                .get(&format!("{uri}?offset=-1"))
                .await
                .fault("offset", "too_small");
            let answer = service.get(&format!("{uri}?offset=1000000")).await;
            assert_eq!(self.items(&answer).len(), 0, "{answer:?}");
            return;
        }
        service
            .get(&format!("{uri}?cursor=unexpected"))
            .await
            .fault("cursor", "cursor");
        let page = service.get(&format!("{uri}?limit=1")).await;
        if let (Some(cursor), [Sort { word, .. }, ..]) = (self.next(&page), self.sort) {
            let answer = service
                .get(&format!("{uri}?sort={word}&cursor={cursor}"))
                .await;
            answer.fault("cursor", "cursor");
        }
    }

    /// A part of the text finds it, whatever the case; wildcards are letters like others.
    pub async fn searches(&self, service: &Service, column: &'static str) {
        let parents = self.place.parents(service).await;
        let uri = self.place.uri(&parents, "");
        let field = self.place.entity.column(column);
        let mut rows = Vec::new();
        for n in 0..3 {
            // Other columns that are searched must not hold the text too.
            let others = self
                .search
                .iter()
                .map(|other| (*other, self.place.entity.column(other).sample(n + 20)));
            let mut given: Vec<_> = others.filter(|(other, _)| *other != column).collect();
            given.push((column, field.sample(n)));
            rows.push(
                self.place
                    .row_under(service, parents.clone(), &given)
                    .await
                    .row,
            );
        }
        let text = field.sample(1).as_str().unwrap_or_default().to_owned();
        let found = [rows[1].id()];
        for q in [text.clone(), text.to_uppercase(), format!(" {text} ")] {
            let q = segment(&json!(q));
            self.finds(service, &uri, &format!("q={q}"), found.into_iter())
                .await;
        }
        for wild in ["%", "_%_%_", "\\"] {
            let q = segment(&json!(wild));
            self.finds(service, &uri, &format!("q={q}"), std::iter::empty())
                .await;
        }
        let answer = service.get(&format!("{uri}?q={}", "a".repeat(201))).await;
        answer.fault("q", "too_long");
    }

    /// What is asked for is embedded in each row.
    pub async fn embeds(&self, service: &Service) {
        for include in self.include {
            let (found, embedded) = include.example(service, &self.place).await;
            let uri = self.place.uri(&found.parents, "");
            let answer = service
                .get(&format!(
                    "{uri}?limit={}&include={}",
                    self.page.max, include.name
                ))
                .await;
            let items = self.items(&answer);
            let row = items.iter().find(|item| &item["id"] == found.row.id());
            assert_eq!(
                row.map(|row| include.shown(row)),
                Some(embedded),
                "{answer:?}"
            );
            assert!(
                items.iter().all(|item| item.get(include.name).is_some()),
                "{answer:?}"
            );
            let plain = service.get(&format!("{uri}?limit={}", self.page.max)).await;
            let absent = self
                .items(&plain)
                .iter()
                .all(|item| item.get(include.name).is_none());
            assert!(absent, "{plain:?}");
        }
        let parents = self.place.parents(service).await;
        let answer = service
            .get(&format!(
                "{}?include=unexpected",
                self.place.uri(&parents, "")
            ))
            .await;
        answer.fault("include", "not_in_enum");
    }

    /// Rows under the same parents.
    async fn rows(&self, service: &Service, count: usize) -> Rows {
        let parents = self.place.parents(service).await;
        let mut all = Vec::new();
        for _ in 0..count.min(self.place.entity.room()) {
            all.push(
                self.place
                    .row_under(service, parents.clone(), &[])
                    .await
                    .row,
            );
        }
        Rows {
            uri: self.place.uri(&parents, ""),
            all,
        }
    }

    /// Two rows of each of three values, and two of null, made in another order than they are to come in.
    async fn sorted_rows(&self, service: &Service, word: &str) -> Sorted {
        let sort = self.sort.iter().find(|sort| sort.word == word);
        let sort = sort.expect("a word of `sort`");
        let field = self.place.entity.column(sort.column);
        let parents = self.place.parents(service).await;
        let values = field.variety().min(3);
        let first = service.first_of(self.place.entity, &field, values);
        let copies = if sort.distinct { 1 } else { 2 };
        let mut places: Vec<Option<usize>> = (0..values).rev().map(Some).collect();
        // A check may want a value here.
        if field.optional && !field.is_checked() {
            places.insert(1.min(values), None);
        }
        let mut rows: Vec<(Option<usize>, Value)> = Vec::new();
        for _ in 0..copies {
            for at in &places {
                let value = at.map_or(Value::Null, |at| field.sample(first + at));
                let given = [(field.column, value)];
                let row = self
                    .place
                    .row_under(service, parents.clone(), &given)
                    .await
                    .row;
                rows.push((*at, row.id().clone()));
            }
        }
        // Ids rise as rows are made, so that a stable order is one by id too.
        let nulls = |(at, _): &(Option<usize>, Value)| at.is_none();
        let ids = |rows: &[(Option<usize>, Value)]| rows.iter().map(|(_, id)| id.clone()).collect();
        let mut rising = rows.clone();
        rising.sort_by_key(|row| (nulls(row), row.0));
        let mut falling: Vec<_> = rows.into_iter().rev().collect();
        falling.sort_by_key(|row| (nulls(row), std::cmp::Reverse(row.0)));
        Sorted {
            uri: self.place.uri(&parents, ""),
            rising: ids(&rising),
            falling: ids(&falling),
        }
    }

    /// The ids of all pages of two rows.
    async fn walk(&self, service: &Service, uri: &str, sort: &str) -> Vec<Value> {
        self.walk_with(service, uri, sort, &[]).await
    }

    pub(super) async fn walk_with(
        &self,
        service: &Service,
        uri: &str,
        sort: &str,
        headers: &[(&str, &str)],
    ) -> Vec<Value> {
        let mut seen = Vec::new();
        let mut next = format!("{uri}?limit=2{sort}");
        for _ in 0..100 {
            let answer = service.ask("GET", &next, headers, None).await;
            let ids = self.ids(&answer);
            let ends = ids.len() < 2;
            seen.extend(ids);
            next = match self.next(&answer) {
                Some(cursor) => format!("{uri}?limit=2{sort}&cursor={cursor}"),
                None if self.page.keyset || ends => return seen,
                None => format!("{uri}?limit=2{sort}&offset={}", seen.len()),
            };
        }
        panic!("{uri} has no last page");
    }

    /// Asserts that a query finds exactly these rows.
    pub(super) async fn finds<'i>(
        &self,
        service: &Service,
        uri: &str,
        query: &str,
        expected: impl Iterator<Item = &'i Value>,
    ) {
        let answer = service
            .get(&format!("{uri}?{query}&limit={}", self.page.max))
            .await;
        let expected: BTreeSet<_> = expected.map(Value::to_string).collect();
        let found = self.ids(&answer);
        let set: BTreeSet<_> = found.iter().map(Value::to_string).collect();
        assert_eq!((set.len(), &set), (found.len(), &expected), "{answer:?}");
        self.counts(&answer, expected.len());
    }

    pub(super) fn items<'a>(&self, answer: &'a Answer) -> &'a [Value] {
        let items = answer.is(200).under(self.many).as_array();
        items.unwrap_or_else(|| panic!("no list: {answer:?}"))
    }

    pub(super) fn ids(&self, answer: &Answer) -> Vec<Value> {
        self.items(answer)
            .iter()
            .map(|item| item["id"].clone())
            .collect()
    }

    pub(super) fn counts(&self, answer: &Answer, expected: usize) {
        let count = match self.total {
            None => return,
            Some("") => answer.header("x-total-count").map(str::to_owned),
            Some(key) => Some(answer.under(key).to_string()),
        };
        assert_eq!(count, Some(expected.to_string()), "{answer:?}");
    }

    /// The cursor of the page that follows.
    fn next(&self, answer: &Answer) -> Option<String> {
        if !self.page.keyset {
            return None;
        }
        if !self.next.is_empty() {
            return answer.under(self.next).as_str().map(str::to_owned);
        }
        let link = answer.header("link")?;
        let cursor = link.split_once("cursor=").map(|(_, rest)| rest);
        let cursor = cursor.unwrap_or_else(|| panic!("no cursor in {link}"));
        let end = cursor.find(['&', '>']).unwrap_or(cursor.len());
        Some(cursor[..end].to_owned())
    }
}

struct Rows {
    uri: String,
    all: Vec<Row>,
}

struct Sorted {
    uri: String,
    rising: Vec<Value>,
    falling: Vec<Value>,
}
