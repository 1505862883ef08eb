//! Parameters of operations: path, headers, query.

use super::pattern;
use super::scalars;
use super::schemas::{Components, Side, describe};
use super::tenants;
use crate::ir::{Action, Endpoint, Field, Filter, ListAction, MAX_INT, Meaning, Operator};
use crate::ir::{PageBy, Parameter, Scalar, Segment, Type, Versioning, operators};
use serde_json::{Value, json};

/// Characters of a search.
const MAX_SEARCH: u32 = 200;
/// Values of one `in` filter.
const MAX_VALUES: u32 = 100;
/// RFC 9110, 13.1.1.
const IF_MATCH: &str = r#"^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$"#;
/// base64url without padding.
const CURSOR: &str = "^[A-Za-z0-9_-]+$";
/// One of several values in one parameter.
const LISTED: &str = r"^[^,\x00]+$";

impl Components<'_> {
    /// `parameters` of an endpoint.
    pub fn parameters(&mut self, endpoint: &Endpoint) -> Vec<Value> {
        let mut all = Vec::new();
        for segment in &endpoint.path.segments {
            if let Segment::Parameter(parameter) = segment {
                all.push(self.path_parameter(endpoint, parameter));
            }
        }
        all.extend(tenants::header(self.service, endpoint));
        all.extend(self.conditions(endpoint));
        if let Action::List(list) = &endpoint.action {
            all.extend(self.list_parameters(list));
        }
        if !endpoint.includes().is_empty() {
            all.push(self.include(endpoint));
        }
        if let Action::List(list) = &endpoint.action {
            all.extend(self.page(list));
        }
        for field in endpoint.query_fields() {
            all.push(self.query_field(field));
        }
        all
    }

    fn path_parameter(&mut self, endpoint: &Endpoint, parameter: &Parameter) -> Value {
        let service = self.service;
        let entity = endpoint.entity().map(|id| &service[id]);
        let ty = match (&parameter.means, entity) {
            (Meaning::Value(ty), _) => ty.clone(),
            (Meaning::Row, Some(entity)) => entity.column_type(entity.key_column()),
            (Meaning::Parent { field, key }, Some(entity)) => match &entity.fields[*field].ty {
                Type::Reference(it) => service[it.target].column_type(*key),
                other => other.clone(),
            },
            (Meaning::Row | Meaning::Parent { .. }, None) => Type::Scalar(Scalar::Uuid),
        };
        let mut schema = self.schema(&ty, Side::Request);
        if let (Type::Scalar(Scalar::Text(_)), Value::Object(members)) = (&ty, &mut schema) {
            // An empty segment is another path.
            members.entry("minLength").or_insert(json!(1));
        }
        json!({"name": parameter.name, "in": "path", "required": true, "schema": schema})
    }

    fn conditions(&self, endpoint: &Endpoint) -> Option<Value> {
        let guard = endpoint.guard(self.service);
        if guard != Versioning::None {
            return Some(json!({
                "name": "If-Match",
                "in": "header",
                "description": "The `ETag` that the row must still have; `*` for any.",
                "required": guard == Versioning::Required,
                "schema": {"type": "string", "pattern": IF_MATCH},
            }));
        }
        let is_versioned = endpoint
            .entity()
            .is_some_and(|id| self.service[id].has_version());
        let is_get = matches!(endpoint.action, Action::Get(_));
        (is_get && is_versioned).then(|| {
            json!({
                "name": "If-None-Match",
                "in": "header",
                "description": "An `ETag` that the client holds: 304 while it is the current one.",
                "schema": {"type": "string"},
            })
        })
    }

    fn list_parameters(&mut self, list: &ListAction) -> Vec<Value> {
        let service = self.service;
        let mut all = Vec::new();
        for filter in &list.filters {
            all.extend(self.filter(filter));
        }
        if !list.search.is_empty() {
            let entity = &service[list.entity];
            let columns = list.search.iter().map(|column| {
                let name = service.api.json_name(&entity.column_name(*column));
                format!("`{name}`")
            });
            let columns: Vec<_> = columns.collect();
            let schema =
                json!({"type": "string", "pattern": pattern::STORABLE, "maxLength": MAX_SEARCH});
            let text = format!("A text to search {} for.", columns.join(", "));
            all.push(query("q", &text, schema));
        }
        if !list.sort.is_empty() {
            let entity = &service[list.entity];
            let keys = list.sort.iter().flat_map(|key| {
                let name = service.api.json_name(&entity.column_name(key.column));
                [name.clone(), format!("-{name}")]
            });
            let keys: Vec<_> = keys.collect();
            let text = "What to sort by; with `-`, the other way round.";
            all.push(query("sort", text, json!({"type": "string", "enum": keys})));
        }
        all
    }

    fn page(&self, list: &ListAction) -> [Value; 2] {
        let paging = list.paging;
        let limit = json!({
            "type": "integer",
            "format": "int64",
            "minimum": 1,
            "maximum": paging.max,
            "default": paging.default,
        });
        let start = match paging.by {
            PageBy::Keyset => {
                let text = "Where the page begins: the cursor that the page before named.";
                query("cursor", text, json!({"type": "string", "pattern": CURSOR}))
            }
            PageBy::Offset => {
                let schema = json!({
                    "type": "integer",
                    "format": "int64",
                    "minimum": 0,
                    "maximum": MAX_INT,
                    "default": 0,
                });
                query("offset", "How many rows to skip.", schema)
            }
        };
        [query("limit", "The most rows of a page.", limit), start]
    }

    fn include(&self, endpoint: &Endpoint) -> Value {
        let names = endpoint.includes().iter();
        let names: Vec<_> = names
            .map(|it| self.service.api.json_name(&it.name))
            .collect();
        let schema = json!({
            "type": "array",
            "items": {"type": "string", "enum": names},
            "minItems": 1,
            "uniqueItems": true,
        });
        list("include", "What to embed.", schema)
    }

    fn filter(&mut self, filter: &Filter) -> Vec<Value> {
        let entity = &self.service[filter.path.entity];
        let ty = entity.column_type(filter.path.column);
        let optional = entity.is_optional(filter.path.column);
        let name = self.service.api.json_name(&filter.name);
        let one = |operator| self.filter_parameter(&name, &ty, operator);
        operators(&ty, optional).into_iter().map(one).collect()
    }

    fn filter_parameter(&mut self, filter: &str, ty: &Type, operator: Operator) -> Value {
        let name = format!("{filter}{}", operator.suffix());
        let text = match operator {
            Operator::Equal => format!("Rows whose `{filter}` is this."),
            Operator::NotEqual => format!("Rows whose `{filter}` is not this."),
            Operator::In => format!("Rows whose `{filter}` is one of these."),
            Operator::Less => format!("Rows whose `{filter}` is less than this."),
            Operator::LessOrEqual => format!("Rows whose `{filter}` is this or less."),
            Operator::Greater => format!("Rows whose `{filter}` is greater than this."),
            Operator::GreaterOrEqual => format!("Rows whose `{filter}` is this or greater."),
            Operator::Null => format!("Rows that have no `{filter}`, or, with `false`, have one."),
        };
        match operator {
            Operator::Null => query(&name, &text, json!({"type": "boolean"})),
            Operator::In => {
                let mut items = self.comparable(ty);
                if items["pattern"] == pattern::STORABLE {
                    items["pattern"] = json!(LISTED);
                }
                let schema = json!({
                    "type": "array",
                    "items": items,
                    "minItems": 1,
                    "maxItems": MAX_VALUES,
                });
                list(&name, &text, schema)
            }
            _ => query(&name, &text, self.comparable(ty)),
        }
    }

    /// A value to compare with, which may lie beyond the bounds of what is stored.
    fn comparable(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Scalar(scalar) => Value::Object(scalars::free(scalar)),
            Type::Reference(it) => Value::Object(scalars::free(&it.scalar(self.service))),
            other => self.schema(other, Side::Request),
        }
    }

    fn query_field(&mut self, field: &Field) -> Value {
        let name = self.service.api.json_name(&field.column_name());
        // A parameter is absent or has a value; none stands for null.
        let present = Field {
            optional: false,
            description: String::new(),
            ..field.clone()
        };
        let schema = self.field(&present, Side::Request);
        let mut parameter = match field.ty {
            Type::List(_) => list(&name, &field.description, schema),
            _ => query(&name, &field.description, schema),
        };
        if field.is_required() {
            parameter["required"] = json!(true);
        }
        parameter
    }
}

fn query(name: &str, text: &str, schema: Value) -> Value {
    let mut parameter = scalars::object(json!({"name": name, "in": "query"}));
    describe(&mut parameter, text);
    parameter.insert("schema".into(), schema);
    Value::Object(parameter)
}

/// Values in one parameter, separated by commas.
fn list(name: &str, text: &str, schema: Value) -> Value {
    let mut parameter = query(name, text, schema);
    parameter["style"] = json!("form");
    parameter["explode"] = json!(false);
    parameter
}
