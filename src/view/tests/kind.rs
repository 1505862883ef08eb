//! Types and fields as the tables of the tests say them.

use super::super::text;
use super::names::File;
use crate::ir::{Field, List, Literal, MAX_INT, Scalar, Text, Type, Write};

impl File<'_> {
    /// `text(1, 200)`
    pub fn kind(&mut self, ty: &Type, example: Option<&Literal>) -> String {
        match ty {
            Type::Scalar(scalar) => self.scalar(scalar, example),
            Type::Enum(id) => {
                let mut words: Vec<_> = self.world.service[*id]
                    .values
                    .iter()
                    .map(|value| text::string(&value.word))
                    .collect();
                words.sort();
                format!("{}(&[{}])", self.name("choice"), words.join(", "))
            }
            Type::Object(id) => {
                let fields = &self.world.service[*id].fields;
                let fields: Vec<_> = fields.iter().map(|field| self.field(field)).collect();
                format!("{}(&[{}])", self.name("object"), fields.join(", "))
            }
            Type::List(list) => {
                let items = match example {
                    Some(Literal::List(items)) => items.first(),
                    _ => None,
                };
                self.list(list, items)
            }
            Type::Reference(reference) => {
                let entity = self.entity(reference.target);
                format!("{}({entity})", self.name("to"))
            }
            Type::Entity(_) => unreachable!("BUG: a request that carries an entity"),
        }
    }

    fn list(&mut self, list: &List, example: Option<&Literal>) -> String {
        let item = self.kind(&list.item, example);
        let (min, max) = (list.min_items, list.max_items);
        format!("{}(&{item}, {min}, {max})", self.name("list"))
    }

    fn scalar(&mut self, scalar: &Scalar, example: Option<&Literal>) -> String {
        let (name, arguments) = match scalar {
            Scalar::Text(it) => {
                let mut call = format!("{}({}, {})", self.name("text"), it.min, it.max);
                if let Some(regex) = &it.pattern {
                    let samples = samples(it, example);
                    let regex = text::string(regex);
                    call.push_str(&format!(".matching({regex}, &[{}])", samples.join(", ")));
                }
                return call;
            }
            Scalar::Email => ("email", String::new()),
            Scalar::Url => ("url", String::new()),
            Scalar::Slug => ("slug", String::new()),
            Scalar::Int(bounds) => {
                let (min, max) = bounds.within(MAX_INT);
                ("int", format!("{min}, {max}"))
            }
            Scalar::BigInt(bounds) => {
                let min = bounds.min.map_or("i64::MIN".into(), |it| it.to_string());
                let max = bounds.max.map_or("i64::MAX".into(), |it| it.to_string());
                ("bigint", format!("{min}, {max}"))
            }
            Scalar::Float(bounds) => {
                let min = bounds
                    .min
                    .map_or("f64::NEG_INFINITY".into(), |it| format!("{it:?}"));
                let max = bounds
                    .max
                    .map_or("f64::INFINITY".into(), |it| format!("{it:?}"));
                ("float", format!("{min}, {max}"))
            }
            Scalar::Decimal(it) => {
                let (min, max) = it.range();
                (
                    "decimal",
                    format!("{}, {}, {min}, {max}", it.precision, it.scale),
                )
            }
            Scalar::Bool => ("boolean", String::new()),
            Scalar::Uuid => ("uuid", String::new()),
            Scalar::Date => ("date", String::new()),
            Scalar::Time => ("time", String::new()),
            Scalar::Timestamp => ("timestamp", String::new()),
            Scalar::Duration => ("duration", String::new()),
            Scalar::Json => ("json", String::new()),
            Scalar::Bytes { max } => ("bytes", max.to_string()),
        };
        format!("{}({arguments})", self.name(name))
    }

    /// `field("isbn", text(0, 255)).unique()`
    pub fn field(&mut self, field: &Field) -> String {
        let column = field.column_name();
        let builder = self.name(if field.optional { "optional" } else { "field" });
        let kind = self.kind(&field.ty, field.example.as_ref());
        let mut built = format!("{builder}({}, {kind})", text::string(&column));
        let key = self.world.json(&column);
        if key != column {
            built.push_str(&format!(".key({})", text::string(&key)));
        }
        if let Some(default) = &field.default {
            built.push_str(&format!(
                ".default({})",
                text::string(&default_of(default, &field.ty))
            ));
        }
        let marks = [
            (field.unique, ".unique()"),
            (field.trim, ".trim()"),
            (field.empty_as_null, ".empty_as_null()"),
            (
                field.derived_from.is_some() || field.write == Write::Never,
                ".read_only()",
            ),
            (
                field.derived_from.is_none() && field.write == Write::Create,
                ".write_once()",
            ),
        ];
        built.extend(
            marks
                .into_iter()
                .filter(|(is, _)| *is)
                .map(|(_, mark)| mark),
        );
        built
    }
}

/// As JSON text; that of now is told apart by its word.
fn default_of(literal: &Literal, ty: &Type) -> String {
    let value = crate::openapi::literal(literal, ty);
    value.map_or("\"now\"".into(), |value| value.to_string())
}

/// What is found; where that is nothing, `resolve` asked for an example.
fn samples(of: &Text, example: Option<&Literal>) -> Vec<String> {
    let mut found = of.samples();
    if let (true, Some(Literal::Text(example))) = (found.is_empty(), example) {
        found.push(example.clone());
    }
    found.iter().map(|sample| text::string(sample)).collect()
}
