//! Sample values as Rust writes them, for the unit test of a logic file: the least that a row or a command must have.

use serde::Serialize;
use serde_json::Value;

use super::super::imports::Imports;
use super::super::{naming, text, types};
use super::{Slice, command};
use crate::ir::{Column, Entity, Field, Identity, Key, List, Meaning, Scalar, Type, Versioning};
use crate::openapi;

/// When the sample row was made.
const MADE: &str = "2026-01-01T00:00:00Z";

/// One member of a struct literal.
#[derive(Debug, Serialize)]
pub struct Sample {
    name: String,
    value: String,
}

/// Prints values of one slice, and collects what they name.
pub struct Printer<'p> {
    pub slice: &'p Slice<'p>,
    pub imports: &'p mut Imports,
}

impl Printer<'_> {
    /// The row that a command is about.
    pub fn row(&mut self) -> Vec<Sample> {
        let entity = self.slice.entity();
        let columns = entity.columns().into_iter();
        let mut row: Vec<Sample> = columns
            .map(|column| Sample {
                name: naming::ident(&entity.column_name(column)),
                value: self.column(entity, column),
            })
            .collect();
        row.extend(entity.computed.iter().map(|it| self.member(&it.field)));
        row
    }

    /// A command that validation lets pass, about that row if it is about one.
    pub fn command(&mut self) -> Vec<Sample> {
        let slice = self.slice;
        let mut members = Vec::new();
        for parameter in slice.parameters() {
            members.push(Sample {
                name: slice.path_member(parameter),
                value: self.parameter(&parameter.means),
            });
        }
        if slice.guarded() {
            let required = slice.entity().versioning == Versioning::Required;
            let expected = if required { "Some(1)" } else { "None" };
            members.push(Sample {
                name: "expected".into(),
                value: expected.into(),
            });
        }
        for field in command::queries(slice).iter().chain(command::inputs(slice)) {
            members.push(self.member(field));
        }
        members
    }

    fn parameter(&mut self, means: &Meaning) -> String {
        match means {
            Meaning::Row => {
                let entity = self.slice.entity();
                self.column(entity, entity.key_column())
            }
            Meaning::Parent { field, key } => {
                let parent = &self.slice.world.service[self.slice.parent(*field)];
                match (key, &parent.key) {
                    (Column::Field(index), _) | (_, Key::Field(index)) => {
                        self.field(&parent.fields[*index])
                    }
                    _ => self.id(parent, reference_number(self.slice.entity(), *field)),
                }
            }
            Meaning::Value(ty) => self.of_type(ty),
        }
    }

    fn column(&mut self, entity: &Entity, column: Column) -> String {
        match column {
            Column::Id => self.id(entity, 1),
            Column::CreatedAt | Column::UpdatedAt => self.read(MADE),
            Column::Version => "1".into(),
            Column::Field(index) => match &entity.fields[index] {
                Field {
                    ty: Type::Reference(it),
                    optional: false,
                    ..
                } => {
                    let target = &self.slice.world.service[it.target];
                    self.id(target, reference_number(entity, index))
                }
                field => self.field(field),
            },
        }
    }

    /// The `n`-th row of an entity.
    fn id(&mut self, entity: &Entity, n: usize) -> String {
        match entity.identity {
            Identity::Uuid => {
                let uuid = self.imports.name("kernel::types::Uuid");
                format!("{uuid}::from_u128({n}).into()")
            }
            Identity::Int => format!("{n}.into()"),
        }
    }

    fn member(&mut self, field: &Field) -> Sample {
        Sample {
            name: self.slice.world.member(field),
            value: self.field(field),
        }
    }

    /// Nothing where nothing must be, else what the spec says of the field, else a value of its type.
    fn field(&mut self, field: &Field) -> String {
        if field.optional {
            return "None".into();
        }
        let said = field.default.iter().chain(&field.example);
        let said = said.filter_map(|literal| openapi::literal(literal, &field.ty));
        match said.into_iter().next() {
            Some(value) => self.of_json(&value, &field.ty),
            None => self.of_type(&field.ty),
        }
    }

    fn of_type(&mut self, ty: &Type) -> String {
        let service = self.slice.world.service;
        match ty {
            Type::Object(id) => {
                let name = self.object(*id);
                let fields = service[*id].fields.iter();
                let members: Vec<_> = fields
                    .map(|field| self.member(field))
                    .map(|Sample { name, value }| format!("{name}: {value}"))
                    .collect();
                format!("{name} {{ {} }}", members.join(", "))
            }
            Type::List(list) => self.list(list),
            Type::Reference(it) => self.id(&service[it.target], 9),
            Type::Scalar(_) | Type::Enum(_) | Type::Entity(_) => {
                let value = openapi::of_type(service, ty).expect("BUG: a type without a value");
                self.of_json(&value, ty)
            }
        }
    }

    fn list(&mut self, list: &List) -> String {
        match list.min_items {
            0 => "vec![]".into(),
            1 => format!("vec![{}]", self.of_type(&list.item)),
            n => format!("vec![{}; {n}]", self.of_type(&list.item)),
        }
    }

    /// Objects without a name are defined beside the command.
    fn object(&mut self, id: crate::ir::ObjectId) -> String {
        let service = self.slice.world.service;
        if service[id].named {
            return types::object(service, id, self.slice.endpoint.feature, self.imports);
        }
        let name = naming::pascal(&service[id].name);
        self.imports.name(&format!("super::super::{name}"))
    }

    /// A value as JSON carries it.
    fn of_json(&mut self, value: &Value, ty: &Type) -> String {
        let service = self.slice.world.service;
        match (ty, value) {
            (Type::List(list), Value::Array(items)) => {
                let items: Vec<_> = items
                    .iter()
                    .map(|item| self.of_json(item, &list.item))
                    .collect();
                format!("vec![{}]", items.join(", "))
            }
            (Type::Enum(id), Value::String(word)) => {
                let from = self.slice.endpoint.feature;
                let name = types::enumeration(service, *id, from, self.imports);
                format!("{name}::{}", naming::pascal(word))
            }
            (Type::Scalar(Scalar::Json), _) => {
                self.imports.all(&["serde_json::json"]);
                format!("json!({value})")
            }
            (Type::Scalar(Scalar::Float(_)), Value::Number(number)) => {
                format!("{:?}", number.as_f64().unwrap_or_default())
            }
            (
                Type::Scalar(Scalar::Text(_) | Scalar::Email | Scalar::Url | Scalar::Slug),
                Value::String(it),
            ) => format!("{}.into()", text::string(it)),
            (_, Value::String(it)) => self.read(it),
            (_, plain) => plain.to_string(),
        }
    }

    /// What has no literal is read from its text.
    fn read(&mut self, text: &str) -> String {
        let value = self.imports.name("support::value");
        format!("{value}({})", text::string(text))
    }
}

/// Which row a required reference of the sample row leads to: one of its own each.
fn reference_number(entity: &Entity, field: usize) -> usize {
    let before = entity.fields[..field].iter();
    let references = before.filter(|field| matches!(field.ty, Type::Reference(_)));
    2 + references.count()
}
