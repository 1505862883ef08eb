//! The problems that any endpoint may answer with; those of a feature are stated by the feature.

use super::Kind;

/// The request cannot be read: bad syntax, a malformed or repeated header, a bad percent-encoding.
pub const MALFORMED: Kind = Kind {
    code: "malformed",
    status: 400,
    title: "The request cannot be read",
};

/// The caller did not show who they are, or not so that it can be believed.
pub const UNAUTHENTICATED: Kind = Kind {
    code: "unauthenticated",
    status: 401,
    title: "This needs a valid token",
};

/// The caller is known, and may not do this.
pub const FORBIDDEN: Kind = Kind {
    code: "forbidden",
    status: 403,
    title: "You may not do this",
};

/// Nothing is there, or nothing that the caller may see.
pub const NOT_FOUND: Kind = Kind {
    code: "not_found",
    status: 404,
    title: "There is nothing here",
};

/// The path exists, with other methods.
pub const METHOD_NOT_ALLOWED: Kind = Kind {
    code: "method_not_allowed",
    status: 405,
    title: "This method is not allowed here",
};

/// The body did not arrive in time.
pub const REQUEST_TIMEOUT: Kind = Kind {
    code: "request_timeout",
    status: 408,
    title: "The request took too long to arrive",
};

/// The row changed since the caller read it.
pub const STALE_VERSION: Kind = Kind {
    code: "stale_version",
    status: 412,
    title: "This version is not the current one",
};

/// A write that must name the version it is based on does not.
pub const VERSION_REQUIRED: Kind = Kind {
    code: "version_required",
    status: 428,
    title: "This needs an If-Match header",
};

/// The body is larger than the endpoint takes.
pub const BODY_TOO_LARGE: Kind = Kind {
    code: "body_too_large",
    status: 413,
    title: "The body is too large",
};

/// The path and query are longer than the service reads.
pub const URI_TOO_LONG: Kind = Kind {
    code: "uri_too_long",
    status: 414,
    title: "The address is too long",
};

/// The body is not `application/json`.
pub const UNSUPPORTED_MEDIA_TYPE: Kind = Kind {
    code: "unsupported_media_type",
    status: 415,
    title: "The body must be application/json",
};

/// The request was read and breaks rules; `errors` names each.
pub const VALIDATION_FAILED: Kind = Kind {
    code: "validation_failed",
    status: 422,
    title: "The request breaks the rules",
};

/// A fault of the service; the logs hold the cause under the request's id.
pub const INTERNAL: Kind = Kind {
    code: "internal",
    status: 500,
    title: "Something went wrong on our side",
};

/// The logic of this endpoint is not written yet.
pub const NOT_IMPLEMENTED: Kind = Kind {
    code: "not_implemented",
    status: 501,
    title: "This is not implemented yet",
};

/// More requests are under way than the service takes on, or it cannot reach what it needs.
pub const UNAVAILABLE: Kind = Kind {
    code: "unavailable",
    status: 503,
    title: "The service cannot take this on right now",
};

/// The answer was not ready in time; a write may still complete.
pub const TIMEOUT: Kind = Kind {
    code: "timeout",
    status: 503,
    title: "The answer was not ready in time",
};
