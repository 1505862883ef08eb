//! How a request is read: the rules of each field, as Rust expressions.

use serde::Serialize;

use super::imports::Imports;
use super::{World, naming, text, types};
use crate::ir::{FeatureId, Field, List, Literal, ObjectId, Scalar, Type};

/// What reading of one file needs beside the fields themselves.
#[derive(Debug)]
pub struct Reader<'w> {
    world: &'w World<'w>,
    feature: FeatureId,
    imports: Imports,
    patterns: Vec<Pattern>,
    objects: Vec<ObjectId>,
}

/// `static ISBN: Pattern = Pattern::new("…");`
#[derive(Debug, Serialize)]
pub struct Pattern {
    pub name: String,
    pub source: String,
}

/// One `let` of a decoder.
#[derive(Debug, Serialize)]
pub struct Read {
    pub name: String,
    pub expression: String,
}

/// A function that reads a nested object.
#[derive(Debug, Serialize)]
pub struct ObjectReader {
    pub name: String,
    pub ty: String,
    pub reads: Vec<Read>,
    pub public: bool,
}

/// Which of a form's methods reads a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Create,
    Patch,
}

impl<'w> Reader<'w> {
    pub fn new(world: &'w World<'w>, feature: FeatureId) -> Self {
        Self {
            world,
            feature,
            imports: Imports::default(),
            patterns: Vec::new(),
            objects: Vec::new(),
        }
    }

    pub fn imports(&mut self) -> &mut Imports {
        &mut self.imports
    }

    /// The patterns, and the imports with them.
    pub fn finish(self) -> (Imports, Vec<Pattern>) {
        (self.imports, self.patterns)
    }

    /// `form.required("isbn", rule::text().max(20))`
    pub fn field(&mut self, source: &str, field: &Field, mode: Mode) -> Read {
        let key = text::string(&self.world.json(&field.column_name()));
        let rule = self.rule(field);
        let expression = match (mode, field.optional, &field.default) {
            (Mode::Patch, true, _) => format!("{source}.patch_optional({key}, {rule})"),
            (Mode::Patch, false, _) => format!("{source}.patch({key}, {rule})"),
            (Mode::Create, true, None | Some(Literal::Null)) => {
                format!("{source}.optional({key}, {rule})")
            }
            (Mode::Create, true, Some(Literal::Now)) => {
                format!("{source}.optional_or_now({key}, {rule})")
            }
            (Mode::Create, true, Some(default)) => {
                let default = self.literal(default, &field.ty);
                format!("{source}.optional_or({key}, {rule}, {default})")
            }
            (Mode::Create, false, None | Some(Literal::Null)) => {
                format!("{source}.required({key}, {rule})")
            }
            (Mode::Create, false, Some(Literal::Now)) => {
                format!("{source}.or_now({key}, {rule})")
            }
            (Mode::Create, false, Some(default)) => {
                let default = self.literal(default, &field.ty);
                format!("{source}.or({key}, {rule}, {default})")
            }
        };
        Read {
            name: self.world.member(field),
            expression,
        }
    }

    fn literal(&mut self, literal: &Literal, ty: &Type) -> String {
        types::literal(
            self.world.service,
            literal,
            ty,
            self.feature,
            &mut self.imports,
        )
    }

    fn rule(&mut self, field: &Field) -> String {
        let mut rule = self.rule_of(&field.ty, &field.name);
        if field.trim {
            rule.push_str(".trim()");
        }
        if field.empty_as_null {
            rule.push_str(".empty_as_null()");
        }
        rule
    }

    /// The rule of a type; `hint` names a pattern.
    pub fn rule_of(&mut self, ty: &Type, hint: &str) -> String {
        match ty {
            Type::Object(id) => self.object(*id),
            Type::List(list) => self.list(list, hint),
            Type::Scalar(scalar) => {
                self.imports.all(&["kernel::decode::rule"]);
                self.scalar(scalar, hint)
            }
            Type::Enum(_) | Type::Reference(_) | Type::Entity(_) => {
                self.imports.all(&["kernel::decode::rule"]);
                "rule::any()".into()
            }
        }
    }

    fn list(&mut self, list: &List, hint: &str) -> String {
        let item = self.rule_of(&list.item, hint);
        self.imports.all(&["kernel::decode::rule"]);
        let min = if list.min_items > 0 {
            format!(".min_items({})", list.min_items)
        } else {
            String::new()
        };
        format!(
            "rule::list({item}){min}.max_items({})",
            text::number(list.max_items)
        )
    }

