//! `openapi.json`, as what every answer is held against.

use std::sync::OnceLock;

use serde_json::Value;

use crate::schema;
use crate::service::Answer;

/// The description of the API.
#[derive(Debug)]
pub struct Document(Value);

/// One method of one path.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'d> {
    /// Upper case.
    pub method: &'static str,
    pub path: &'d str,
    pub about: &'d Value,
}

pub const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

impl Document {
    /// Reads it once.
    pub fn of(text: &'static str) -> &'static Self {
        static DOCUMENT: OnceLock<Document> = OnceLock::new();
        DOCUMENT.get_or_init(|| Self(serde_json::from_str(text).expect("openapi.json is JSON")))
    }

    /// Every operation, by path.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        paths
            .flat_map(|(path, methods)| {
                METHODS.iter().filter_map(|method| {
                    let about = methods.get(method.to_ascii_lowercase())?;
                    Some(Operation {
                        method,
                        path,
                        about,
                    })
                })
            })
            .collect()
    }

    /// Follows a reference within the document.
    pub fn resolve<'d>(&'d self, value: &'d Value) -> &'d Value {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return value;
        };
        let found = self.0.pointer(reference.trim_start_matches('#'));
        found.unwrap_or_else(|| panic!("openapi.json has no {reference}"))
    }

    /// Asserts that an answer is one that the document foretells.
    #[track_caller]
    pub fn check(&self, method: &str, uri: &str, answer: &Answer) {
        let path = uri.split('?').next().unwrap_or(uri);
        let Some(operation) = self.find(method, path) else {
            return;
        };
        let status = answer.status.to_string();
        let Some(response) = operation.about["responses"].get(&status) else {
            panic!(
                "openapi.json knows no {status} of {method} {}: {answer:?}",
                operation.path
            );
        };
        let response = self.resolve(response);
        let Some(content) = response.get("content").and_then(Value::as_object) else {
            assert_eq!(
                answer.body, "",
                "a body that openapi.json does not know: {answer:?}"
            );
            return;
        };
        let media_type = answer.header("content-type").unwrap_or_default();
        let Some(media) = content.get(media_type) else {
            panic!("openapi.json knows no {media_type:?} here: {answer:?}");
        };
        let closed = media_type == "application/json";
        let faults = schema::faults(self, &media["schema"], &answer.body, closed);
        assert!(
            faults.is_empty(),
            "not as in openapi.json: {faults:#?}: {answer:?}"
        );
        for (name, header) in response
            .get("headers")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let needed = header["required"] == true;
            assert!(
                !needed || answer.header(name).is_some(),
                "no {name}: {answer:?}"
            );
        }
    }

    /// The operation that a path belongs to; words go before parameters.
    fn find(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let fits = |template: &str| {
            let mut segments = template.split('/').zip(path.split('/'));
            template.split('/').count() == path.split('/').count()
                && segments.all(|(part, given)| part.starts_with('{') || part == given)
        };
        let all = self.operations().into_iter();
        all.filter(|it| it.method == method && fits(it.path))
            .min_by_key(|it| it.path.matches('{').count())
    }
}
