//! Endpoints that delete rows.

use serde_json::Value;

use super::place::{Place, Placed};
use super::update::stale;
use crate::entity::Entity;
use crate::service::{Answer, Service};

#[derive(Debug)]
pub struct Delete {
    pub method: &'static str,
    pub place: Place,
    pub status: u16,
}

impl Delete {
    /// The row is gone, and then there is nothing to delete.
    pub async fn succeeds(&self, service: &Service) {
        let other = self.place.row(service).await;
        let found = self.place.row_under(service, other.parents, &[]).await;
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &found).await.is(self.status);
        assert_eq!(
            service.database.rows(self.place.entity).await,
            before[..before.len() - 1]
        );
        self.send(service, &found).await.problem(404, "not_found");
    }

    pub async fn finds_nothing_elsewhere(&self, service: &Service) {
        let mut found = self.place.row(service).await;
        for uri in self.place.nowhere(service).await {
            found.uri = uri;
            self.send(service, &found).await.problem(404, "not_found");
        }
    }

    /// Rows that refer to this one keep it.
    pub async fn refuses_while_referred_to(
        &self,
        service: &Service,
        by: &'static Entity,
        column: &'static str,
        code: &str,
    ) {
        let found = self.place.row(service).await;
        service.row(by, &[(column, found.row.id().clone())]).await;
        let before = service.database.rows(self.place.entity).await;
        self.send(service, &found).await.problem(409, code);
        assert_eq!(service.database.rows(self.place.entity).await, before);
    }

    /// Rows that refer to this one go with it.
    pub async fn takes_along(&self, service: &Service, by: &'static Entity, column: &'static str) {
        let found = self.place.row(service).await;
        let before = service.database.rows(by).await;
        service.row(by, &[(column, found.row.id().clone())]).await;
        self.send(service, &found).await.is(self.status);
        let after = service.database.rows(by).await;
        assert!(after.len() <= before.len(), "{} is still there", by.name);
    }

    /// Rows that refer to this one stay, and refer to nothing.
    pub async fn lets_go_of(&self, service: &Service, by: &'static Entity, column: &'static str) {
        let found = self.place.row(service).await;
        service.row(by, &[(column, found.row.id().clone())]).await;
        let before = service.database.rows(by).await;
        self.send(service, &found).await.is(self.status);
        let after = service.database.rows(by).await;
        let same = usize::from(by.table == self.place.entity.table);
        assert_eq!(after.len(), before.len() - same, "{} went along", by.name);
    }

    /// A write that names a version other than the current one is lost on nobody.
    pub async fn checks_the_version(&self, service: &Service) {
        let found = self.place.row(service).await;
        stale(service, self.method, &found, None).await;
        let unnamed = service.ask(self.method, &found.uri, &[], None).await;
        if unnamed.status != 428 {
            unnamed.is(self.status);
            return;
        }
        self.send(service, &found).await.is(self.status);
    }

    /// A write must name the version it is based on, or say that any will do.
    pub async fn needs_a_version(&self, service: &Service) {
        let found = self.place.row(service).await;
        let answer = service
            .ask(self.method, &found.uri, &[], None::<&Value>)
            .await;
        answer.problem(428, "version_required");
        let any = [("if-match", "*")];
        let answer = service.ask(self.method, &found.uri, &any, None).await;
        answer.is(self.status);
    }

    async fn send(&self, service: &Service, found: &Placed) -> Answer {
        let headers: &[(&str, &str)] = if self.place.entity.versioned() {
            &[("if-match", "\"1\"")]
        } else {
            &[]
        };
        service.ask(self.method, &found.uri, headers, None).await
    }
}
