//! `PATCH /api/v1/profiles/{id}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::accounts::model::Profile;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let id = form.path("id");
        let expected = form.if_match();
        let nickname = form.patch("nickname", rule::text().min(2).max(40));
        let website = form.patch_optional("website", rule::url());
        let favourites = form.patch("favourites", rule::list(rule::text().max(80)).max_items(10));
        form.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
                nickname: nickname?,
                website: website?,
                favourites: favourites?,
            })
        })
    }
}

pub(super) fn respond(profile: &Profile) -> Reply {
    Reply::ok(&Data { data: profile }).version(profile.version)
}
