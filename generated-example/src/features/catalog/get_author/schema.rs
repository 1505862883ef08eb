//! `GET /api/v1/authors/{id}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::{AuthorInclude, AuthorView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let id = query.path("id");
        let include = query.include(["books"]);
        query.finish(|| {
            let [with_books] = include?;
            Some(Self {
                id: id?,
                include: AuthorInclude { books: with_books },
            })
        })
    }
}

pub(super) fn respond(author: &AuthorView) -> Reply {
    Reply::ok(&Data { data: author }).version(author.version())
}
