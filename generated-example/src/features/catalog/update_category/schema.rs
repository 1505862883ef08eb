//! `PATCH /api/v1/categories/{slug}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Category;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let slug = form.path("slug");
        let expected = form.if_match();
        let name = form.patch("name", rule::text().min(1).max(80));
        let parent_id = form.patch_optional("parent_id", rule::any());
        let position = form.patch("position", rule::number().min(0).max(9999));
        form.finish(|| {
            Some(Self {
                slug: slug?,
                expected: expected?,
                name: name?,
                parent_id: parent_id?,
                position: position?,
            })
        })
    }
}

pub(super) fn respond(category: &Category) -> Reply {
    Reply::ok(&Data { data: category }).version(category.version)
}
