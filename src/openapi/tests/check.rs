//! What must hold of any document.

use serde_json::{Value, json};
use std::collections::BTreeSet;

/// References resolve, names are unique, templates and parameters agree, nothing is unused.
pub fn document(document: &Value) {
    let mut refs = BTreeSet::new();
    references(document, &mut refs);
    for reference in &refs {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(
            document.pointer(pointer).is_some(),
            "{reference} leads nowhere"
        );
    }
    for kind in ["schemas", "responses"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            let reference = format!("#/components/{kind}/{name}");
            assert!(refs.contains(&reference), "{reference} is not used");
        }
    }
    let mut ids = BTreeSet::new();
    for (path, operation) in operations(document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id), "{id} is not unique");
        parameters(path, operation);
        responses(document, operation);
    }
    links(document, &ids);
    if document["openapi"] == "3.0.3" {
        no_newer_words(document);
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        let operations = item.as_object().unwrap().values();
        operations.map(move |operation| (path.as_str(), operation))
    })
}

fn parameters(path: &str, operation: &Value) {
    let mut names = BTreeSet::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let (place, name) = (&parameter["in"], parameter["name"].as_str().unwrap());
        assert!(
            names.insert((place.as_str().unwrap(), name)),
            "{path}: {name} twice"
        );
        assert!(
            parameter["schema"].is_object(),
            "{path}: {name} has no schema"
        );
        if place == "path" {
            assert!(path.contains(&format!("{{{name}}}")), "{path} lacks {name}");
        }
    }
    let declared = names.iter().filter(|(place, _)| *place == "path").count();
    assert_eq!(declared, path.matches('{').count(), "{path}");
}

fn responses(document: &Value, operation: &Value) {
    let mut successes = 0;
    for (status, response) in operation["responses"].as_object().unwrap() {
        let response = match response["$ref"].as_str() {
            Some(reference) => document.pointer(&reference[1..]).unwrap(),
            None => response,
        };
        assert!(
            response["description"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        let content = &response["content"];
        match status.as_bytes()[0] {
            b'2' => {
                successes += 1;
                assert_eq!(status == "204", content.is_null(), "{operation}");
            }
            b'3' => assert!(content.is_null()),
            _ => assert!(
                content["application/problem+json"].is_object(),
                "{response}"
            ),
        }
    }
    assert_eq!(successes, 1);
}

fn links(document: &Value, ids: &BTreeSet<&str>) {
    let mut count = 0;
    for (_, operation) in operations(document) {
        for response in operation["responses"].as_object().unwrap().values() {
            for link in response["links"]
                .as_object()
                .into_iter()
                .flat_map(|it| it.values())
            {
                assert!(ids.contains(link["operationId"].as_str().unwrap()));
                count += 1;
            }
        }
    }
    assert!(count >= 3);
}

fn no_newer_words(value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(no_newer_words),
        Value::Object(members) => {
            assert!(!members.get("type").is_some_and(Value::is_array), "{value}");
            assert!(members.get("type") != Some(&json!("null")), "{value}");
            assert!(!members.contains_key("contentEncoding"), "{value}");
            assert!(
                !members.contains_key("$ref") || members.len() == 1,
                "{value}"
            );
            members.values().for_each(no_newer_words);
        }
        _ => {}
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found.insert(reference.clone());
            }
            members
                .values()
                .for_each(|member| references(member, found));
        }
        _ => {}
    }
}

/// Every schema follows the rules of JSON Schema 2020-12.
pub fn schemas(document: &Value) {
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
            panic!("{name}: {error}");
        }
    }
}

/// Every example of a body fits the schema beside it. Returns how many there were.
pub fn examples(document: &Value) -> usize {
    let mut count = 0;
    for (_, operation) in operations(document) {
        let responses = operation["responses"].as_object().unwrap().values();
        let bodies = responses.chain(operation.get("requestBody"));
        count += bodies
            .map(|body| examples_of(document, body))
            .sum::<usize>();
    }
    let shared = document["components"]["responses"].as_object().unwrap();
    count
        + shared
            .values()
            .map(|body| examples_of(document, body))
            .sum::<usize>()
}

fn examples_of(document: &Value, body: &Value) -> usize {
    let mut count = 0;
    for media in body["content"]
        .as_object()
        .into_iter()
        .flat_map(|it| it.values())
    {
        let many = media["examples"]
            .as_object()
            .into_iter()
            .flat_map(|it| it.values());
        for example in many.map(|it| &it["value"]).chain(media.get("example")) {
            fits(document, &media["schema"], example);
            count += 1;
        }
    }
    count
}

fn fits(document: &Value, schema: &Value, example: &Value) {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    if let Err(error) = validator.validate(example) {
        panic!("{}: {error}\n{example:#}", error.instance_path());
    }
}
