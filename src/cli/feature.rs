//! A new feature's spec, from words of the command line.
//!
//! Enters: names and types as written, and the project's AST, which says where entities live. Leaves: the text of a spec.
//! Deliberately absent: whether it is right; the compiler judges the text like any other.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::ast::Spec;
use crate::compile;
use crate::diagnostic::Sink;
use crate::source::{Format, Sources};

/// `title:string`: a field and its type in the short form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub ty: String,
}

/// Checks a feature's name as the compiler does. Errors: a sentence for the command line.
pub fn feature_name(text: &str) -> Result<String, String> {
    if !is_word(text) {
        return Err("write small letters, digits and `_`, as in `stock_keeping`".to_owned());
    }
    let mut sink = Sink::default();
    let path = format!("specs/{text}.yaml");
    let feature = [(path.as_str(), "description: new\n")];
    let sources = Sources::in_memory(
        ("backgen.yaml", "service: backgen_new\n"),
        feature,
        &mut sink,
    );
    compile::analyse(&sources, &mut sink);
    match sink.sorted().first() {
        Some(fault) => Err(fault.message().to_owned()),
        None => Ok(text.to_owned()),
    }
}

/// An entity's name, so far as it can stand in a spec.
pub fn entity_name(text: &str) -> Result<String, String> {
    if is_word(text) {
        Ok(text.to_owned())
    } else {
        Err("write letters and digits, as in `OrderLine`; fields come after it".to_owned())
    }
}

/// Splits `title:string`. Errors: a sentence for the command line.
pub fn column(text: &str) -> Result<Column, String> {
    let known = |character: char| character.is_ascii_alphanumeric() || "_.(),?".contains(character);
    match text.split_once(':') {
        Some((name, ty)) if is_word(name) && !ty.is_empty() && ty.chars().all(known) => {
            Ok(Column {
                name: name.to_owned(),
                ty: ty.to_owned(),
            })
        }
        _ => Err(
            "write a name, a colon and a type, as in `title:string`, `born:date?` or 'price:decimal(10,2)'"
                .to_owned(),
        ),
    }
}

fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|it| it.is_ascii_alphanumeric() || it == '_')
}

/// The text of the spec.
pub fn spec(format: Format, entity: Option<(&str, &[Column])>, others: &Spec) -> String {
    let mut uses = BTreeSet::new();
    let entity = entity.map(|(name, columns)| {
        let columns = columns.iter().map(|column| Column {
            name: column.name.clone(),
            ty: qualified(&column.ty, name, others, &mut uses),
        });
        (name, columns.collect::<Vec<_>>())
    });
    let uses: Vec<String> = uses.into_iter().collect();
    match format {
        Format::Yaml => yaml(entity, &uses),
        Format::Toml => toml(entity, &uses),
    }
}

/// The type with the feature of the entity that it names; that feature goes to `uses`.
fn qualified(ty: &str, own: &str, others: &Spec, uses: &mut BTreeSet<String>) -> String {
    let name = ty.trim_end_matches('?');
    if let Some((feature, _)) = name.split_once('.') {
        uses.insert(feature.to_owned());
        return ty.to_owned();
    }
    let declares = |feature: &&crate::ast::FeatureSpec| {
        let entities = feature.body.entities.get().into_iter();
        entities
            .flat_map(|it| it.iter())
            .any(|it| it.name.value == name)
    };
    let homes: Vec<_> = others.features.iter().filter(declares).collect();
    match homes.as_slice() {
        [home] if name != own => {
            uses.insert(home.name.clone());
            format!("{}.{ty}", home.name)
        }
        _ => ty.to_owned(),
    }
}

type Entity<'a> = Option<(&'a str, Vec<Column>)>;

const SCHEMA: &str = "../.backgen/spec.schema.json";

fn yaml(entity: Entity<'_>, uses: &[String]) -> String {
    let mut text = format!("# yaml-language-server: $schema={SCHEMA}\n");
    if !uses.is_empty() {
        let _ = writeln!(text, "uses: [{}]", uses.join(", "));
    }
    let Some((name, columns)) = entity else {
        text.push_str("description: What this feature is for.\n\nentities: {}\n\nendpoints: {}\n");
        return text;
    };
    let _ = write!(text, "\nentities:\n  {name}:\n    fields:");
    text.push_str(if columns.is_empty() { " {}\n" } else { "\n" });
    for Column { name, ty } in columns {
        let _ = writeln!(text, "      {}: {ty}", yaml_key(&name));
    }
    let _ = write!(text, "\ncrud:\n  {name}: public\n");
    text
}

/// In quotes where YAML tools read a word as something else than text.
fn yaml_key(name: &str) -> String {
    const WORDS: [&str; 10] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~",
    ];
    if WORDS.contains(&name.to_lowercase().as_str()) {
        format!("'{name}'")
    } else {
        name.to_owned()
    }
}

fn toml(entity: Entity<'_>, uses: &[String]) -> String {
    let mut text = format!("#:schema {SCHEMA}\n");
    if !uses.is_empty() {
        let quoted: Vec<String> = uses.iter().map(|it| format!("\"{it}\"")).collect();
        let _ = writeln!(text, "uses = [{}]", quoted.join(", "));
    }
    let Some((name, columns)) = entity else {
        text.push_str("description = \"What this feature is for.\"\n\n[entities]\n\n[endpoints]\n");
        return text;
    };
    let _ = write!(text, "\n[entities.{name}.fields]\n");
    for Column { name, ty } in columns {
        let _ = writeln!(text, "{name} = \"{ty}\"");
    }
    let _ = write!(text, "\n[crud]\n{name} = \"public\"\n");
    text
}
