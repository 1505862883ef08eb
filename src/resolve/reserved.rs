//! Words that mean something to Rust, SQL, file systems, HTTP or the generated code itself.
//!
//! A word is refused only where no way of writing it is safe. Rust keywords that may be raw (`r#type`) are accepted, and
//! so are SQL words, which `schema` quotes.

/// Cannot be written even as `r#...`.
const NEVER_RAW: [&str; 5] = ["_", "crate", "self", "super", "Self"];

/// Rust 2024, strict and reserved, without those of [`NEVER_RAW`]; sorted.
const RUST: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// PostgreSQL gives these to every table, quoted or not.
const SYSTEM_COLUMNS: [&str; 6] = ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"];

/// Windows opens a device, whatever the extension.
const DEVICES: [&str; 6] = ["aux", "con", "conin", "conout", "nul", "prn"];

/// Packages that a service depends on or that Cargo keeps for itself.
const PACKAGES: [&str; 35] = [
    "alloc",
    "anyhow",
    "axum",
    "base64",
    "bench",
    "build",
    "bytes",
    "chrono",
    "core",
    "deadpool",
    "deps",
    "examples",
    "http",
    "hyper",
    "incremental",
    "kernel",
    "metrics",
    "proc_macro",
    "rand",
    "regex",
    "rust_decimal",
    "serde",
    "serde_json",
    "sqlx",
    "std",
    "support",
    "target",
    "test",
    "tests",
    "tokio",
    "toml",
    "tower",
    "tower_http",
    "tracing",
    "uuid",
];

/// Type names that the generated code of a slice or the standard library's prelude uses without a path.
const TYPES: [&str; 87] = [
    "Access",
    "App",
    "BTreeMap",
    "BTreeSet",
    "BigInt",
    "Box",
    "Bytes",
    "Call",
    "Caller",
    "Clone",
    "Command",
    "Connection",
    "Context",
    "Contract",
    "Copy",
    "Cursor",
    "Data",
    "Date",
    "Db",
    "Debug",
    "Decimal",
    "Default",
    "Deserialize",
    "Drop",
    "Duration",
    "Eq",
    "Err",
    "Error",
    "Failure",
    "Fake",
    "Filter",
    "Fn",
    "FnMut",
    "FnOnce",
    "Form",
    "From",
    "FromRow",
    "Future",
    "Hash",
    "Id",
    "Include",
    "Into",
    "Invalid",
    "Iterator",
    "Json",
    "KeyType",
    "LazyLock",
    "Method",
    "None",
    "OffsetRequest",
    "Ok",
    "Operators",
    "Option",
    "Ord",
    "Outcome",
    "Page",
    "PageRequest",
    "Patch",
    "Pattern",
    "Problem",
    "Query",
    "QueryBuilder",
    "Reply",
    "Result",
    "Router",
    "Row",
    "Rows",
    "Rule",
    "Scalar",
    "Self",
    "Send",
    "Serial",
    "Serialize",
    "Services",
    "Some",
    "Sort",
    "Store",
    "String",
    "Sync",
    "Time",
    "Timestamp",
    "ToString",
    "TryFrom",
    "Unit",
    "UnitOfWork",
    "Uuid",
    "Vec",
];

/// Files and modules beside the endpoints of a feature.
const IN_FEATURE: [&str; 7] = [
    "callers", "mod", "model", "problems", "query", "tenants", "wire",
];

/// Query parameters with a meaning of their own on lists.
pub(super) const PARAMETERS: [&str; 7] =
    ["sort", "cursor", "limit", "offset", "include", "view", "q"];

/// Codes of problems that the service states itself, and the variants that an endpoint's `Error` has by itself; sorted.
const PROBLEMS: [&str; 24] = [
    "bad_request",
    "body_too_large",
    "caller_gone",
    "forbidden",
    "internal",
    "malformed",
    "method_not_allowed",
    "not_found",
    "not_implemented",
    "rate_limited",
    "request_timeout",
    "stale",
    "stale_version",
    "still_referenced",
    "tenant_gone",
    "timeout",
    "unauthenticated",
    "unauthorized",
    "unavailable",
    "unsupported_media_type",
    "unwritten",
    "uri_too_long",
    "validation_failed",
    "version_required",
];

/// Whether the word needs `r#` as a Rust name.
pub fn is_rust_keyword(word: &str) -> bool {
    RUST.binary_search(&word).is_ok()
}

/// Whether no Rust name can be made of the word as it is.
pub(super) fn is_never_raw(word: &str) -> bool {
    NEVER_RAW.contains(&word)
}

pub(super) fn is_system_column(word: &str) -> bool {
    SYSTEM_COLUMNS.contains(&word)
}

/// In any letter case.
pub(super) fn is_device(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let numbered = |prefix: &str| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    DEVICES.contains(&word.as_str()) || numbered("com") || numbered("lpt")
}

pub(super) fn is_package(word: &str) -> bool {
    PACKAGES.binary_search(&word).is_ok()
}

pub(super) fn is_generated_type(word: &str) -> bool {
    TYPES.binary_search(&word).is_ok()
}

pub(super) fn is_beside_endpoints(word: &str) -> bool {
    IN_FEATURE.contains(&word)
}

pub(super) fn is_problem(code: &str) -> bool {
    PROBLEMS.binary_search(&code).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_for_the_search() {
        for table in [&RUST[..], &PACKAGES, &TYPES, &PROBLEMS] {
            assert!(table.windows(2).all(|pair| pair[0] < pair[1]), "{table:?}");
        }
    }

    /// The list of keywords is checked against a parser that has its own.
    #[test]
    fn keywords_are_those_of_syn() {
        for word in RUST {
            assert!(
                syn::parse_str::<syn::Ident>(word).is_err() || ["gen"].contains(&word),
                "{word}"
            );
            assert!(
                syn::parse_str::<syn::Ident>(&format!("r#{word}")).is_ok(),
                "{word}"
            );
        }
        for word in NEVER_RAW {
            assert!(
                syn::parse_str::<syn::Ident>(&format!("r#{word}")).is_err(),
                "{word}"
            );
        }
    }

    #[test]
    fn devices_in_any_case() {
        for word in ["con", "CON", "Aux", "com1", "LPT9"] {
            assert!(is_device(word), "{word}");
        }
        for word in ["com", "com10", "console", "nulls"] {
            assert!(!is_device(word), "{word}");
        }
    }
}
