//! The grammar of names, and names that are taken.

use std::collections::BTreeMap;

use heck::{ToLowerCamelCase, ToSnakeCase, ToUpperCamelCase};

use super::reserved;
use super::scope::Cx;
use crate::ast::Name;
use crate::diagnostic::names::{self as report, Rule};
use crate::ir::{Case, FeatureId};
use crate::source::Span;

/// The most bytes of a name; what is made of it (columns, constraints, files) stays within 63 and 255.
pub(super) const MAX_NAME: usize = 48;

const SNAKE: &str =
    "has small letters, digits and single `_` between them, a letter first, at most 48 characters";
const PASCAL: &str = "has letters and digits, a capital letter first, at most 48 characters, and is not all capitals";

/// `small_letters`; reports and says `false` otherwise.
pub(super) fn snake(cx: &mut Cx<'_>, name: &Name, what: &'static str) -> bool {
    let good = is_snake(&name.value);
    if !good {
        let suggestion = name.value.to_snake_case();
        let suggestion = Some(suggestion.as_str()).filter(|word| is_snake(word));
        cx.report(report::bad_name(
            &name.value,
            Rule {
                what,
                grammar: SNAKE,
            },
            suggestion,
            name.span,
        ));
    } else if reserved::is_never_raw(&name.value) {
        cx.report(report::reserved(
            &name.value,
            what,
            "Rust keeps the word for itself",
            name.span,
        ));
    }
    good && !reserved::is_never_raw(&name.value)
}

/// `CapitalLetters`, usable as a Rust type and as a file of its own.
pub(super) fn pascal(cx: &mut Cx<'_>, name: &Name, what: &'static str) -> bool {
    let word = name.value.as_str();
    if !is_pascal(word) {
        let suggestion = if word.is_ascii() {
            word.to_ascii_lowercase().to_upper_camel_case()
        } else {
            String::new()
        };
        let camel = word.to_upper_camel_case();
        let suggestion = [camel, suggestion].into_iter().find(|word| is_pascal(word));
        cx.report(report::bad_name(
            word,
            Rule {
                what,
                grammar: PASCAL,
            },
            suggestion.as_deref(),
            name.span,
        ));
        return false;
    }
    let file = word.to_snake_case();
    let reason = if reserved::is_generated_type(word) {
        "the generated code or Rust's prelude has a type of this name"
    } else if reserved::is_device(&file) {
        "Windows keeps files of this name for a device"
    } else if reserved::is_never_raw(&file) || file == "mod" {
        "Rust keeps the module of this name for itself"
    } else {
        return true;
    };
    cx.report(report::reserved(word, what, reason, name.span));
    false
}

/// A name that becomes a folder and a module.
pub(super) fn folder(cx: &mut Cx<'_>, name: &Name, what: &'static str) -> bool {
    if !snake(cx, name, what) {
        return false;
    }
    let reason = if reserved::is_device(&name.value) {
        "Windows keeps files of this name for a device"
    } else if reserved::is_beside_endpoints(&name.value) {
        "the generated code has a module of this name there"
    } else {
        return true;
    };
    cx.report(report::reserved(&name.value, what, reason, name.span));
    false
}

pub(super) fn service(cx: &mut Cx<'_>, name: &Name) {
    const WHAT: &str = "a service";
    if !snake(cx, name, WHAT) {
        return;
    }
    let reason = if reserved::is_package(&name.value) {
        "a package that services depend on, or Cargo itself, has it"
    } else if reserved::is_rust_keyword(&name.value) {
        "it is a keyword of Rust, and the crate is named after the service"
    } else if reserved::is_device(&name.value) {
        "Windows keeps files of this name for a device"
    } else {
        return;
    };
    cx.report(report::reserved(&name.value, WHAT, reason, name.span));
}

/// A column of a table.
pub(super) fn column(cx: &mut Cx<'_>, name: &Name) -> bool {
    if !snake(cx, name, "a field") {
        return false;
    }
    let taken = reserved::is_system_column(&name.value);
    if taken {
        cx.report(report::reserved(
            &name.value,
            "a field",
            "PostgreSQL gives every table a column of this name",
            name.span,
        ));
    }
    !taken
}

pub(super) fn is_snake(word: &str) -> bool {
    let parts_are_good = word.split('_').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    word.len() <= MAX_NAME
        && parts_are_good
        && word.starts_with(|first: char| first.is_ascii_lowercase())
}

fn is_pascal(word: &str) -> bool {
    let all_capitals = word.len() > 2 && !word.bytes().any(|byte| byte.is_ascii_lowercase());
    word.len() <= MAX_NAME
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && !all_capitals
}

/// The Rust variant for a word of an enum; words with the same variant cannot stand in one enum.
pub(super) fn variant(word: &str) -> String {
    let camel = word.to_upper_camel_case();
    match camel.as_bytes().first() {
        Some(first) if first.is_ascii_digit() => format!("N{camel}"),
        _ if camel == "Self" => "Self_".to_owned(),
        _ => camel,
    }
}

/// Claims a type name in the code of a feature; `what` is a phrase: "the enum `Format`".
pub(super) fn claim_type(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    name: &str,
    what: &str,
    span: Span,
) -> bool {
    let types = &mut cx.scopes[feature.0].types;
    let folded = name.to_ascii_lowercase();
    if let Some((earlier, declared)) = types.get(&folded) {
        let diagnostic = report::type_taken(what, name, span, earlier, *declared);
        cx.report(diagnostic);
        return false;
    }
    types.insert(folded, (what.to_owned(), span));
    true
}

/// The JSON names inside one object, by the case in which clients see them.
#[derive(Default)]
pub(super) struct Taken {
    names: BTreeMap<String, (String, Span)>,
}

impl Taken {
    /// Claims `name` for `what` ("the field `author`"), or says who has it.
    pub fn claim(
        &mut self,
        case: Case,
        name: &str,
        what: String,
        span: Span,
    ) -> Result<(), (String, Span)> {
        let key = match case {
            Case::Snake => name.to_owned(),
            Case::Camel => name.to_lower_camel_case(),
        };
        if let Some(earlier) = self.names.get(&key) {
            return Err(earlier.clone());
        }
        self.names.insert(key, (what, span));
        Ok(())
    }
}

/// Claims a JSON name in `owner` ("the entity `Book`") and reports where it is taken.
pub(super) fn claim(
    cx: &mut Cx<'_>,
    taken: &mut Taken,
    name: &str,
    what: &str,
    span: Span,
    owner: &str,
) -> bool {
    match taken.claim(cx.case, name, what.to_owned(), span) {
        Ok(()) => true,
        Err((earlier, declared)) => {
            cx.report(report::field_taken(
                what, name, owner, span, &earlier, declared,
            ));
            false
        }
    }
}
