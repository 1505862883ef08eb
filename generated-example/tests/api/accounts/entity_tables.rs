//! The tables of accounts, and the rules of their columns.

use support::{
    Entity, boolean, date, email, field, int, list, object, optional, text, timestamp, to, url,
};

pub static CUSTOMER: Entity = Entity {
    name: "customer",
    table: "customers",
    serial: false,
    fields: &[
        field("subject", text(0, 200)).unique().write_once(),
        optional("email", email()).unique(),
        optional("name", text(1, 120)).trim(),
        optional("birthday", date()),
        field("newsletter", boolean()).default("false"),
        optional(
            "address",
            object(&[
                field("street", text(1, 120)),
                field("city", text(1, 80)),
                optional("postal_code", text(0, 12)),
                field(
                    "country",
                    text(0, 255).matching(
                        "^[A-Z]{2}$",
                        &[
                            "AA", "AB", "AC", "AD", "AE", "AF", "AG", "AH", "AI", "AJ", "AK", "AL",
                            "AM", "AN", "AO", "AP", "AQ", "AR", "AS", "AT", "AU", "AV", "AW", "AX",
                            "AY", "AZ", "BA", "BB", "BC", "BD", "BE", "BF", "BG", "BH", "BI", "BJ",
                            "BK", "BL", "BM", "BN",
                        ],
                    ),
                ),
            ]),
        ),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};

pub static PROFILE: Entity = Entity {
    name: "profile",
    table: "profiles",
    serial: false,
    fields: &[
        field("customer_id", to(&CUSTOMER)).unique().write_once(),
        field("nickname", text(2, 40)).unique(),
        optional("website", url()),
        field("favourites", list(&text(0, 80), 0, 10)).default("[]"),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};
