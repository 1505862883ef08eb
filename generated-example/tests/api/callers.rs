//! Who calls in these tests.

use support::{Callers, Rows};

pub static CALLERS: Callers = Callers {
    roles: &["support", "admin"],
    rows: Some(Rows {
        entity: &crate::accounts::entity_tables::CUSTOMER,
        by: "subject",
        find: bookshop::find_caller,
        make: Some(bookshop::make_caller),
    }),
};
