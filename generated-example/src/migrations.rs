//! The files of `migrations/`, embedded.

use kernel::db::Migration;

pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "accounts",
        sql: include_str!("../migrations/0001_accounts.sql"),
    },
    Migration {
        version: 2,
        name: "catalog",
        sql: include_str!("../migrations/0002_catalog.sql"),
    },
    Migration {
        version: 3,
        name: "kernel",
        sql: include_str!("../migrations/0003_kernel.sql"),
    },
    Migration {
        version: 4,
        name: "orders",
        sql: include_str!("../migrations/0004_orders.sql"),
    },
];
