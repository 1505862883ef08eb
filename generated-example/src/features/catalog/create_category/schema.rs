//! `POST /api/v1/categories`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Category;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let name = form.required("name", rule::text().min(1).max(80));
        let parent_id = form.optional("parent_id", rule::any());
        let position = form.or("position", rule::number().min(0).max(9999), 0);
        form.finish(|| {
            Some(Self {
                name: name?,
                parent_id: parent_id?,
                position: position?,
            })
        })
    }
}

pub(super) fn respond(category: &Category) -> Reply {
    Reply::created(
        format_args!("/api/v1/categories/{}", category.slug),
        &Data { data: category },
    )
    .version(category.version)
}
