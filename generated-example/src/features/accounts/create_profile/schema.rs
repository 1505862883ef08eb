//! `POST /api/v1/profiles`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::accounts::model::Profile;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let customer_id = form.required("customer_id", rule::any());
        let nickname = form.required("nickname", rule::text().min(2).max(40));
        let website = form.optional("website", rule::url());
        let favourites = form.or(
            "favourites",
            rule::list(rule::text().max(80)).max_items(10),
            vec![],
        );
        form.finish(|| {
            Some(Self {
                customer_id: customer_id?,
                nickname: nickname?,
                website: website?,
                favourites: favourites?,
            })
        })
    }
}

pub(super) fn respond(profile: &Profile) -> Reply {
    Reply::created(
        format_args!("/api/v1/profiles/{}", profile.id),
        &Data { data: profile },
    )
    .version(profile.version)
}
