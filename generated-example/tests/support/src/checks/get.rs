//! Endpoints that answer with one row.

use super::include::Include;
use super::place::Place;
use crate::service::Service;

#[derive(Debug)]
pub struct Get {
    pub place: Place,
    /// The key of the row in the answer; empty where the body is the row.
    pub one: &'static str,
    pub include: &'static [Include],
}

impl Get {
    /// Every column, and nothing beside it.
    pub async fn succeeds(&self, service: &Service) {
        let other = self.place.row(service).await;
        let found = self.place.row_under(service, other.parents, &[]).await;
        let answer = service.get(&found.uri).await;
        assert_eq!(
            self.place.entity.stored(answer.is(200).under(self.one)),
            found.row.json(),
            "{answer:?}"
        );
    }

    /// What the client holds already is not sent again.
    pub async fn spares_what_is_known(&self, service: &Service) {
        let found = self.place.row(service).await;
        let answer = service.get(&found.uri).await;
        let tag = answer.header("etag");
        assert!(self.place.entity.is_tag(tag, 1), "{answer:?}");
        let tag = tag.unwrap_or_default();
        let weak = format!("W/{tag}");
        for (known, status) in [(tag, 304), (&weak, 304), ("\"2\"", 200)] {
            let headers = [("if-none-match", known)];
            service
                .ask("GET", &found.uri, &headers, None)
                .await
                .is(status);
        }
    }

    pub async fn finds_nothing_elsewhere(&self, service: &Service) {
        for uri in self.place.nowhere(service).await {
            service.get(&uri).await.problem(404, "not_found");
        }
    }

    pub async fn refuses_strangers(&self, service: &Service) {
        let found = self.place.row(service).await;
        let answer = service.get(&format!("{}?unexpected=1", found.uri)).await;
        answer.fault("unexpected", "unknown_parameter");
    }

    /// What is asked for is embedded, and nothing else.
    pub async fn embeds(&self, service: &Service) {
        for include in self.include {
            let (found, embedded) = include.example(service, &self.place).await;
            let answer = service
                .get(&format!("{}?include={}", found.uri, include.name))
                .await;
            let row = answer.is(200).under(self.one);
            assert_eq!(include.shown(row), embedded, "{}: {answer:?}", include.name);
            let absent = self
                .include
                .iter()
                .filter(|other| other.name != include.name);
            for other in absent {
                assert!(row.get(other.name).is_none(), "{}: {answer:?}", other.name);
            }
            let empty = self.place.row(service).await;
            let answer = service
                .get(&format!("{}?include={}", empty.uri, include.name))
                .await;
            if let Some(nothing) = include.nothing(&empty.row) {
                assert_eq!(
                    answer.is(200).under(self.one)[include.name],
                    nothing,
                    "{answer:?}"
                );
            }
        }
        let found = self.place.row(service).await;
        let names: Vec<_> = self.include.iter().map(|include| include.name).collect();
        let all = service
            .get(&format!("{}?include={}", found.uri, names.join(",")))
            .await;
        for name in names {
            assert!(
                all.is(200).under(self.one).get(name).is_some(),
                "{name}: {all:?}"
            );
        }
        let answer = service
            .get(&format!("{}?include=unexpected", found.uri))
            .await;
        answer.fault("include", "not_in_enum");
    }
}
