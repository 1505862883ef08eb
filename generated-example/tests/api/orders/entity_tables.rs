//! The tables of orders, and the rules of their columns.

use support::{Entity, choice, decimal, field, int, object, optional, text, timestamp, to};

pub static ORDER: Entity = Entity {
    name: "order",
    table: "orders",
    serial: false,
    fields: &[
        field(
            "number",
            text(0, 255).matching(
                "^[A-Z]{2}-[0-9]{6}$",
                &[
                    "AA-000000",
                    "AA-000001",
                    "AA-000002",
                    "AA-000003",
                    "AA-000004",
                    "AA-000005",
                    "AA-000006",
                    "AA-000007",
                    "AA-000008",
                    "AA-000009",
                    "AA-000010",
                    "AA-000011",
                    "AA-000012",
                    "AA-000013",
                    "AA-000014",
                    "AA-000015",
                    "AA-000016",
                    "AA-000017",
                    "AA-000018",
                    "AA-000019",
                    "AA-000020",
                    "AA-000021",
                    "AA-000022",
                    "AA-000023",
                    "AA-000024",
                    "AA-000025",
                    "AA-000026",
                    "AA-000027",
                    "AA-000028",
                    "AA-000029",
                    "AA-000030",
                    "AA-000031",
                    "AA-000032",
                    "AA-000033",
                    "AA-000034",
                    "AA-000035",
                    "AA-000036",
                    "AA-000037",
                    "AA-000038",
                    "AA-000039",
                ],
            ),
        )
        .unique()
        .write_once(),
        field("customer_id", to(&crate::accounts::entity_tables::CUSTOMER))
            .read_only()
            .owner(),
        field(
            "status",
            choice(&["cancelled", "draft", "paid", "placed", "shipped"]),
        )
        .default("\"draft\"")
        .read_only(),
        optional(
            "shipping",
            object(&[
                field("name", text(1, 120)),
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
        optional("note", text(0, 500)).trim().empty_as_null(),
        field("total", decimal(18, 2, 0, 999999999999999999))
            .default("\"0.00\"")
            .read_only(),
        field("created_at", timestamp()).read_only(),
        field("updated_at", timestamp()).read_only(),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};

pub static LINE: Entity = Entity {
    name: "line",
    table: "lines",
    serial: false,
    fields: &[
        field("order_id", to(&ORDER)).write_once(),
        field("book_id", to(&crate::catalog::entity_tables::BOOK)).write_once(),
        field("quantity", int(1, 999)).default("1"),
        field("unit_price", decimal(18, 2, 0, 999999999999999999)),
        field("version", int(1, 9007199254740991)).read_only(),
    ],
    many: &[],
    computed: &[],
};
