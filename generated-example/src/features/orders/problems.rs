//! The problems that orders answers with, beside those that any endpoint may.

use kernel::problem::Kind;

/// There is no such book
pub(super) const LINE_BOOK_MISSING: Kind = Kind {
    code: "line_book_missing",
    status: 409,
    title: "There is no such book",
};

/// This combination of order and book is taken
pub(super) const LINE_ORDER_BOOK_TAKEN: Kind = Kind {
    code: "line_order_book_taken",
    status: 409,
    title: "This combination of order and book is taken",
};

/// There is no such order
pub(super) const LINE_ORDER_MISSING: Kind = Kind {
    code: "line_order_missing",
    status: 409,
    title: "There is no such order",
};

/// This number is taken
pub(super) const ORDER_NUMBER_TAKEN: Kind = Kind {
    code: "order_number_taken",
    status: 409,
    title: "This number is taken",
};

/// The status of this order does not allow it
pub(super) const ORDER_STATUS_CONFLICT: Kind = Kind {
    code: "order_status_conflict",
    status: 409,
    title: "The status of this order does not allow it",
};
