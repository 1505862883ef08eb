//! The problems that accounts answers with, beside those that any endpoint may.

use kernel::problem::Kind;

/// This email is taken
pub(super) const CUSTOMER_EMAIL_TAKEN: Kind = Kind {
    code: "customer_email_taken",
    status: 409,
    title: "This email is taken",
};

/// Other rows still refer to this customer
pub(super) const CUSTOMER_STILL_REFERENCED: Kind = Kind {
    code: "customer_still_referenced",
    status: 409,
    title: "Other rows still refer to this customer",
};

/// This subject is taken
pub(super) const CUSTOMER_SUBJECT_TAKEN: Kind = Kind {
    code: "customer_subject_taken",
    status: 409,
    title: "This subject is taken",
};

/// There is no such customer
pub(super) const PROFILE_CUSTOMER_MISSING: Kind = Kind {
    code: "profile_customer_missing",
    status: 409,
    title: "There is no such customer",
};

/// This customer is taken
pub(super) const PROFILE_CUSTOMER_TAKEN: Kind = Kind {
    code: "profile_customer_taken",
    status: 409,
    title: "This customer is taken",
};

/// This nickname is taken
pub(super) const PROFILE_NICKNAME_TAKEN: Kind = Kind {
    code: "profile_nickname_taken",
    status: 409,
    title: "This nickname is taken",
};
