//! The problems that catalog answers with, beside those that any endpoint may.

use kernel::problem::Kind;

/// Other rows still refer to this author
pub(super) const AUTHOR_STILL_REFERENCED: Kind = Kind {
    code: "author_still_referenced",
    status: 409,
    title: "Other rows still refer to this author",
};

/// There is no such author
pub(super) const BOOK_AUTHOR_MISSING: Kind = Kind {
    code: "book_author_missing",
    status: 409,
    title: "There is no such author",
};

/// This combination of author and title is taken
pub(super) const BOOK_AUTHOR_TITLE_TAKEN: Kind = Kind {
    code: "book_author_title_taken",
    status: 409,
    title: "This combination of author and title is taken",
};

/// There is no such category
pub(super) const BOOK_CATEGORY_MISSING: Kind = Kind {
    code: "book_category_missing",
    status: 409,
    title: "There is no such category",
};

/// This isbn is taken
pub(super) const BOOK_ISBN_TAKEN: Kind = Kind {
    code: "book_isbn_taken",
    status: 409,
    title: "This isbn is taken",
};

/// Other rows still refer to this book
pub(super) const BOOK_STILL_REFERENCED: Kind = Kind {
    code: "book_still_referenced",
    status: 409,
    title: "Other rows still refer to this book",
};

/// There is no such category
pub(super) const CATEGORY_PARENT_MISSING: Kind = Kind {
    code: "category_parent_missing",
    status: 409,
    title: "There is no such category",
};

/// Other rows still refer to this category
pub(super) const CATEGORY_STILL_REFERENCED: Kind = Kind {
    code: "category_still_referenced",
    status: 409,
    title: "Other rows still refer to this category",
};

/// This combination of book and author is taken
pub(super) const REVIEW_BOOK_AUTHOR_TAKEN: Kind = Kind {
    code: "review_book_author_taken",
    status: 409,
    title: "This combination of book and author is taken",
};

/// This name is taken
pub(super) const TAG_NAME_TAKEN: Kind = Kind {
    code: "tag_name_taken",
    status: 409,
    title: "This name is taken",
};

/// The warehouse is full
pub(super) const WAREHOUSE_FULL: Kind = Kind {
    code: "warehouse_full",
    status: 409,
    title: "The warehouse is full",
};