    fn object(&mut self, id: ObjectId) -> String {
        let object = &self.world.service[id];
        let name = naming::ident(&object.name);
        if object.named {
            let feature = naming::ident(&self.world.service[object.feature].name);
            self.imports
                .all(&[&format!("crate::features::{feature}::wire")]);
            format!("wire::{name}")
        } else {
            if !self.objects.contains(&id) {
                self.objects.push(id);
            }
            name
        }
    }

    fn scalar(&mut self, scalar: &Scalar, hint: &str) -> String {
        match scalar {
            Scalar::Text(bounds) => {
                let min = if bounds.min > 0 {
                    format!(".min({})", bounds.min)
                } else {
                    String::new()
                };
                let pattern = bounds
                    .pattern
                    .as_ref()
                    .map(|source| self.pattern(source, hint));
                let pattern = pattern
                    .map(|name| format!(".pattern(&{name})"))
                    .unwrap_or_default();
                format!(
                    "rule::text(){min}.max({}){pattern}",
                    text::number(bounds.max)
                )
            }
            Scalar::Email => "rule::email()".into(),
            Scalar::Url => "rule::url()".into(),
            Scalar::Slug => "rule::slug()".into(),
            Scalar::Int(bounds) => range(bounds.min, bounds.max, |it| it.to_string()),
            Scalar::Float(bounds) => range(bounds.min, bounds.max, |it| format!("{it:?}")),
            Scalar::BigInt(bounds) => {
                if bounds.min.is_some() || bounds.max.is_some() {
                    self.imports.all(&["kernel::types::BigInt"]);
                }
                range(bounds.min, bounds.max, |it| format!("BigInt({it})"))
            }
            Scalar::Decimal(decimal) => {
                let bound = |word: &str, units: Option<i64>| {
                    let text = units.map(|units| text::string(&decimal.text(units)));
                    text.map(|text| format!(".{word}({text})"))
                        .unwrap_or_default()
                };
                let (min, max) = (
                    bound("min", decimal.bounds.min),
                    bound("max", decimal.bounds.max),
                );
                format!("rule::decimal({}){min}{max}", decimal.precision)
            }
            Scalar::Json => "rule::json()".into(),
            Scalar::Bytes { max } => format!("rule::bytes({})", text::number(*max)),
            Scalar::Bool
            | Scalar::Uuid
            | Scalar::Date
            | Scalar::Time
            | Scalar::Timestamp
            | Scalar::Duration => "rule::any()".into(),
        }
    }

    fn pattern(&mut self, source: &str, hint: &str) -> String {
        self.imports.all(&["kernel::decode::Pattern"]);
        let source = text::string(source);
        if let Some(known) = self.patterns.iter().find(|known| known.source == source) {
            return known.name.clone();
        }
        let mut name = naming::shouty(hint);
        while self.patterns.iter().any(|known| known.name == name) {
            name.push('_');
        }
        self.patterns.push(Pattern {
            name: name.clone(),
            source,
        });
        name
    }

    /// The functions for the anonymous objects that rules named so far.
    pub fn object_readers(&mut self) -> Vec<ObjectReader> {
        let mut readers = Vec::new();
        let mut next = 0;
        while let Some(id) = self.objects.get(next).copied() {
            readers.push(self.object_reader(id, false));
            next += 1;
        }
        readers
    }

    pub fn object_reader(&mut self, id: ObjectId, public: bool) -> ObjectReader {
        let object = &self.world.service[id];
        let reads = object
            .fields
            .iter()
            .map(|field| self.field("form", field, Mode::Create))
            .collect();
        let ty = types::object(self.world.service, id, self.feature, &mut self.imports);
        ObjectReader {
            name: naming::ident(&object.name),
            ty,
            reads,
            public,
        }
    }
}

/// `rule::number().min(1).max(5)`, or any value of the type.
fn range<T: Copy>(min: Option<T>, max: Option<T>, print: impl Fn(T) -> String) -> String {
    if min.is_none() && max.is_none() {
        return "rule::any()".into();
    }
    let min = min
        .map(|it| format!(".min({})", print(it)))
        .unwrap_or_default();
    let max = max
        .map(|it| format!(".max({})", print(it)))
        .unwrap_or_default();
    format!("rule::number(){min}{max}")
}
