use super::merge;

const BASE: &str = r#"[package]
name = "shop"
edition = "2024"

[dependencies]
axum = "0.8"
sqlx = { version = "0.9", features = ["sqlite"] }
"#;

const MINE: &str = r#"# My shop.
[package]
name = "shop"
edition = "2024" # never older
description = "mine"

[dependencies]
serde_with = "3" # mine
sqlx = { version = "0.9", features = ["sqlite", "uuid"] }
axum = "0.8.1"

[profile.release]
lto = true
"#;

#[test]
fn keys_of_both_sides_survive_with_comments_and_order() {
    let wanted = BASE
        .replace("2024", "2027")
        .replace("[\"sqlite\"]", "[\"sqlite\", \"chrono\"]")
        + "tower = \"0.5\"\n\n[lints.rust]\nunsafe_code = \"forbid\"\n";
    let expected = MINE
        .replace("\"2024\" # never", "\"2027\" # never")
        .replace("\"uuid\"]", "\"uuid\", \"chrono\"]")
        .replace("axum = \"0.8.1\"\n", "axum = \"0.8.1\"\ntower = \"0.5\"\n")
        + "\n[lints.rust]\nunsafe_code = \"forbid\"\n";
    assert_eq!(merge(BASE, MINE, &wanted).unwrap(), expected);
}

#[test]
fn what_only_the_person_changed_stays() {
    assert_eq!(merge(BASE, MINE, BASE).unwrap(), MINE);
    let without_edition = MINE.replace("edition = \"2024\" # never older\n", "");
    assert_eq!(
        merge(BASE, &without_edition, BASE).unwrap(),
        without_edition
    );
}

#[test]
fn keys_that_backgen_drops_go_unless_the_person_changed_them() {
    let wanted = "[package]\nname = \"shop\"\n";
    let merged = merge(BASE, MINE, wanted).unwrap();
    assert!(
        !merged.contains("edition") && merged.contains("axum = \"0.8.1\""),
        "{merged}"
    );
    assert!(
        merged.contains("uuid") && merged.contains("serde_with"),
        "{merged}"
    );
    assert_eq!(merge(BASE, BASE, wanted).unwrap(), wanted);
}

#[test]
fn the_same_key_changed_on_both_sides_is_named() {
    let wanted = BASE
        .replace("axum = \"0.8\"", "axum = \"0.9\"")
        .replace("\"2024\"", "\"2027\"");
    let mine = MINE.replace("edition = \"2024\" # never older\n", "");
    let both = ["`package.edition`", "`dependencies.axum`"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(merge(BASE, &mine, &wanted), Err(both));
}

#[test]
fn a_file_that_is_not_toml_is_left_alone() {
    assert!(
        merge(BASE, "[package\n", &BASE.replace("2024", "2027")).unwrap_err()[0]
            .contains("the file on disk")
    );
}
