//! Where rows are found.

use serde_json::Value;

use crate::entity::{Entity, Parent};
use crate::seed::{Row, segment};
use crate::service::Service;

/// The path of an endpoint, and what its parameters stand for.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// With parameters: `/books/{slug}`.
    pub path: &'static str,
    pub entity: &'static Entity,
    /// The parameter that names the row, and its column; both empty where none does.
    pub key: (&'static str, &'static str),
    pub parents: &'static [Parent],
}

/// A row where the path finds it.
#[derive(Debug)]
pub struct Placed {
    pub row: Row,
    pub parents: Vec<Row>,
    pub uri: String,
}

impl Place {
    /// A row, its parents made first.
    pub async fn row(&self, service: &Service) -> Placed {
        let parents = self.parents(service).await;
        self.row_under(service, parents, &[]).await
    }

    /// A row under these parents.
    pub async fn row_under(
        &self,
        service: &Service,
        parents: Vec<Row>,
        given: &[(&'static str, Value)],
    ) -> Placed {
        let mut all = given.to_vec();
        let columns = self.parents.iter().map(|parent| parent.column);
        all.extend(columns.zip(parents.iter().map(|row| row.id().clone())));
        self.placed(service.row(self.entity, &all).await, parents)
    }

    pub(super) fn placed(&self, row: Row, parents: Vec<Row>) -> Placed {
        Placed {
            uri: self.uri(&parents, &row.segment(self.key_column())),
            row,
            parents,
        }
    }

    /// One row for each parent in the path.
    pub async fn parents(&self, service: &Service) -> Vec<Row> {
        let mut rows = Vec::new();
        for parent in self.parents {
            rows.push(service.row(parent.target, &[]).await);
        }
        rows
    }

    /// The path with its parameters filled in.
    #[must_use]
    pub fn uri(&self, parents: &[Row], key: &str) -> String {
        self.filled(self.path.to_owned(), parents, key)
    }

    pub(super) fn filled(&self, mut uri: String, parents: &[Row], key: &str) -> String {
        for (parent, row) in self.parents.iter().zip(parents) {
            uri = fill(&uri, parent.parameter, &row.segment(parent.key));
        }
        fill(&uri, self.key.0, key)
    }

    /// Paths at which nothing is: a key that no row has, one that none can have, and parents that are not the row's.
    pub async fn nowhere(&self, service: &Service) -> Vec<String> {
        let placed = self.row(service).await;
        let mut uris = Vec::new();
        if !self.key.0.is_empty() {
            let kind = self.entity.column(self.key.1).kind;
            uris.push(self.uri(&placed.parents, &segment(&kind.sample(700))));
            uris.push(self.uri(&placed.parents, "%F0%9F%93%96"));
        }
        for (at, parent) in self.parents.iter().enumerate() {
            let mut parents = placed.parents.clone();
            parents[at] = service.row(parent.target, &[]).await;
            if !self.key.0.is_empty() {
                uris.push(self.uri(&parents, &placed.row.segment(self.key.1)));
            }
            let missing = parent.target.column(parent.key).kind.sample(700);
            let path = fill(self.path, parent.parameter, &segment(&missing));
            uris.push(self.filled(
                path,
                &placed.parents,
                &placed.row.segment(self.key_column()),
            ));
        }
        uris
    }

    fn key_column(&self) -> &'static str {
        if self.key.1.is_empty() {
            "id"
        } else {
            self.key.1
        }
    }
}

/// Puts a value in the place of a parameter.
pub(super) fn fill(path: &str, parameter: &str, value: &str) -> String {
    path.replace(&format!("{{{parameter}}}"), value)
}
