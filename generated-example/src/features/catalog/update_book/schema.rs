//! `PATCH /api/v1/books/{slug}`: what enters and leaves.

use kernel::decode::{Form, Invalid, Pattern, rule};
use kernel::http::{Data, Reply};
use kernel::types::Refused;

use super::super::Command;
use crate::features::catalog::model::{Book, Format};
use crate::features::catalog::wire;

static ISBN: Pattern = Pattern::new("^97[89][0-9]{10}$");

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let slug = form.path("slug");
        let expected = form.if_match();
        let isbn = form.patch("isbn", rule::text().max(255).pattern(&ISBN));
        let title = form.patch("title", rule::text().min(1).max(200));
        let author_id = form.patch("author_id", rule::any());
        let category_id = form.patch_optional("category_id", rule::any());
        let format = form.patch::<Format>("format", rule::any());
        let price = form.patch("price", rule::decimal(10).min("0.00"));
        let published = form.patch_optional("published", rule::any());
        let size = form.patch_optional("size", wire::dimensions);
        let blurb = form.patch_optional("blurb", rule::text().max(4000).trim().empty_as_null());
        let tags = form.patch(
            "tags",
            rule::list(rule::text().min(1).max(40)).max_items(10_000),
        );
        if let (Some(Some(price)), Some(Some(format))) = (&price, &format)
            && price.units() <= 0
            && *format != Format::Ebook
        {
            form.refuse::<()>(
                "price",
                Refused::new(
                    "check",
                    "must meet only_ebooks_are_free: price > 0 || format == \"ebook\"",
                ),
            );
        }
        form.finish(|| {
            Some(Self {
                slug: slug?,
                expected: expected?,
                isbn: isbn?,
                title: title?,
                author_id: author_id?,
                category_id: category_id?,
                format: format?,
                price: price?,
                published: published?,
                size: size?,
                blurb: blurb?,
                tags: tags?,
            })
        })
    }
}

pub(super) fn respond(book: &Book) -> Reply {
    Reply::ok(&Data { data: book }).state(book.version)
}
