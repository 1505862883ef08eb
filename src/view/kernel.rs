//! The kernel as a service gets it: the crate of `templates/kernel` with one database and without its own tests.

use toml_edit::{Array, DocumentMut, value};

use super::{Draft, World};
use crate::ir::{Action, Scalar, Service, Type};
use crate::plan::Owner;
use crate::render::{embedded, embedded_under};

/// Marks what only backgen's own build of the kernel needs.
const SWITCH: &str = "#[cfg_attr(feature";

/// Files that only decimals need, and the lines elsewhere that name them.
const DECIMAL_FILES: &[&str] = &["/types/decimal.rs", "/driver/decimal.rs", "/rule/exact.rs"];
const DECIMAL_LINES: &[&str] = &[
    "mod decimal;",
    "mod exact;",
    "pub use decimal::Decimal;",
    "pub use exact::{Exact, decimal};",
    "pub(crate) use decimal::{DecimalColumn, decimal_from_column, decimal_to_column};",
    "pub(crate) use driver::{DecimalColumn, decimal_from_column, decimal_to_column};",
];

pub fn drafts(world: &World<'_>) -> Vec<Draft> {
    let (postgres, decimals) = (world.postgres(), has_decimals(world.service));
    let manifest = manifest(postgres, decimals);
    let mut drafts = vec![Draft::text("kernel/Cargo.toml", Owner::Generated, manifest)];
    for (path, text) in embedded_under("kernel/src") {
        let Some(path) = target(path, postgres) else {
            continue;
        };
        if !decimals && DECIMAL_FILES.iter().any(|file| path.ends_with(file)) {
            continue;
        }
        let text = if path.ends_with(".rs") {
            emitted(text, decimals)
        } else {
            text.to_owned()
        };
        drafts.push(Draft::text(path, Owner::Generated, text));
    }
    drafts
}

/// The manifest that backgen's own build has, for one database.
fn manifest(postgres: bool, decimals: bool) -> String {
    let own = embedded("kernel/Cargo.toml").expect("BUG: the kernel has a manifest");
    let mut manifest: DocumentMut = own.parse().expect("BUG: a malformed manifest");
    let features = manifest.remove("features").unwrap_or_default();
    manifest.remove("dev-dependencies");
    let dependencies = &mut manifest["dependencies"];
    if !decimals && let Some(table) = dependencies.as_table_mut() {
        table.remove("rust_decimal");
    }
    let driver = if postgres { "postgres" } else { "sqlite" };
    let added = features[driver].as_array().into_iter().flatten();
    let added = added.filter_map(|feature| feature.as_str()?.strip_prefix("sqlx/"));
    let mut wanted: Vec<String> = added.map(str::to_owned).collect();
    let given = dependencies["sqlx"]["features"]
        .as_array()
        .into_iter()
        .flatten();
    wanted.extend(given.filter_map(|feature| feature.as_str().map(str::to_owned)));
    wanted.retain(|feature| decimals || feature != "rust_decimal");
    wanted.sort();
    dependencies["sqlx"]["features"] = value(wanted.into_iter().collect::<Array>());
    manifest.to_string()
}

/// Whether any field is a decimal.
fn has_decimals(service: &Service) -> bool {
    let stored = service.entities.iter().flat_map(|entity| &entity.fields);
    let objects = service.objects.iter().flat_map(|object| &object.fields);
    let errors = service.errors.iter().flat_map(|error| &error.fields);
    let called = service
        .endpoints
        .iter()
        .flat_map(|endpoint| match &endpoint.action {
            Action::Command(it) => it.query.iter().chain(&it.input),
            Action::Free(it) => it.query.iter().chain(&it.input),
            _ => [].iter().chain(&[]),
        });
    stored
        .chain(objects)
        .chain(errors)
        .chain(called)
        .any(|field| is_decimal(&field.ty))
}

fn is_decimal(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => matches!(scalar, Scalar::Decimal(_)),
        Type::List(list) => is_decimal(&list.item),
        _ => false,
    }
}

/// Where a file of the kernel goes; `None` where this service has no use for it.
fn target(path: &str, postgres: bool) -> Option<String> {
    let (ours, theirs) = if postgres {
        ("/db/postgres", "/db/sqlite")
    } else {
        ("/db/sqlite", "/db/postgres")
    };
    if path.contains(theirs) || path.ends_with("/tests.rs") || path.contains("/tests/") {
        return None;
    }
    Some(path.replace(ours, "/db/driver"))
}

/// Drops the switches between databases, unit tests, and the lines of decimals where there are none.
fn emitted(text: &str, decimals: bool) -> String {
    let mut kept = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with(SWITCH) || (!decimals && DECIMAL_LINES.contains(&line)) {
            continue;
        }
        if line == "#[cfg(test)]" {
            let next = lines.next().unwrap_or_default();
            if next.ends_with('{') {
                for line in lines.by_ref() {
                    if line == "}" {
                        break;
                    }
                }
            }
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    let end = kept.trim_end().len();
    kept.truncate(end);
    kept.push('\n');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names above are those of the kernel.
    #[test]
    fn what_decimals_need_exists() {
        let kernel = embedded_under("kernel/src");
        for line in DECIMAL_LINES {
            assert!(
                kernel
                    .iter()
                    .any(|(_, text)| text.lines().any(|it| it == *line)),
                "{line}"
            );
        }
        for file in DECIMAL_FILES {
            let found = kernel
                .iter()
                .filter_map(|(path, _)| target(path, true))
                .any(|path| path.ends_with(file));
            assert!(found, "{file}");
        }
    }

    #[test]
    fn the_manifest_names_one_database() {
        let sqlite = manifest(false, false);
        assert!(
            sqlite.contains("sqlite-bundled")
                && !sqlite.contains("postgres")
                && !sqlite.contains("rust_decimal")
        );
        let postgres = manifest(true, true);
        assert!(
            postgres.contains("tls-rustls")
                && postgres.contains("rust_decimal =")
                && !postgres.contains("sqlite")
        );
        assert!(!postgres.contains("[features]") && !postgres.contains("dev-dependencies"));
    }

    #[test]
    fn one_database_and_no_tests_are_left() {
        let text = "#[cfg_attr(feature = \"sqlite\", path = \"a.rs\")]\nmod driver;\n\n#[cfg(test)]\nmod tests;\n\nfn a() {}\n\n#[cfg(test)]\nmod more {\n    fn b() {}\n}\n";
        assert_eq!(emitted(text, true), "mod driver;\n\n\nfn a() {}\n");
        assert_eq!(
            target("kernel/src/db/sqlite/mod.rs", false).as_deref(),
            Some("kernel/src/db/driver/mod.rs")
        );
        assert_eq!(target("kernel/src/db/sqlite/mod.rs", true), None);
    }
}
