//! The tables of catalog, and the rules of their columns.

use support::{
    Entity, Many, choice, date, decimal, field, int, list, object, optional, slug, text, timestamp,
    to,
};

pub static AUTHOR: Entity = Entity {
    name: "author",
    table: "authors",
    serial: false,
    fields: &[
        field("name", text(1, 120)).trim(),
        optional("born", date()),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};

pub static CATEGORY: Entity = Entity {
    name: "category",
    table: "categories",
    serial: false,
    fields: &[
        field("name", text(1, 80)),
        field("slug", slug()).unique().read_only(),
        optional("parent_id", to(&CATEGORY)),
        field("position", int(0, 9999)).default("0"),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};

pub static BOOK: Entity = Entity {
    name: "book",
    table: "books",
    serial: false,
    fields: &[
        field(
            "isbn",
            text(0, 255).matching(
                "^97[89][0-9]{10}$",
                &[
                    "9780000000000",
                    "9780000000001",
                    "9780000000002",
                    "9780000000003",
                    "9780000000004",
                    "9780000000005",
                    "9780000000006",
                    "9780000000007",
                    "9780000000008",
                    "9780000000009",
                    "9780000000010",
                    "9780000000011",
                    "9780000000012",
                    "9780000000013",
                    "9780000000014",
                    "9780000000015",
                    "9780000000016",
                    "9780000000017",
                    "9780000000018",
                    "9780000000019",
                    "9780000000020",
                    "9780000000021",
                    "9780000000022",
                    "9780000000023",
                    "9780000000024",
                    "9780000000025",
                    "9780000000026",
                    "9780000000027",
                    "9780000000028",
                    "9780000000029",
                    "9780000000030",
                    "9780000000031",
                    "9780000000032",
                    "9780000000033",
                    "9780000000034",
                    "9780000000035",
                    "9780000000036",
                    "9780000000037",
                    "9780000000038",
                    "9780000000039",
                ],
            ),
        )
        .unique(),
        field("title", text(1, 200)),
        field("slug", slug()).unique().read_only(),
        field("author_id", to(&AUTHOR)),
        optional("category_id", to(&CATEGORY)),
        field("format", choice(&["ebook", "hardcover", "paperback"])).among(&[
            "\"ebook\"",
            "\"hardcover\"",
            "\"paperback\"",
        ]),
        field("price", decimal(10, 2, 0, 9999999999)).among(&[
            "\"0.01\"",
            "\"12.02\"",
            "\"12.03\"",
            "\"12.04\"",
            "\"12.05\"",
            "\"12.06\"",
            "\"12.07\"",
            "\"99999999.99\"",
        ]),
        field("stock", int(0, 9007199254740991))
            .default("0")
            .read_only(),
        optional("published", date()),
        optional(
            "size",
            object(&[
                field("width_mm", int(1, 2000)),
                field("height_mm", int(1, 2000)),
                field("weight_g", int(1, 50000)),
            ]),
        ),
        optional("blurb", text(0, 4000)).trim().empty_as_null(),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[Many {
        key: "tags",
        target: &TAG,
        by: "name",
        create: true,
    }],
    computed: &["review_count"],
};

pub static REVIEW: Entity = Entity {
    name: "review",
    table: "reviews",
    serial: false,
    fields: &[
        field("book_id", to(&BOOK)).write_once(),
        field("author_id", to(&crate::accounts::entity_tables::CUSTOMER))
            .read_only()
            .owner(),
        field("stars", int(1, 5)),
        optional("text", text(0, 2000)).trim().empty_as_null(),
        field("quotes", list(&text(0, 200), 0, 5)).default("[]"),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};

pub static TAG: Entity = Entity {
    name: "tag",
    table: "tags",
    serial: false,
    fields: &[
        field("name", text(1, 40)).unique(),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};
