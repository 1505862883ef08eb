use std::path::{Path, PathBuf};

use super::*;

/// A folder with one file in it, gone at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, environment: &str, text: &str) -> Self {
        let folder = format!("kernel-config-{name}-{}/config", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{environment}.toml")), text).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = self.0.parent().map(std::fs::remove_dir_all);
    }
}

fn load(folder: &Path, variables: &[(&str, &str)]) -> Result<Settings, String> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let mut layers = Layers::new("book-shop", folder, variables);
    let settings = Settings::read(&mut layers);
    layers.finish(settings).map_err(|faults| faults.to_string())
}

#[test]
fn variables_go_over_the_file_and_the_file_over_defaults() {
    let text = "[server]\nport = 1\nheader_timeout = \"500ms\"\ncors_origins = [\"https://a.example\"]\n[database]\nurl = \"file\"";
    let folder = Folder::with("order", "development", text);
    let settings = load(
        &folder.0,
        &[
            ("BOOK_SHOP__SERVER__PORT", "2"),
            ("HOME", "/"),
            ("BOOK", "x"),
        ],
    )
    .unwrap();
    assert_eq!(settings.server.port, 2);
    assert_eq!(settings.server.header_timeout, Duration::from_millis(500));
    assert_eq!(
        settings.server.max_in_flight,
        Server::default().max_in_flight
    );
    assert_eq!(settings.database.url.expose(), "file");

    let both = [
        ("DATABASE_URL", "short"),
        ("BOOK_SHOP__DATABASE__URL", "long"),
    ];
    assert_eq!(
        load(&folder.0, &both[..1]).unwrap().database.url.expose(),
        "short"
    );
    assert_eq!(
        load(&folder.0, &both).unwrap().database.url.expose(),
        "long"
    );
}

#[test]
fn every_fault_is_named_with_its_source_and_without_its_value() {
    let folder = Folder::with(
        "faults",
        "production",
        "[sever]\nport = 1\n[server]\nport = 65536\nhost = 7",
    );
    let variables = [
        ("BOOK_SHOP__ENVIRONMENT", "production"),
        ("BOOK_SHOP__TELEMETRY__METRICS", "hunter2"),
        ("BOOK_SHOP__SERVER__MAX_IN_FLIGHT", "0"),
        ("BOOK_SHOP__SERVER__DRAIN_DELAY", "5"),
        ("BOOK_SHOP__SERVER__CORS_ORIGINS", "https://a.example/path"),
        ("BOOK_SHOP__NOPE", "1"),
    ];
    let faults = load(&folder.0, &variables).unwrap_err();
    let file = folder.0.join("production.toml").display().to_string();
    for expected in [
        format!("server.port ({file}): expected a whole number from 0 to 65535"),
        format!("server.host ({file}): expected an IP address"),
        format!("sever.port ({file}): there is no such key"),
        "nope (BOOK_SHOP__NOPE): there is no such key".into(),
        "telemetry.metrics (BOOK_SHOP__TELEMETRY__METRICS): expected true or false".into(),
        "server.max_in_flight (BOOK_SHOP__SERVER__MAX_IN_FLIGHT): expected a whole number".into(),
        "server.drain_delay (BOOK_SHOP__SERVER__DRAIN_DELAY): expected a time".into(),
        "server.cors_origins (BOOK_SHOP__SERVER__CORS_ORIGINS): expected origins".into(),
        format!("database.url: missing; set BOOK_SHOP__DATABASE__URL, or write it to {file}"),
    ] {
        assert!(faults.contains(&expected), "{expected} is not in {faults}");
    }
    let missing = ["public_keys", "issuer", "audience"].map(|key| format!("auth.{key}: missing; "));
    if cfg!(feature = "auth") {
        assert!(missing.iter().all(|it| faults.contains(it)), "{faults}");
    }
    let count = if cfg!(feature = "auth") { 13 } else { 10 };
    assert_eq!(faults.lines().count(), count, "{faults}");
    assert!(!faults.contains("hunter2"));
}

#[test]
fn a_file_that_was_asked_for_must_be_there_and_be_toml() {
    let folder = Folder::with("toml", "production", "[server]\nport = ");
    let named = |environment| {
        load(
            &folder.0,
            &[
                ("BOOK_SHOP__ENVIRONMENT", environment),
                ("DATABASE_URL", "x"),
            ],
        )
    };
    assert!(named("staging").unwrap_err().contains("staging.toml"));
    assert!(
        named("production")
            .unwrap_err()
            .contains("production.toml, line 2")
    );
    assert!(load(&folder.0, &[("DATABASE_URL", "x")]).is_ok());
}

#[test]
fn secrets_do_not_show() {
    let folder = Folder::with(
        "secret",
        "development",
        "database.url = \"postgres://u:hunter2@h/d\"",
    );
    assert!(!format!("{:?}", load(&folder.0, &[]).unwrap()).contains("hunter2"));
}

/// A service that is developed has a key of its own, and keeps it.
#[cfg(feature = "auth")]
#[test]
fn a_pair_for_development_is_made_once() {
    let folder = Folder::with("keys", "development", "[database]\nurl = \"file\"");
    let keys = || format!("{:?}", load(&folder.0, &[]).unwrap().auth.public_keys);
    let first = keys();
    assert_eq!(first, keys());

    let file = folder.0.with_file_name(".keys").join("development.secret");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::write(&file, "no key").unwrap();
    let refused = load(&folder.0, &[]).unwrap_err();
    assert!(refused.contains("auth.public_keys: missing; "), "{refused}");

    let public = folder.0.join("public");
    let given = [("BOOK_SHOP__AUTH__PUBLIC_KEYS", public.to_str().unwrap())];
    let expected = "auth.public_keys (BOOK_SHOP__AUTH__PUBLIC_KEYS): expected ";
    for text in [None, Some(""), Some("{}"), Some("k4.public.AAAA")] {
        if let Some(text) = text {
            std::fs::write(&public, text).unwrap();
        }
        let refused = load(&folder.0, &given).unwrap_err();
        assert!(refused.contains(expected), "{text:?}: {refused}");
        assert_eq!(refused.lines().count(), 2, "{refused}");
    }
    let key = crate::auth::SecretKey::generate().public().to_string();
    std::fs::write(&public, &key).unwrap();
    let found = load(&folder.0, &given).unwrap().auth.public_keys;
    assert!(!found.is_empty());
}
