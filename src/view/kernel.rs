//! The kernel as a service gets it: the crate of `templates/kernel` with one database and without its own tests.

use toml_edit::{Array, DocumentMut, value};

use super::switches::{Switches, files};
use super::{Draft, World};
use crate::ir::{Action, Database, Scalar, Service, Tokens, Traces, Type};
use crate::plan::Owner;
use crate::render::embedded;

pub fn drafts(world: &World<'_>) -> Vec<Draft> {
    let on = switches(world.service);
    let mut drafts = vec![Draft::text(
        "kernel/Cargo.toml",
        Owner::Generated,
        manifest(&on),
    )];
    for (path, text) in files("kernel/src", &on) {
        if let Some(path) = target(path, &on) {
            drafts.push(Draft::text(path, Owner::Generated, text));
        }
    }
    drafts
}

/// The features of the kernel that a service needs.
pub fn switches(service: &Service) -> Switches {
    let mut on = Switches::from([match service.database {
        Database::Sqlite => "sqlite",
        Database::Postgres => "postgres",
    }]);
    if has_decimals(service) {
        on.insert("decimal");
    }
    if service.entities.iter().any(|it| !it.computed.is_empty()) {
        on.insert("computed");
    }
    if service.endpoints.iter().any(|it| !it.parts().is_empty()) {
        on.insert("parts");
    }
    if let Some(auth) = &service.auth {
        on.insert("auth");
        on.insert(match auth.tokens {
            Tokens::Paseto => "auth_paseto",
            Tokens::Jwt => "auth_jwt",
        });
    }
    if service.tenancy.is_some() {
        on.insert("tenancy");
    }
    if service.tenant_role().is_some() {
        on.insert("row_security");
    }
    if let Some(Traces::Otlp) = service.traces {
        on.insert("otlp");
    }
    on
}

/// The manifest that backgen's own build has, for one set of features.
fn manifest(on: &Switches) -> String {
    let own = embedded("kernel/Cargo.toml").expect("BUG: the kernel has a manifest");
    let mut manifest: DocumentMut = own.parse().expect("BUG: a malformed manifest");
    let features = manifest.remove("features").unwrap_or_default();
    manifest.remove("dev-dependencies");
    let entries = on
        .iter()
        .filter_map(|feature| features.get(feature)?.as_array());
    let entries: Vec<&str> = entries.flatten().filter_map(|it| it.as_str()).collect();
    let dependencies = manifest["dependencies"]
        .as_table_mut()
        .expect("BUG: the kernel has dependencies");
    dependencies.retain(|name, item| {
        let Some(table) = item.as_inline_table_mut() else {
            return true;
        };
        let optional = table.remove("optional").is_some();
        !optional || entries.contains(&format!("dep:{name}").as_str())
    });
    let mut wanted: Vec<&str> = entries
        .iter()
        .filter_map(|it| it.strip_prefix("sqlx/"))
        .filter(|it| on.contains("decimal") || *it != "rust_decimal")
        .collect();
    let given = dependencies["sqlx"]["features"].clone();
    wanted.extend(
        given
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_str()),
    );
    wanted.sort_unstable();
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
    let computed = service.entities.iter().flat_map(|it| &it.computed);
    stored
        .chain(computed.map(|it| &it.field))
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

/// Where a file of the kernel goes; `None` where this service has another in its place.
fn target(path: &str, on: &Switches) -> Option<String> {
    /// The feature, where its files lie here, and where they go.
    const PLACES: &[(&str, &str, &str)] = &[
        ("sqlite", "/db/sqlite/", "/db/driver/"),
        ("postgres", "/db/postgres/", "/db/driver/"),
        ("auth_paseto", "/auth/paseto/", "/auth/token/"),
        ("auth_jwt", "/auth/jwt/", "/auth/token/"),
    ];
    let place = PLACES.iter().find(|(_, ours, _)| path.contains(ours));
    match place {
        Some((feature, ..)) if !on.contains(feature) => None,
        Some((_, ours, theirs)) => Some(path.replace(ours, theirs)),
        None => Some(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The union of all that any service has cannot be built, so no case reaches it.
    #[test]
    fn the_manifest_names_what_is_on() {
        let sqlite = manifest(&Switches::from(["sqlite"]));
        for absent in ["postgres", "rust_decimal", "pasetors", "optional"] {
            assert!(!sqlite.contains(absent), "{absent}");
        }
        assert!(sqlite.contains("sqlite-bundled"));
        let on = Switches::from(["postgres", "decimal", "auth", "auth_paseto"]);
        let postgres = manifest(&on);
        for present in ["tls-rustls", "rust_decimal =", "pasetors ="] {
            assert!(postgres.contains(present), "{present}");
        }
        for absent in ["sqlite", "[features]", "dev-dependencies", "optional"] {
            assert!(!postgres.contains(absent), "{absent}");
        }
    }

    #[test]
    fn one_driver_goes_where_the_kernel_looks_for_it() {
        let on = Switches::from(["sqlite"]);
        assert_eq!(
            target("kernel/src/db/sqlite/mod.rs", &on).as_deref(),
            Some("kernel/src/db/driver/mod.rs")
        );
        assert_eq!(target("kernel/src/db/postgres/mod.rs", &on), None);
    }
}
