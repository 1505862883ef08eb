//! The AST as JSON, for `backgen inspect ast`: as the spec was written, in its long form, without places.
//!
//! What was bad is null; what was absent is left out.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{
    Access, F, Filter, Grant, ListOf, Literal, Map, Names, Number, Output, Path, Spanned, Spec,
    Target, Type, UrlPath, Versioned, With, Write,
};

impl Serialize for Spec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let features: indexmap::IndexMap<_, _> = self
            .features
            .iter()
            .map(|feature| (&feature.name, &feature.body))
            .collect();
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("project", &self.project)?;
        map.serialize_entry("features", &features)?;
        map.end()
    }
}

impl<T: Serialize> Serialize for F<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|entry| (&entry.name.value, &entry.value)))
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.feature {
            Some(feature) => serializer.collect_str(&format_args!("{}.{}", **feature, *self.name)),
            None => serializer.serialize_str(&self.name),
        }
    }
}

impl Serialize for UrlPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Entity(path) => path.serialize(serializer),
            Self::Url(url) => url.serialize(serializer),
        }
    }
}

impl Serialize for Type {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(scalar) => scalar.serialize(serializer),
            Self::Named(path) => path.serialize(serializer),
        }
    }
}

impl Serialize for ListOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Type(ty) => ty.serialize(serializer),
            Self::Object(fields) => fields.serialize(serializer),
        }
    }
}

impl Serialize for Output {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Named(path) => path.serialize(serializer),
            Self::Object(fields) => fields.serialize(serializer),
        }
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, path)| {
            let path: Vec<&str> = path.iter().map(|name| name.value.as_str()).collect();
            (&name.value, path.join("."))
        }))
    }
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for With {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, part)| (&name.value, part)))
    }
}

impl Serialize for Versioned {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::No => serializer.serialize_bool(false),
            Self::Yes => serializer.serialize_bool(true),
            Self::Required => serializer.serialize_str("required"),
        }
    }
}

impl Serialize for Access {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.grants.iter().map(|(grant, _)| grant))
    }
}

impl Serialize for Write {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::When(rule) => rule.serialize(serializer),
            Self::By(access) => access.serialize(serializer),
        }
    }
}

impl Serialize for Grant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::When(condition) => serializer.collect_map([("when", condition)]),
            Self::Member(way) => serializer.collect_map([("member", way)]),
            rule => serializer.serialize_str(rule.word()),
        }
    }
}

/// Text where JSON numbers would lose digits.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<i64>() {
            Ok(whole) => serializer.serialize_i64(whole),
            Err(_) => serializer.serialize_str(&self.0),
        }
    }
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => items.serialize(serializer),
            Self::Object(entries) => {
                serializer.collect_map(entries.iter().map(|(name, value)| (&name.value, value)))
            }
        }
    }
}
